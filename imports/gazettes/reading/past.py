"""The history of a row in words: who changed which cell when, and what was damaged or sound after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from imports.gazettes.models import TableRow, TableRowEvent
from imports.gazettes.reading.actions import MEND, UNMEND
from perfgoals.models import User

ACTIONS: Final = {"import": "导入读取", MEND: "修正", UNMEND: "恢复为读取的内容"}
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """A column before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the row, the latest first."""

    at: datetime
    by: str
    action: str
    differences: list[Difference]


def past_of(row: TableRow) -> list[Change]:
    """What happened to the row since it was first read."""
    found = TableRowEvent.objects.filter(table=row.table_id, pgh_obj=row.pk).select_related("pgh_context")
    events: list[Any] = list(found.order_by("-pgh_id")[:MOST])[::-1]
    people = User.objects.in_bulk({user for event in events if (user := _fact(event, "user"))})
    changes = list(_changes(events, row.table.header, people))
    return changes[::-1]


def _changes(events: Sequence[Any], header: Sequence[str], people: dict[int, User]) -> Iterator[Change]:
    before: Any = None
    for event in events:
        differences = list(_differences(before, event, header)) if before else []
        if before is None or differences or event.mended_by_id != before.mended_by_id:
            person = people.get(_fact(event, "user"))
            action = ACTIONS.get(_fact(event, "action"), "修改")
            yield Change(event.pgh_created_at, person.display_name if person else "命令行", action, differences)
        before = event


def _differences(before: Any, after: Any, header: Sequence[str]) -> Iterator[Difference]:
    for place in range(max(len(before.cells), len(after.cells))):
        old, new = (cells[place] if place < len(cells) else "" for cells in (before.cells, after.cells))
        if old != new:
            label = " ".join(header[place].split()) if place < len(header) else ""
            yield Difference(label or f"第 {place + 1} 栏", old, new)
    if before.damage != after.damage:
        yield Difference("损坏原因", before.damage, after.damage)


def _fact(event: Any, name: str) -> Any:
    return event.pgh_context.metadata.get(name) if event.pgh_context else None
