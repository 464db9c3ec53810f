"""Work that nobody does any more: its process died, or its entry in the queue is gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from perfgoals.jobs.holding import Hold
from perfgoals.jobs.model import Job, JobState

OPEN = ("todo", "doing")


class Lost(NamedTuple):
    """What must be put into the queue: entries that are there and were begun, and rows that have no entry."""

    entries: list[int]
    rows: list[tuple[str, str]]
    """Name of the task, and the row's key as text."""


def find_lost() -> Lost:
    """All of it, in every model of work. Rows whose process died wait again from here on."""
    entries = [entry for model in _models() for pk in _dead(model) for entry in _begun_entries(model, pk)]
    rows = [(model.TASK, str(pk)) for model in _models() for pk in _without_entry(model)]
    return Lost(entries, rows)


def _models() -> Iterator[type[Job]]:
    return (model for model in apps.get_models() if issubclass(model, Job) and model.TASK)


def _dead(model: type[Job]) -> Iterator[Any]:
    running = model._default_manager.filter(state=JobState.RUNNING)
    for pk in list(running.values_list("pk", flat=True)):
        with Hold(model, pk) as hold:
            # Held: somebody is at it. Not held and no longer running: it has just ended.
            if hold.take() and running.filter(pk=pk).update(state=JobState.WAITING):
                yield pk


def _entries(model: type[Job]) -> QuerySet[Any]:
    entries: QuerySet[Any] = ProcrastinateJob.objects.filter(task_name=model.TASK, status__in=OPEN).annotate(
        row=KT("args__pk")
    )
    return entries


def _begun_entries(model: type[Job], pk: Any) -> Iterator[int]:
    return iter(_entries(model).filter(row=str(pk), status="doing").values_list("pk", flat=True))


def _without_entry(model: type[Job]) -> list[Any]:
    entries = _entries(model).filter(row=Cast(OuterRef("pk"), TextField()))
    waiting = model._default_manager.filter(~Exists(entries), state=JobState.WAITING)
    return list(waiting.values_list("pk", flat=True))
