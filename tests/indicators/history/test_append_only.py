"""History is only ever added to, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from pghistory.models import Context

from indicators.models import GoalEvent, IndicatorEvent
from perfgoals.history import change
from projects.models import DepartmentEvent, FundingEvent, Project, ProjectEvent

EVENTS = (ProjectEvent, FundingEvent, DepartmentEvent, GoalEvent, IndicatorEvent)


def refused(write: Callable[[], object]) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"Cannot update or delete|never changed or deleted"),
        transaction.atomic(),
    ):
        write()


def execute(statement: str, table: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


@pytest.mark.parametrize("events", EVENTS)
def test_events_are_neither_changed_nor_deleted(project: Project, events: Any) -> None:
    stored, table = list(events.objects.values()), events._meta.db_table
    assert stored
    refused(lambda: events.objects.update(pgh_label="x"))
    refused(lambda: events.objects.all().delete())
    refused(lambda: events.objects.first().delete())
    refused(lambda: events.objects.first().save(force_update=True))
    refused(lambda: execute("UPDATE {table} SET pgh_created_at = now()", table))
    refused(lambda: execute("DELETE FROM {table}", table))
    assert list(events.objects.values()) == stored


@pytest.mark.usefixtures("project")
def test_what_a_context_said_is_not_taken_back() -> None:
    said = Context.objects.get()
    refused(lambda: Context.objects.update(metadata={}))
    refused(lambda: Context.objects.update(metadata={"action": "edit"}))
    refused(lambda: Context.objects.all().delete())
    refused(lambda: execute("UPDATE pghistory_context SET created_at = now() - interval '1 day'"))
    assert Context.objects.get().metadata == said.metadata


@pytest.mark.django_db
def test_a_context_may_add_what_it_learns(project: Project) -> None:
    with change(by=None, action="import") as group:
        Project.objects.update(attribute="一次性项目")
        group.metadata["run"] = 7
        Project.objects.update(attribute="延续性项目")
    assert Context.objects.get(pk=group.id).metadata == {"action": "import", "run": 7}
