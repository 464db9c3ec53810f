"""Targets found again in the text that they were read in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from imports.gazettes.models import TargetState

_LONGEST: Final = 2000
"""Longer clauses are looked for as they stand, without regard to other spaces."""
STATES: Final = {state.value: str(state.label) for state in TargetState}
SIGNS: Final = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "~": "≈"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A target as the text shows it."""

    pk: int
    state: str
    state_name: str
    words: str
    """What was understood: 燃气普及率 ≥95%（2025年）."""
    url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, with the targets that it states; none for what stands between."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def state(self) -> str:
        """The state that decides the colour: one that is still open asks for somebody first."""
        states = [mark.state for mark in self.marks]
        return next((state for state in STATES if state in states), "")


def mark_of(
    pk: int, state: str, name: str, operator: str, number: Decimal, unit: str, year: int | None, *, url: str
) -> Mark:
    """A target in words; ``url`` leads to its review."""
    when = f"（{year}年）" if year else ""
    words = f"{name} {SIGNS[operator]}{number.normalize():f}{unit}{when}"
    return Mark(pk, state, STATES[state], words, url)


def marked(text: str, found: Sequence[tuple[str, int, Mark]]) -> tuple[list[Piece], list[Mark]]:
    """The text in pieces, and the marks whose clause does not stand in it.

    ``found`` has each target's clause as printed, the offset from which it is to be looked for, and its mark. Clauses
    that overlap become one piece with all their marks.
    """
    spans: list[tuple[int, int, list[Mark]]] = []
    missing: list[Mark] = []
    placed = [(_span(text, clause, start), mark) for clause, start, mark in found]
    for span, mark in sorted(placed, key=lambda one: one[0] or (0, 0)):
        if span is None:
            missing.append(mark)
        elif spans and span[0] < spans[-1][1]:
            first, last, marks = spans[-1]
            spans[-1] = (first, max(last, span[1]), [*marks, mark])
        else:
            spans.append((*span, [mark]))
    return list(_cut(text, spans)), missing


def _cut(text: str, spans: Sequence[tuple[int, int, list[Mark]]]) -> list[Piece]:
    pieces, at = [], 0
    for first, last, marks in spans:
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], tuple(marks)))
        at = last
    return [*pieces, Piece(text[at:])] if at < len(text) else pieces


def _span(text: str, clause: str, start: int) -> tuple[int, int] | None:
    if not clause:
        return None
    for begin in (max(start, 0), 0):
        at = text.find(clause, begin)
        if at >= 0:
            return at, at + len(clause)
    if len(clause) > _LONGEST:
        return None
    spaced = r"\s*".join(map(re.escape, "".join(clause.split())))
    match = re.compile(spaced).search(text)
    return match.span() if match else None
