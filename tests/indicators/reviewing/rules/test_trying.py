"""What a setting would do, before it is saved."""

from decimal import Decimal

import pytest

from indicators.checks import rule_named
from indicators.models import ProjectFinding, RuleSetting
from indicators.reviewing.rules import trying
from indicators.reviewing.rules.trying import tried
from perfgoals.history import change
from tests import factories

pytestmark = pytest.mark.django_db
RULE = rule_named("money.period-below-annual")


def bad(count: int = 1, year: int = 2025) -> None:
    with change(by=None, action="edit"):
        for number in range(count):
            factories.project(f"渠道清淤{year}{number}", amount=Decimal(2), period_amount=Decimal(1), year=year)


def test_a_rule_that_is_put_off_takes_its_findings_with_it() -> None:
    bad(2)
    trial = tried(RULE, instead=RuleSetting(rule=RULE.id, is_on=False))
    assert (trial.coming, trial.going, trial.changing, trial.is_sample) == (0, 2, 0, False)
    assert [change.name for change in trial.first] == ["渠道清淤20250", "渠道清淤20251"]


def test_another_severity_changes_findings_and_nothing_is_stored() -> None:
    bad()
    trial = tried(RULE, instead=RuleSetting(rule=RULE.id, severity=3))
    assert (trial.coming, trial.going, trial.changing) == (0, 0, 1)
    assert not RuleSetting.objects.exists()
    assert ProjectFinding.objects.get(rule=RULE.id).severity == 1


def test_what_is_taken_back_is_tried_too() -> None:
    stored = RuleSetting.objects.create(rule=RULE.id, is_on=False)
    bad()
    assert tried(RULE, without=stored).coming == 1


def test_only_the_projects_of_the_region_and_year_count() -> None:
    bad(1, 2024)
    bad(2, 2025)
    trial = tried(RULE, instead=RuleSetting(rule=RULE.id, region=factories.city(), year=2025, is_on=False))
    assert (trial.projects, trial.going) == (2, 2)


def test_of_many_projects_a_sample_is_tried_and_reckoned_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "MOST", 4)
    bad(12)
    off = RuleSetting(rule=RULE.id, is_on=False)
    trial = tried(RULE, instead=off)
    assert (trial.projects, trial.looked_at, trial.going, trial.in_all) == (12, 4, 4, (0, 12, 0))
    assert trial.first == tried(RULE, instead=off).first
