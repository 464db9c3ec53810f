"""What must be true when everybody is gone, asked of the database."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from django.db import connection

from imports.models import Export
from perfgoals.jobs.model import JobState
from projects.models import Project, ProjectEvent
from projects.rollups.checking import Wrong, compare
from tests.faults import checking
from tests.load.ledger import Place, Write, plain, plain_amount, writes_of, wrong_with

PATIENCE: Final = 600.0
"""Seconds until all files that were asked for must be made."""


def wait_for_work() -> None:
    """Until no file is being made any more, or patience is at its end."""
    deadline = time.monotonic() + PATIENCE
    while Export.objects.exclude(state__in=(JobState.DONE, JobState.FAILED)).exists() and time.monotonic() < deadline:
        time.sleep(1)


def problems(lines: Sequence[str]) -> list[str]:
    """Everything that is not as it must be: updates that were lost, files that were not made, totals and history."""
    writes = writes_of(lines)
    pks = sorted({write.place[0] for write in writes})
    found = wrong_with(writes, _histories(writes), _standing(writes))
    found += _lost_work(json.loads(line)["token"] for line in lines if '"kind": "export"' in line)
    checks: tuple[Callable[[], None], ...] = (
        lambda: checking.check_history(pks), lambda: checking.check_texts(pks), checking.check_sums, _check_totals,
    )  # fmt: skip
    for check in checks:
        try:
            check()
        except checking.WrongError as error:
            found.append(str(error))
    return found


def _check_totals() -> None:
    if (wrong := compare()) != Wrong(0, 0):
        raise checking.WrongError(f"kept totals: {wrong}")


def _histories(writes: Iterable[Write]) -> dict[Place, list[str]]:
    """The values that each field has had, one after another."""
    found: dict[Place, list[str]] = {}
    for place in {write.place for write in writes}:
        pk, field = place
        values = found.setdefault(place, [])
        for value in ProjectEvent.objects.filter(pgh_obj=pk).order_by("pgh_id").values_list(field, flat=True):
            said = _said(field, value)
            if not values or values[-1] != said:
                values.append(said)
    return found


def _standing(writes: Iterable[Write]) -> dict[Place, str]:
    return {
        (pk, field): _said(field, Project.objects.values_list(field, flat=True).get(pk=pk))
        for pk, field in {write.place for write in writes}
    }


def _said(field: str, value: object) -> str:
    text = "" if value is None else str(value)
    return plain_amount(text) if field == "amount" else plain(text)


def _lost_work(tokens: Iterable[str]) -> list[str]:
    states = {str(pk): state for pk, state in Export.objects.values_list("pk", "state")}
    lost = [f"file {token}: {states.get(token, 'gone')}" for token in tokens if states.get(token) != JobState.DONE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1")
        return lost + [f"{number} pieces of work failed: {name}" for name, number in cursor.fetchall()]
