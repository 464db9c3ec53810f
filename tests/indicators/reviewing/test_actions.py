"""Letting findings stand, taking that back, and applying what they propose."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pghistory.models import Context

from indicators.models import FindingAcceptance, FindingAcceptanceEvent, Indicator, IndicatorEvent, ProjectFinding
from indicators.reviewing.actions import accept_findings, apply_correction, withdraw_acceptance
from indicators.state import version_of
from perfgoals.history import change
from perfgoals.models import User
from projects.actions import ActionError
from projects.models import Project
from projects.permissions import DEPARTMENT, FINANCE
from tests import factories
from tests.indicators.reviewing.made import RULE, finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> User:
    return factories.user(FINANCE, factories.county())


def accepted(one: ProjectFinding, by: User) -> ProjectFinding:
    accept_findings(chosen=[one.pk], reason="已核对原件", by=by)
    one.refresh_from_db()
    return one


def test_an_accepted_finding_stays_and_says_who_and_why(reviewer: User) -> None:
    one = accepted(finding(factories.project()), reviewer)
    assert one.acceptance is not None
    assert (one.acceptance.by, one.acceptance.reason) == (reviewer, "已核对原件")


def test_an_acceptance_outlives_an_edit_that_changes_nothing_it_is_about(reviewer: User) -> None:
    with change(by=None, action="edit"):
        project = factories.project(amount=Decimal(2), period_amount=Decimal(1))
    accepted(ProjectFinding.objects.get(project=project, rule=RULE), reviewer)
    with change(by=None, action="edit"):
        Project.objects.filter(pk=project.pk).update(contact_lead="王五")
    assert ProjectFinding.objects.get(project=project, rule=RULE).acceptance is not None


def test_a_finding_that_says_something_else_is_open_again(reviewer: User) -> None:
    with change(by=None, action="edit"):
        project = factories.project(amount=Decimal(2), period_amount=Decimal(1))
    accepted(ProjectFinding.objects.get(project=project, rule=RULE), reviewer)
    with change(by=None, action="edit"):
        Project.objects.filter(pk=project.pk).update(amount=Decimal(3))
    assert ProjectFinding.objects.get(project=project, rule=RULE).acceptance is None


def test_several_are_accepted_for_one_reason(reviewer: User) -> None:
    ones = [finding(factories.project()) for _ in range(3)]
    assert accept_findings(chosen=[one.pk for one in ones], reason="同上", by=reviewer) == 3
    assert set(FindingAcceptance.objects.values_list("reason", flat=True)) == {"同上"}


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_required(reviewer: User, reason: str) -> None:
    with pytest.raises(ActionError, match="理由"):
        accept_findings(chosen=[finding(factories.project()).pk], reason=reason, by=reviewer)


def test_thousands_are_accepted_in_as_many_statements_as_two(reviewer: User) -> None:
    def statements(count: int) -> int:
        kept = {"project": factories.project(), "rule": RULE, "severity": 2, "fields": ["overview"]}
        rows = [ProjectFinding(message=f"第{number}条。", digest=f"{number:032x}", **kept) for number in range(count)]
        ProjectFinding.objects.bulk_create(rows)
        with CaptureQueriesContext(connection) as captured:
            assert accept_findings(chosen=[one.pk for one in rows], reason="同上", by=reviewer) == count
        return len(captured)

    assert statements(5_000) <= statements(2)
    assert not ProjectFinding.objects.filter(acceptance=None).exists()
    assert {one.digest for one in FindingAcceptance.objects.filter(message="第1条。")} == {f"{1:032x}"}


def test_all_are_accepted_or_none(reviewer: User) -> None:
    project = factories.project()
    first, second = accepted(finding(project), reviewer), finding(project)
    with pytest.raises(ActionError, match="1 条已经有人认可"):
        accept_findings(chosen=[first.pk, second.pk], reason="好", by=reviewer)
    second.refresh_from_db()
    assert second.acceptance is None


def test_withdrawing_opens_the_finding_and_keeps_what_was(reviewer: User) -> None:
    one = accepted(finding(factories.project()), reviewer)
    withdraw_acceptance(pk=one.pk, seen=one.acceptance_id or 0, reason="看错了", by=reviewer)
    one.refresh_from_db()
    assert one.acceptance is None
    events = list(FindingAcceptanceEvent.objects.order_by("pgh_id").values_list("pgh_label", "reason"))
    assert events == [("insert", "已核对原件"), ("delete", "已核对原件")]


def test_what_was_withdrawn_already_is_not_withdrawn_again(reviewer: User) -> None:
    one = accepted(finding(factories.project()), reviewer)
    seen = one.acceptance_id or 0
    withdraw_acceptance(pk=one.pk, seen=seen, reason="", by=reviewer)
    with pytest.raises(ActionError, match="已经撤回"):
        withdraw_acceptance(pk=one.pk, seen=seen, reason="", by=reviewer)


def correctable() -> ProjectFinding:
    """A finding that proposes another value of an indicator."""
    project = factories.project()
    row = factories.indicator(project, "合格率", "≤100百分比", category="output.quality", label="质量指标")
    return finding(
        project, "应写作“≥98%”。", fields=[f"indicator.{row.pk}.value"],
        corrections=[(f"indicator.{row.pk}.value", "≥98%")],
    )  # fmt: skip


def test_a_correction_changes_the_field_and_nothing_else(reviewer: User) -> None:
    one = correctable()
    before = Indicator.objects.get(project=one.project_id)
    apply_correction(pk=one.pk, version=version_of(one.project_id), by=reviewer)
    after = Indicator.objects.get(project=one.project_id)
    assert (after.value, after.operator, after.number, after.unit) == ("≥98%", ">=", Decimal(98), "%")
    assert (after.pk, after.name, after.position) == (before.pk, before.name, before.position)


def test_a_correction_stands_in_history_with_the_words_of_its_finding(reviewer: User) -> None:
    one = correctable()
    apply_correction(pk=one.pk, version=version_of(one.project_id), by=reviewer)
    event = IndicatorEvent.objects.filter(project=one.project_id, pgh_label="update").latest("pgh_id")
    said = Context.objects.get(pk=event.pgh_context_id).metadata
    assert (said["action"], said["reason"], said["user"]) == ("correction", "应写作“≥98%”。", reviewer.pk)


def test_a_correction_of_a_project_that_changed_meanwhile_is_refused(reviewer: User) -> None:
    one = correctable()
    seen = version_of(one.project_id)
    Project.objects.filter(pk=one.project_id).update(contact_lead="王五")
    with pytest.raises(ActionError, match="有人改过"):
        apply_correction(pk=one.pk, version=seen, by=reviewer)
    assert Indicator.objects.get(project=one.project_id).value == "≤100百分比"


def test_a_correction_of_a_project_of_others_is_refused() -> None:
    one = correctable()
    foreign = factories.user(DEPARTMENT, factories.department("区水利局"))
    with pytest.raises(PermissionDenied):
        apply_correction(pk=one.pk, version=version_of(one.project_id), by=foreign)


def test_a_finding_that_proposes_nothing_cannot_be_applied(reviewer: User) -> None:
    one = finding(factories.project())
    with pytest.raises(ActionError, match="没有可以直接采用"):
        apply_correction(pk=one.pk, version=version_of(one.project_id), by=reviewer)


def test_what_the_rules_propose_takes_their_finding_away(reviewer: User) -> None:
    with change(by=None, action="edit"):
        project = factories.project()
        factories.indicator(project, "群众满意度", "≥95百分比", category="satisfaction.served", label="满意度")
    one = next(one for one in ProjectFinding.objects.filter(project=project) if one.corrections)
    apply_correction(pk=one.pk, version=version_of(project.pk), by=reviewer)
    assert not ProjectFinding.objects.filter(project=project, rule=one.rule).exists()
