"""The history of one target: what was read, and who decided what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from imports.gazettes.models import ProseTarget, ProseTargetEvent, TargetState
from imports.gazettes.review.words import Change, changes_between, facts_of
from perfgoals.models import User

NOBODY: Final = "导入"
WORDS: Final = {
    TargetState.ACCEPTED: "接受", TargetState.CORRECTED: "更正", TargetState.REJECTED: "定为不是目标",
    TargetState.OPEN: "撤回，恢复待审",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    moment: datetime
    who: str
    what: str
    changes: list[Change] = field(default_factory=list)


def past_of(target: ProseTarget) -> list[Entry]:
    """What happened to a target, the newest first. That another reading moved it to another place is left out."""
    events = ProseTargetEvent.objects.filter(document_id=target.document_id, pgh_obj_id=target.pk)
    found = list(events.select_related("pgh_context").order_by("pgh_id"))
    people = _people(found)
    entries = []
    for before, event in zip([None, *found], found, strict=False):
        entry = _entry(before, event, people)
        if entry:
            entries.append(entry)
    return entries[::-1]


def _people(events: list[Any]) -> Mapping[int, User]:
    numbers = {_facts(event).get("user") for event in events} | {event.reviewed_by_id for event in events}
    return User.objects.in_bulk([number for number in numbers if number])


def _facts(event: Any) -> Mapping[str, Any]:
    return event.pgh_context.metadata if event.pgh_context_id else {}


def _entry(before: Any, event: Any, people: Mapping[int, User]) -> Entry | None:
    if before is None:
        return Entry(
            event.pgh_created_at, NOBODY, "读取", changes_between(dict.fromkeys(_said(event), "—"), _said(event))
        )
    changes = changes_between(_said(before), _said(event))
    decided = (before.state, before.reviewed_at) != (event.state, event.reviewed_at)
    if not decided and not changes:
        return None
    number = _facts(event).get("user") or event.reviewed_by_id
    who = people[number].display_name if number in people else NOBODY
    if not decided:
        return Entry(event.pgh_created_at, NOBODY, "重新读取", changes)
    return Entry(event.pgh_created_at, who, WORDS[TargetState(event.state)], changes)


def _said(event: Any) -> dict[str, str]:
    return facts_of(name=event.name, operator=event.operator, number=event.number, unit=event.unit, year=event.year)
