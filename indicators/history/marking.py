"""What was taken out of a text and what was put in, so that a reader finds it in a page of unchanged words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

AROUND: Final = 24
"""Unchanged characters that stay on each side of a difference."""
_CLAUSE = re.compile(r"[^，。；：、！？\s]*[，。；：、！？\s]?")
_REFINED: Final = 400
"""Characters of a clause that are compared one by one; longer ones are shown whole."""
_CLAUSES: Final = 600
"""Texts of more clauses are shown whole: comparing costs the square of their number."""


class Mark(StrEnum):
    """What a piece of a text is."""

    SAME = "same"
    GAP = "gap"
    OUT = "out"
    IN = "in"


class Piece(NamedTuple):
    """A run of characters with the same mark; a gap stands for unchanged text that is left out."""

    mark: Mark
    text: str


def mark(old: str, new: str) -> list[Piece]:
    """Both texts as one: what stayed, what was taken out, what was put in. Unchanged stretches are cut short."""
    pieces = list(_joined(_compare(old, new)))
    return [part for number, piece in enumerate(pieces) for part in _shortened(piece, number, len(pieces))]


def _compare(old: str, new: str) -> Iterator[Piece]:
    """By clauses first, which is quick, then by characters inside those that differ."""
    ours, theirs = _CLAUSE.findall(old), _CLAUSE.findall(new)
    if max(len(ours), len(theirs)) > _CLAUSES:
        yield from (Piece(Mark.OUT, old), Piece(Mark.IN, new))
        return
    for tag, one, two, three, four in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        out, put = "".join(ours[one:two]), "".join(theirs[three:four])
        if tag == "equal":
            yield Piece(Mark.SAME, out)
        elif max(len(out), len(put)) <= _REFINED:
            yield from _characters(out, put)
        else:
            yield from (Piece(Mark.OUT, out), Piece(Mark.IN, put))


def _characters(old: str, new: str) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    # Clauses with little in common are easier to read whole than as a mosaic.
    if matcher.ratio() < 0.5:
        yield from (Piece(Mark.OUT, old), Piece(Mark.IN, new))
        return
    for tag, one, two, three, four in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Mark.SAME, old[one:two])
        else:
            yield from (Piece(Mark.OUT, old[one:two]), Piece(Mark.IN, new[three:four]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Without empty pieces, and neighbours of one mark as one."""
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last and last.mark == piece.mark:
            last = Piece(last.mark, last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def _shortened(piece: Piece, number: int, count: int) -> Iterator[Piece]:
    head = 0 if number == 0 else AROUND
    tail = 0 if number == count - 1 else AROUND
    if piece.mark != Mark.SAME or len(piece.text) <= head + tail + AROUND:
        yield piece
        return
    left_out = piece.text[head : len(piece.text) - tail]
    if head:
        yield Piece(Mark.SAME, piece.text[:head])
    yield Piece(Mark.GAP, left_out)
    if tail:
        yield Piece(Mark.SAME, piece.text[-tail:])
