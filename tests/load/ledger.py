"""What the site acknowledged, and what must then be true. Pure; also read by the program that plays people."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

BLANK: Final = "空白"
"""How a page of conflicts prints an empty text."""

Place = tuple[int, str]
"""A project's number and the name of a field."""


class Write(NamedTuple):
    """One field of one save."""

    place: Place
    value: str
    saw: str
    """What the person had been shown there when they saved: in the form, or as the other person's value."""
    sent: float
    """Seconds of the clock of whoever played the people; all of them were played by one process."""
    answered: float | None
    """``None`` where no answer came: it may have been stored, then or later."""


def plain(text: str | None) -> str:
    """A text without what pages add to it or take from it: white space, and the word for an empty one."""
    squeezed = "".join((text or "").split())
    return "" if squeezed == BLANK else squeezed


def plain_amount(text: str | None, yuan: int = 1) -> str:
    """An amount as printed (``1,234.50 元``) in units of so many yuan, written in one way only; nothing for a blank."""
    try:
        amount = Decimal(plain(text).replace(",", "").removesuffix("元")) * yuan
    except InvalidOperation:
        return ""
    return f"{amount:.2f}"


def writes_of(lines: Iterable[str]) -> list[Write]:
    """The saves that were acknowledged and those that got no answer, out of a ledger's lines; refused ones are none."""
    sent: dict[str, Mapping[str, Any]] = {}
    answers: dict[str, Mapping[str, Any]] = {}
    for entry in map(json.loads, lines):
        if entry["kind"] == "sent":
            sent[entry["save"]] = entry
        elif entry["kind"] in ("saved", "refused"):
            answers[entry["save"]] = entry
    found = []
    for save, entry in sent.items():
        answer = answers.get(save)
        if answer is not None and answer["kind"] == "refused":
            continue
        at = answer["at"] if answer else None
        for field, (saw, value) in entry["fields"].items():
            found.append(Write((entry["project"], field), value, saw, entry["at"], at))
    return found


def wrong_with(
    writes: Sequence[Write], histories: Mapping[Place, Sequence[str]], standing: Mapping[Place, str]
) -> list[str]:
    """Sentences about every update that was lost.

    Each acknowledged value must be in the history, straight after the value that its person had been shown: else they
    wrote over what nobody had shown them. What stands must be the last of the history, and no acknowledged save may
    have begun after the one that stands was answered.
    """
    problems = []
    for write in writes:
        if write.answered is None:
            continue
        values = histories.get(write.place, ())
        before = {values[at - 1] if at else "" for at, value in enumerate(values) if value == write.value}
        if not before:
            problems.append(f"{_said(write)} was acknowledged and is not in the history")
        elif write.saw not in before:
            problems.append(f"{_said(write)} wrote over {sorted(before)}, shown was {write.saw!r}")
    by_place: dict[Place, list[Write]] = {}
    for write in writes:
        by_place.setdefault(write.place, []).append(write)
    for place, of_place in by_place.items():
        problems += _wrong_standing(place, of_place, histories.get(place, ()), standing.get(place))
    return problems


def _wrong_standing(place: Place, writes: Collection[Write], values: Sequence[str], stands: str | None) -> list[str]:
    if not any(write.answered is not None for write in writes):
        return []
    if stands is None or not values or values[-1] != stands:
        return [f"{place}: {stands!r} stands, and the history ends otherwise"]
    standing = [write for write in writes if write.value == stands]
    if not standing:
        return [f"{place}: {stands!r} stands, which nobody saved"]
    last = max((float("inf") if write.answered is None else write.answered) for write in standing)
    return [
        f"{_said(write)} was saved after what stands ({stands!r}), and is gone"
        for write in writes
        if write.answered is not None and write.value != stands and write.sent >= last
    ]


def _said(write: Write) -> str:
    return f"project {write.place[0]}, {write.place[1]}: {write.value!r}"
