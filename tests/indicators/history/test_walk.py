"""Finding places in the history."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from imports.actions import Options, import_file
from indicators.history import walk
from indicators.history.tables import WALKED
from indicators.history.walk import COMMAND_LINE, DIRECT, Place, Wanted, find
from indicators.models import Indicator
from perfgoals.models import User
from projects.models import Project, ProjectEvent
from tests import factories
from tests.imports import texts
from tests.indicators.history.conftest import Editor, edit_state, forget_context

pytestmark = pytest.mark.django_db

EVERYTHING = Wanted(Project.objects.all())


def pages(wanted: Wanted, size: int = 3) -> Iterator[list[Place]]:
    before: int | None = None
    while True:
        found = find(wanted, before=before, size=size)
        yield found.places
        if found.next is None:
            return
        assert before is None or found.next < before
        before = found.next


def walked(wanted: Wanted, size: int = 3) -> list[Place]:
    return [place for page in pages(wanted, size) for place in page]


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few projects are read by their own index; here, the tables are walked whatever is asked for."""
    monkeypatch.setattr(walk, "FEW", 0)


def many_imported() -> None:
    forms = "".join(texts.form(f"项目{number}") for number in range(7))
    import_file(forms.encode(), name="多个.txt", options=Options(), by=None)


def test_every_group_and_project_comes_once_however_pages_are_cut(
    monkeypatch: pytest.MonkeyPatch, walks: None, clerk: User
) -> None:
    many_imported()
    for project in Project.objects.all()[:3]:
        edit_state(project, lambda state: state.goals.update(annual="新目标"), by=clerk)
    forget_context()
    Project.objects.update(attribute="延续性项目")
    for windows, size in itertools.product([(1, 2), (5, 7), (30, 1000), (20_000, 500_000)], [1, 3, 50]):
        monkeypatch.setattr(walk, "WINDOWS", windows)
        found = walked(EVERYTHING, size)
        assert len(found) == 7 + 3 + 7
        assert len({place[:3] for place in found}) == len(found)
        heads = [place.head for place in found]
        assert heads == sorted(heads, reverse=True)


def test_a_page_says_where_it_stopped_looking(monkeypatch: pytest.MonkeyPatch, walks: None, clerk: User) -> None:
    many_imported()
    monkeypatch.setattr(walk, "WINDOWS", (3, 5))
    found = find(Wanted(EVERYTHING.projects, topic="indicators"), before=None, size=50)
    assert (found.places, found.is_cut) == ([], True)
    assert found.next


def test_what_another_program_writes_is_a_group_of_its_transaction(project: Project) -> None:
    forget_context()
    Project.objects.update(attribute="一次性项目")
    place = walked(Wanted(EVERYTHING.projects, action=DIRECT))[0]
    assert place == Place(project.pk, None, ProjectEvent.objects.latest("pgh_id").pgh_created_at, place.head)


def test_a_person_is_found_however_much_was_imported_since(
    monkeypatch: pytest.MonkeyPatch, walks: None, project: Project, clerk: User, edit: Editor
) -> None:
    version = edit(project, name="新名称")
    age_everything_by(timedelta(days=10))
    forget_context()
    many_imported()
    monkeypatch.setattr(walk, "WINDOWS", (3, 5))
    found = find(Wanted(EVERYTHING.projects, frozenset({clerk.pk})), before=None, size=50)
    assert [place.head for place in found.places] == [version]
    assert find(Wanted(EVERYTHING.projects, frozenset({clerk.pk + 1})), before=None, size=50) == walk.Found([])


def test_by_person(project: Project, edit: Editor, clerk: User) -> None:
    version = edit(project, name="新名称")
    assert [place.head for place in walked(Wanted(EVERYTHING.projects, frozenset({clerk.pk})))] == [version]
    assert walked(Wanted(EVERYTHING.projects, frozenset({clerk.pk + 1}))) == []


def test_by_the_command_line(project: Project, edit: Editor) -> None:
    edit(project, name="新名称")
    assert len(walked(Wanted(EVERYTHING.projects, COMMAND_LINE))) == 1


def test_by_action(project: Project, edit: Editor) -> None:
    version = edit(project, name="新名称", action="set_attribute")
    assert [place.head for place in walked(Wanted(EVERYTHING.projects, action="set_attribute"))] == [version]


def test_by_field(project: Project, edit: Editor) -> None:
    first = edit(project, basis="新依据")
    edit(project, name="新名称")
    third = edit(project, basis=None)
    assert [place.head for place in walked(Wanted(EVERYTHING.projects, topic="basis"))] == [third, first]


def test_by_part(project: Project, edit: Editor) -> None:
    edit(project, name="新名称")
    Indicator.objects.filter(project=project).update(value="≥13间")
    assert len(walked(Wanted(EVERYTHING.projects, topic="indicators"))) == 1
    assert walked(Wanted(EVERYTHING.projects, topic="goals")) == []


def test_making_a_project_is_no_change_of_its_fields(project: Project) -> None:
    assert walked(Wanted(EVERYTHING.projects, topic="name")) == []
    assert walked(Wanted(EVERYTHING.projects, topic="indicators")) == []


def test_by_project(project: Project) -> None:
    other = factories.project()
    assert {place.project for place in walked(Wanted(Project.objects.filter(pk=other.pk)))} == {other.pk}
    assert walked(Wanted(Project.objects.none())) == []


def age_everything_by(time: timedelta) -> None:
    """Make all history older; only somebody who takes the guards away can."""
    with connection.cursor() as cursor:
        for table in (*(events._meta.db_table for events in WALKED.values()), "pghistory_context"):
            column = "created_at" if table == "pghistory_context" else "pgh_created_at"
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET {column} = {column} - %s", [time])  # noqa: S608
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def recorded(number: int, days_ago: float, project: Project) -> None:
    """An event as it would stand had it happened then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO projects_projectevent SELECT (json_populate_record(event, json_build_object("
            "'pgh_context_id', null, 'pgh_id', %s::bigint, 'pgh_created_at', %s::timestamptz))).* FROM projects_projectevent AS event "
            "WHERE pgh_obj_id = %s ORDER BY pgh_id LIMIT 1",
            [number, timezone.now() - timedelta(days=days_ago), project.pk],
        )


def test_by_time_however_the_times_stand(project: Project, walks: None) -> None:
    """Numbers rise by the day, but for a transaction that began twelve hours before those that overtook it."""
    start = ProjectEvent.objects.latest("pgh_id").pgh_id + 1_000_000
    ages = [day + (0.5 if day % 7 == 0 else 0) for day in range(100, 0, -1)]
    for number, age in enumerate(ages):
        recorded(start + number * 1000, age, project)
    now = timezone.now()
    for newest, oldest in [(0.7, 3.2), (6.9, 7.6), (20.2, 21.6), (50.2, 120), (99.2, 300), (0.1, 0.2)]:
        since, until = now - timedelta(days=oldest), now - timedelta(days=newest)
        found = walked(Wanted(EVERYTHING.projects, since=since, until=until), size=7)
        expected = [start + number * 1000 for number, age in enumerate(ages) if newest < age <= oldest]
        assert [place.head for place in found] == expected[::-1]
