"""The rows of a form before its indicator table: labelled rows, and wrapped rows put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from imports.layouts.target_form.cells import Cell, filled_cells, is_closed
from imports.layouts.target_form.fields import Goals
from imports.layouts.target_form.funding import FundingTable, Pair, expanded
from imports.layouts.target_form.labels import FUNDING_ROLES, GOAL_ROLES, role_of
from imports.layouts.target_form.wrapping import extended

_SHORT: Final = 120


class Labelled(NamedTuple):
    """A line as labels and values."""

    role: str | None
    """What its first cell means, when that is a label."""
    cells: tuple[Cell, ...]
    pairs: tuple[Pair, ...]
    whole: bool
    """Whether the pairs are all there is on the line."""
    closed: bool


def labelled(line: str) -> Labelled:
    """The labels and values of a line."""
    # Most short rows are the same in form after form, to the letter.
    return _short(line) if len(line) < _SHORT else _read(line)


def _read(line: str) -> Labelled:
    return of_cells(filled_cells(line), is_closed(line))


_short = lru_cache(maxsize=8192)(_read)


def of_cells(cells: list[Cell], closed: bool) -> Labelled:
    """The labels and values of a row, each label with the first text after it."""
    role = role_of(cells[0][1]) if cells else None
    if cells and (role is None or role in FUNDING_ROLES):
        cells = expanded(cells)
        role = role_of(cells[0][1])
    pairs: list[Pair] = []
    whole = True
    for column, text in cells:
        own = role_of(text)
        if own is not None:
            pairs.append(Pair(own, column, "", text))
        elif pairs and not pairs[-1][2]:
            label = pairs[-1]
            pairs[-1] = Pair(label[0], label[1], text, label[3])
        else:
            whole = False
    return Labelled(role, tuple(cells), tuple(pairs), whole, closed)


class Row:
    """A labelled row, over one line or several (indexes ``first`` to ``last``), not all of which need be its own."""

    __slots__ = ("cells", "closed", "first", "labelled", "last", "lines", "role")

    def __init__(self, labelled: Labelled, first: int, last: int) -> None:
        self.labelled = labelled
        self.role = labelled.role or "unknown"
        self.cells = labelled.cells
        self.closed = labelled.closed
        self.first = first
        self.last = last
        self.lines = [*range(first, last + 1)]
        """Indexes of its own lines."""

    def extend(self, cells: Sequence[Cell], line: str, at: range) -> bool:
        """Add a line (or a quoted row over several) without label that goes on with this row's texts.

        ``False`` when it does not: then it is none of this row's, also where later lines go on with it.
        """
        adjacent = self.last == at.start - 1
        whole = extended(self.role, self.cells, self.closed, cells, line, adjacent=adjacent)
        if whole is None:
            return False
        self.labelled = of_cells(whole, is_closed(line))
        self.cells, self.closed = self.labelled.cells, self.labelled.closed
        self.last = at.stop - 1
        self.lines += at
        return True


@dataclass(slots=True)
class Head:
    """What the labelled rows of one form say. A label that is not printed has no entry."""

    texts: dict[str, str] = field(default_factory=dict)
    funding: FundingTable = field(default_factory=FundingTable)
    goals: Goals = field(default_factory=Goals)

    def take(self, row: Row) -> bool:
        """Take a row; ``False`` when something on it has no place, so that its lines stay unaccounted for."""
        if row.role in GOAL_ROLES:
            return self.goals.take(row.cells)
        _, _, pairs, whole, _ = row.labelled
        if row.role in FUNDING_ROLES:
            return self.funding.take(pairs, row.first + 1) and whole
        for role, _, value, _ in pairs:
            placed = role not in FUNDING_ROLES and self._take_text(role, value)
            whole = whole and placed
        return whole

    def _take_text(self, role: str, value: str) -> bool:
        kept = self.texts.get(role)
        if not kept:
            self.texts[role] = value
        return not kept or not value or kept == value
