"""People who do something about the same projects or findings at the same moment."""

import threading
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection

from indicators.checks import rule_named
from indicators.models import FindingAcceptance, Indicator, IndicatorEvent, ProjectFinding
from indicators.reviewing.actions import accept_findings, apply_correction
from indicators.reviewing.rules.actions import set_rule
from indicators.state import version_of
from perfgoals.history import change
from perfgoals.models import User
from projects.access import lock_editable
from projects.actions import ActionError
from projects.models import Project
from projects.permissions import FINANCE
from tests import factories
from tests.simultaneous import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]
SAME = "改造县城老旧供水管网三十公里，解决两万名居民用水不稳的问题。"


def found_in_a_project(by: User) -> ProjectFinding:
    """A finding of a rule, with a correction."""
    with change(by=by, action="create"):
        project = factories.project("道路工程", amount=Decimal(2), period_amount=Decimal(2))
        factories.indicator(project, "群众满意度", "≥95百分比", category="satisfaction.served", label="满意度")
    return next(one for one in ProjectFinding.objects.filter(project=project) if one.corrections)


def test_of_two_who_accept_one_finding_one_does_and_the_other_is_told() -> None:
    by = factories.user(FINANCE, factories.city())
    one = found_in_a_project(by)
    accept = partial(accept_findings, chosen=[one.pk], reason="好", by=by)
    raised = at_once(accept, accept)
    assert [type(error) for error in raised] == [ActionError]
    assert FindingAcceptance.objects.count() == 1


def test_accepting_and_correcting_one_finding_at_once_leaves_no_half() -> None:
    by = factories.user(FINANCE, factories.city())
    one = found_in_a_project(by)
    version = version_of(one.project_id)
    raised = at_once(
        partial(accept_findings, chosen=[one.pk], reason="好", by=by),
        partial(apply_correction, pk=one.pk, version=version, by=by),
    )
    assert {type(error) for error in raised} <= {ActionError}
    # Whoever was first, the correction stands; an acceptance that came first is kept with its project.
    assert Indicator.objects.get(project=one.project_id).value == "≥95%"
    assert not ProjectFinding.objects.filter(digest=one.digest).exists()
    assert FindingAcceptance.objects.count() == 1 - len(raised)


def test_of_two_who_apply_one_correction_one_does_and_the_other_is_told() -> None:
    by = factories.user(FINANCE, factories.city())
    one = found_in_a_project(by)
    correct = partial(apply_correction, pk=one.pk, version=version_of(one.project_id), by=by)
    raised = at_once(correct, correct)
    assert [type(error) for error in raised] == [ActionError]
    assert IndicatorEvent.objects.filter(project=one.project_id, pgh_label="update").count() == 1


def test_a_rule_put_off_while_its_finding_is_accepted_leaves_no_finding() -> None:
    by = factories.user(FINANCE, factories.city())
    one = found_in_a_project(by)
    rule = rule_named(one.rule)
    assert rule
    off = partial(
        set_rule, rule=rule, region=None, year=None, is_on=False, severity=None, thresholds={}, reason="", by=by
    )
    raised = at_once(partial(accept_findings, chosen=[one.pk], reason="好", by=by), off)
    assert {type(error) for error in raised} <= {ActionError}
    assert not ProjectFinding.objects.filter(rule=one.rule).exists()
    assert FindingAcceptance.objects.count() == 1 - len(raised)


def test_neighbours_that_are_edited_at_once_both_are_saved_and_checked() -> None:
    by = factories.user(FINANCE, factories.city())
    with change(by=by, action="create"):
        projects = [factories.project(name, overview=SAME) for name in ("东区供水", "西区供水")]
    met, failed = threading.Barrier(2, timeout=20), []

    def edit(project: Project) -> None:
        try:
            with change(by=by, action="edit"):
                locked = lock_editable(by, Project.objects.filter(pk=project.pk)).get()
                met.wait()  # both hold their own project by now
                Project.objects.filter(pk=locked.pk).update(overview=f"{SAME}{SAME}")
        except Exception as error:  # told by the test's own thread
            failed.append(error)
        finally:
            connection.close()

    at_once(*(partial(edit, project) for project in projects))
    assert failed == []
    assert Project.objects.filter(overview=f"{SAME}{SAME}").count() == 2
    shared = ProjectFinding.objects.filter(rule="neighbours.shared-text").values_list("project_id", flat=True)
    assert set(shared) == {project.pk for project in projects}
