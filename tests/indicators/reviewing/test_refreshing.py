"""Findings follow every change, in its transaction."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from indicators.models import ProjectFinding, ProjectKey, UncheckedProject
from indicators.reviewing.refreshing import refresh, refresh_all
from perfgoals.history import change
from projects.models import Project
from tests import factories

pytestmark = pytest.mark.django_db
RULE = "money.period-below-annual"


def rules_of(project: Project) -> set[str]:
    return set(ProjectFinding.objects.filter(project=project).values_list("rule", flat=True))


def test_a_change_brings_findings_and_takes_them_away() -> None:
    with change(by=None, action="edit"):
        project = factories.project(amount=Decimal(2), period_amount=Decimal(1))
    assert RULE in rules_of(project)
    with change(by=None, action="edit"):
        Project.objects.filter(pk=project.pk).update(period_amount=Decimal(2))
    assert RULE not in rules_of(project)


def test_what_is_written_past_every_action_is_marked_until_it_is_checked() -> None:
    project = factories.project(amount=Decimal(2), period_amount=Decimal(1))
    UncheckedProject.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET period_amount = 0 WHERE id = %s", [project.pk])
    assert UncheckedProject.objects.get().pk == project.pk
    assert refresh_all() == 1
    assert RULE in rules_of(project)
    assert not UncheckedProject.objects.exists()


def test_a_change_that_is_taken_back_leaves_findings_as_they_were() -> None:
    with change(by=None, action="edit"):
        project = factories.project(amount=Decimal(2), period_amount=Decimal(2))
    before = rules_of(project)
    with change(by=None, action="edit"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(period_amount=Decimal(1))
        transaction.set_rollback(True)
    assert rules_of(project) == before


def test_only_what_changed_is_checked() -> None:
    with change(by=None, action="edit"):
        factories.project("甲路面工程")
        factories.project("乙桥梁工程")
    Project.objects.filter(name="甲路面工程").update(period_amount=Decimal(7))
    assert refresh() == 1


def test_an_archived_project_has_neither_findings_nor_neighbours() -> None:
    with change(by=None, action="edit"):
        project = factories.project(amount=Decimal(2), period_amount=Decimal(1))
    assert ProjectKey.objects.filter(project=project).exists()
    with change(by=None, action="archive"):
        Project.objects.filter(pk=project.pk).update(archived_at="2026-01-01T00:00:00Z", archive_reason="重复")
    assert not ProjectKey.objects.filter(project=project).exists()
    assert not rules_of(project)


def test_a_finding_that_stays_keeps_its_row() -> None:
    with change(by=None, action="edit"):
        project = factories.project(amount=Decimal(2), period_amount=Decimal(1))
    (before,) = ProjectFinding.objects.filter(project=project, rule=RULE)
    with change(by=None, action="edit"):
        Project.objects.filter(pk=project.pk).update(contact_lead="王五")
    assert ProjectFinding.objects.get(project=project, rule=RULE).pk == before.pk


@pytest.mark.parametrize("count", [1, 40])
def test_the_review_of_a_change_costs_as_many_statements_however_large(count: int) -> None:
    for number in range(count):
        project = factories.project(f"{number}号水库加固", amount=Decimal(2), period_amount=Decimal(1))
        for position in range(20):
            factories.indicator(project, f"指标{position}", position=position)
    with CaptureQueriesContext(connection) as captured:
        assert refresh() == count
    assert len(captured) <= 14
