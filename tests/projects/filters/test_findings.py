"""Projects by what the review found of them."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from indicators.checks import RULES, Severity
from indicators.models import FindingAcceptance
from projects.filters import ProjectFilter
from projects.models import Project
from projects.permissions import FINANCE
from tests import factories
from tests.indicators.reviewing.made import RULE, finding

pytestmark = pytest.mark.django_db
OTHER = next(rule.id for rule in RULES if rule.id != RULE)


@pytest.fixture(autouse=True)
def world() -> None:
    """Two findings, one accepted finding, none."""
    both, kept = factories.project("两条"), factories.project("认可")
    factories.project("没有")
    finding(both, severity=Severity.MUST)
    finding(both, severity=Severity.HINT, rule=OTHER)
    one = finding(kept, severity=Severity.MUST)
    one.acceptance = FindingAcceptance.objects.create(
        project=kept, digest=one.digest, rule=one.rule, message=one.message, reason="好",
        by=factories.user(FINANCE, factories.county()),
    )  # fmt: skip
    one.save()


def found(query: str) -> set[str]:
    return set(ProjectFilter(QueryDict(query), Project.objects.all()).qs.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("finding=open", {"两条"}), ("finding=accepted", {"认可"}), ("finding=all", {"两条", "认可"}),
        ("finding=no", {"认可", "没有"}), (f"finding_rule={RULE}", {"两条"}), ("finding_severity=1", {"两条"}),
        (f"finding_severity=1&finding_rule={OTHER}", set()), ("finding_severity=1&finding_severity=2", {"两条"}),
        ("finding=all&finding_severity=1", {"两条", "认可"}), (f"finding=no&finding_rule={OTHER}", {"认可", "没有"}),
        ("finding_severity=2", set()), ("finding=no&finding_severity=2", {"两条", "认可", "没有"}),
    ],
)  # fmt: skip
def test_conditions_hold_for_one_and_the_same_finding(query: str, names: set[str]) -> None:
    assert found(query) == names


def test_a_family_stands_for_its_rules() -> None:
    family = next(rule.family for rule in RULES if rule.id == RULE)
    assert found(f"finding_family={family}&finding_severity=1") == {"两条"}


@pytest.mark.parametrize("query", ["finding=perhaps", "finding_rule=no.such-rule", "finding_severity=4"])
def test_what_is_no_choice_finds_nothing(query: str) -> None:
    filtered = ProjectFilter(QueryDict(query), Project.objects.all())
    assert not filtered.is_valid()
    assert not filtered.qs.exists()


def test_chips_say_rule_and_severity_in_words() -> None:
    chips = ProjectFilter(QueryDict(f"finding_rule={RULE}&finding_severity=1"), Project.objects.all()).chips()
    assert [(chip.label, chip.value) for chip in chips] == [
        ("审核规则", "实施期资金少于年度资金"), ("严重程度", "必须修改"),
    ]  # fmt: skip


def test_the_api_describes_the_same_choices() -> None:
    from projects.api.filters import FILTERS
    from projects.filters.above import finding_filters

    schemas = {one.name: one.schema for one in FILTERS}
    lent = finding_filters()
    assert schemas["finding_family"]["enum"] == [value for value, _ in lent.families]
    assert schemas["finding_severity"]["enum"] == [value for value, _ in lent.severities]


def test_findings_are_no_business_of_the_public() -> None:
    from projects.api.filters import filter_parameters

    assert not any(one.name.startswith("finding") for one in filter_parameters(public=True))
