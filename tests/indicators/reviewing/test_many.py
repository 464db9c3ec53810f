"""Checking many projects: all neighbours seen, marks taken away only of what was checked."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from indicators.models import ProjectFinding, ProjectKey, UncheckedProject
from indicators.reviewing import many
from indicators.reviewing.many import check_range, pending, work_off
from indicators.tasks import do_check_pending
from perfgoals.history import change
from projects.models import Project
from tests import factories

pytestmark = pytest.mark.django_db


def alike(count: int = 3) -> list[Project]:
    """The same name in as many departments: neighbours, none of them checked."""
    return [
        factories.project("河道整治工程", department=factories.department(f"单位{number}")) for number in range(count)
    ]


def test_everything_that_is_marked_is_checked_with_all_its_neighbours() -> None:
    projects = alike()
    assert set(pending()) >= {project.pk for project in projects}
    done = work_off(pending())
    assert done.asked >= len(projects)
    assert not pending()
    assert ProjectKey.objects.filter(project__in=projects, kind="name").values("digest").distinct().count() == 1


def test_who_sees_a_new_neighbour_is_checked_too() -> None:
    first, second = alike(2)
    work_off([first.pk])
    done = work_off([second.pk])
    assert (done.asked, done.others) == (1, 1)


def test_steps_give_what_one_step_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    projects = alike(7)
    numbers = [project.pk for project in projects]
    work_off(numbers)
    whole = set(ProjectFinding.objects.values_list("project", "digest"))
    ProjectFinding.objects.all().delete()
    ProjectKey.objects.all().delete()
    monkeypatch.setattr(many, "STEP", 2)
    monkeypatch.setattr("indicators.reviewing.storing.BATCH", 1)
    work_off(numbers)
    assert set(ProjectFinding.objects.values_list("project", "digest")) == whole


def test_a_mark_that_came_while_it_was_checked_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    (project,) = alike(1)
    store = many.store_findings

    def meanwhile(*given: object) -> None:
        store(*given)  # type: ignore[arg-type]
        UncheckedProject.objects.filter(pk=project.pk).update(since=F("since") + timedelta(seconds=5))

    monkeypatch.setattr(many, "store_findings", meanwhile)
    check_range([project.pk])
    assert UncheckedProject.objects.filter(pk=project.pk).exists()


def test_what_is_interrupted_keeps_the_marks_of_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [project.pk for project in alike(3)]
    UncheckedProject.objects.exclude(pk__in=numbers).delete()
    monkeypatch.setattr("indicators.reviewing.storing.BATCH", 1)
    store, seen = many.store_findings, []

    def breaking(batch: Sequence[int], *given: object) -> None:
        if seen:
            raise RuntimeError
        seen.append(batch)
        store(batch, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(many, "store_findings", breaking)
    with pytest.raises(RuntimeError):
        check_range(numbers)
    assert pending() == numbers[1:]


def test_few_statements_for_many_projects() -> None:
    numbers = [project.pk for project in alike(2)]
    work_off(numbers)
    with CaptureQueriesContext(connection) as few:
        check_range(numbers)
    numbers += [factories.project().pk for _ in range(20)]
    work_off(numbers)
    with CaptureQueriesContext(connection) as more:
        check_range(numbers)
    assert len(more) <= len(few) + 1


def test_more_neighbours_than_a_change_waits_for_are_left_to_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = alike(4)
    work_off(pending())
    monkeypatch.setattr("indicators.reviewing.refreshing.MOST_SEEING", 2)
    with change(by=None, action="edit"):
        Project.objects.filter(pk=first.pk).update(name="河道整治二期")
    assert pending() == [project.pk for project in others]
    do_check_pending()
    assert not pending()
