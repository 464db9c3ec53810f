"""How wide the columns of the printed table were, learned from the projects whose parts are beyond doubt.

A converter prints the cells one after another, but the wraps stay: a line of the 绩效目标 column is never longer than
that column was wide, and its lines are full except at the end of a paragraph (layout fact).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from imports.layouts.key_project_list.heads import LABEL
from imports.layouts.key_project_list.sheet import Gap, Line, width_of

_SURE: Final = 3
"""Paragraphs from which a width is believed."""
_TOLERANCE: Final = 2
_NARROWER: Final = 6
_UNBROKEN = re.compile(r"[0-9A-Za-z.,%+\-]+|[（(〔\[《“]*.[，。；：！？、）)〕\]】》”]*")


@dataclass(frozen=True, slots=True)
class Column:
    """One text column, in half characters: its widest line and its usual one, ``None`` while nothing is known.

    They differ by some characters, since digits and letters of print are not half as wide as Chinese characters.
    """

    widest: int | None = None
    usual: int = 0

    def overflows(self, line: Line) -> bool:
        """Whether the line is longer than the column was wide."""
        return self.widest is not None and line.width > self.widest + _TOLERANCE

    def is_short(self, line: Line, below: Line) -> bool:
        """Whether the next line's beginning would have fitted on this one, so that it was not wrapped here."""
        return self.widest is not None and _reach(line, below) + _TOLERANCE < self.usual

    def is_full(self, line: Line, below: Line) -> bool:
        """Whether the line was wrapped here because the column ended: the next line's beginning did not fit."""
        return self.widest is not None and _reach(line, below) >= self.usual and not self.overflows(line)


def _reach(line: Line, below: Line) -> int:
    first = _UNBROKEN.match(below.text)
    return line.width + width_of(first[0] if first else "")


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of the page: both text columns, and whether its cells carry labels as a rule."""

    cell: Column = Column()
    goal: Column = Column()
    labelled: bool = False

    @property
    def differ(self) -> bool:
        """Whether the goal column is known to be clearly narrower than the cell column."""
        return self.goal.widest is not None and self.goal.usual + _NARROWER <= self.cell.usual

    def look_like_goal(self, lines: Sequence[Line]) -> bool:
        """Whether wrapped lines fill the goal column and could not be lines of the cell column."""
        pairs = list(pairwise(lines))
        full = (self.goal.is_full(*pair) and self.cell.is_short(*pair) for pair in pairs)
        return bool(pairs) and all(full)


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines between one gap and the next."""
    found: list[list[Line]] = []
    for position, line in enumerate(lines):
        if position == 0 or line.gap != Gap.NONE:
            found.append([])
        found[-1].append(line)
    return found


def learn_columns(blocks: Iterable[Sequence[Line]]) -> Columns:
    """Measure the columns on the blocks that are two paragraphs with a blank line between."""
    cells: list[list[Line]] = []
    goals: list[list[Line]] = []
    for block in blocks:
        parts = paragraphs(block)
        if len(parts) == 2 and parts[1][0].gap == Gap.BLANK and not LABEL.match(parts[1][0].text):
            cells.append(parts[0])
            goals.append(parts[1])
    labelled = sum(LABEL.match(part[0].text) is not None for part in cells)
    return Columns(_column(cells), _column(goals), labelled=labelled >= max(1, 0.8 * len(cells)))


def _column(parts: Sequence[Sequence[Line]]) -> Column:
    """The widest line of the paragraphs that wrap, apart from the few that are something else."""
    widths = [max(line.width for line in part) for part in parts if len(part) > 1]
    if len(widths) < _SURE:
        return Column()
    usual = int(median(widths))
    return Column(max(width for width in widths if width <= usual + 2 * _TOLERANCE), usual)
