"""Ragged rows: the one way in which their cells fit the columns, where there is just one.

A converter loses empty cells, prints a figure twice or shifts a row. A row is mended only where it proves itself how:
every other way of laying its cells on the columns puts a figure among texts, a text among figures, a known word in a
foreign column. Readings are counted generously and accepted strictly, so that doubt always ends in damage.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from imports.layouts.gazette.tables.cells import FIGURE, QUANTITY, bare, filled_places, kind
from imports.layouts.gazette.tables.profiles import Column

MOST_COLUMNS: Final = 60
"""Wider tables are not mended."""
_MOST_EXTRA: Final = 1
_FEW: Final = 3
_RARE: Final = 10
"""One figure among ten texts is still foreign."""


class Mended(NamedTuple):
    """A row's cells, one for each column, and in Chinese what was done."""

    cells: tuple[str, ...]
    note: str


def mended(columns: Sequence[Column], cells: Sequence[str]) -> Mended | None:
    """The cells of a row that is too short, too long or shifted; ``None`` where nothing proves where they belong."""
    width, found = len(columns), None
    if width > MOST_COLUMNS or len(cells) > width + _MOST_EXTRA or not any(cells):
        return None
    if len(cells) < width:
        found = _spread(columns, cells, keep_blanks=True)
        note = f"这一行少印{width - len(cells)}个空格，按各栏内容只有一种排法，已补上"
    elif len(cells) > width:
        found = _without_one(columns, cells)
        note = "这一行多印一格，按各栏内容只有一种去法，已去掉"
    else:
        found = _spread(columns, cells, keep_blanks=False)
        note = "这一行的内容错了栏，按各栏内容只有一种排法，已移回"
    return Mended(found, note) if found is not None and _stands(columns, found) else None


def fits(columns: Sequence[Column], cells: Sequence[str]) -> bool:
    """Whether a row of full width may stand as printed: no figure in a column that holds only texts.

    A text where figures are usual (按规定执行) is no sign of damage; a figure among texts is one. The row itself may be
    among those from which the columns were learnt.
    """
    return not any(
        cell
        and kind(cell) == FIGURE
        and column.holds == "text"
        and column.filled > _FEW
        and column.figures <= max(1, column.filled // _RARE)
        for column, cell in zip(columns, cells, strict=True)
    )


def _stands(columns: Sequence[Column], cells: Sequence[str]) -> bool:
    return all(column.must_hold(cell) for column, cell in zip(columns, cells, strict=True))


def _without_one(columns: Sequence[Column], cells: Sequence[str]) -> tuple[str, ...] | None:
    """The row without the cell that is one too many.

    Leaving out any other cell must not fit, and the cell must be empty or a figure that its neighbour repeats.
    """
    readings: dict[tuple[str, ...], int] = {}
    for place in range(len(cells)):
        left = (*cells[:place], *cells[place + 1 :])
        if left not in readings and all(column.may_hold(cell) for column, cell in zip(columns, left, strict=True)):
            readings[left] = place
            if len(readings) > 1:
                return None
    for left, place in readings.items():
        return left if not cells[place] or _is_doubled(cells, place) else None
    return None


def _is_doubled(cells: Sequence[str], place: int) -> bool:
    if not kind(cells[place]) & (FIGURE | QUANTITY):
        return False
    return any(0 <= near < len(cells) and bare(cells[near]) == bare(cells[place]) for near in (place - 1, place + 1))


def _spread(columns: Sequence[Column], cells: Sequence[str], *, keep_blanks: bool) -> tuple[str, ...] | None:
    """The one way to lay the filled cells on the columns in their order, with at least the printed blanks between them.

    Blanks that were not printed may only come where other rows are blank as well.
    """
    width, places = len(columns), filled_places(cells)
    gaps = (
        [place - before - 1 for before, place in zip([-1, *places], places, strict=False)]
        if keep_blanks
        else [0] * len(places)
    )
    tail = len(cells) - 1 - places[-1] if keep_blanks else 0
    anchors = [_anchor(columns, cells[place]) for place in places]
    ways = _ways(columns, [cells[place] for place in places], gaps, tail, anchors)
    if ways is None:
        return None
    laid = [""] * width
    for place, at in zip(places, ways, strict=True):
        laid[at] = cells[place]
    printed_blanks = len(cells) - len(places) if keep_blanks else 0
    new_blanks = [column for column, cell in zip(columns, laid, strict=True) if not cell and not column.blank]
    return tuple(laid) if len(new_blanks) <= (printed_blanks if keep_blanks else 0) else None


def _anchor(columns: Sequence[Column], cell: str) -> int | None:
    """The only column whose few words have this one."""
    word = bare(cell)
    homes = [at for at, column in enumerate(columns) if column.values.get(word)]
    return (
        homes[0] if len(homes) == 1 and columns[homes[0]].is_vocabulary and columns[homes[0]].values[word] > 1 else None
    )


def _ways(
    columns: Sequence[Column], texts: Sequence[str], gaps: Sequence[int], tail: int, anchors: Sequence[int | None]
) -> list[int] | None:
    """For each text its column, if there is exactly one way; counted from the last text to the first."""
    width = len(columns)
    # counts[at]: in how many ways the texts from here on can be laid when the next may begin at column ``at``.
    counts = [1 if width - at >= tail else 0 for at in range(width + 1)] + [0]
    steps: list[list[int]] = []
    for text, gap, anchor in zip(reversed(texts), reversed(gaps), reversed(anchors), strict=True):
        here = [
            counts[at + 1] if (anchor is None or anchor == at) and columns[at].may_hold(text) else 0
            for at in range(width)
        ]
        steps.append(here)
        sums = [0] * (width + 2)
        for at in range(width - 1, -1, -1):
            sums[at] = min(sums[at + 1] + here[at], 2)
        counts = [sums[at + gap] if at + gap <= width else 0 for at in range(width + 1)] + [0]
    return _traced(list(reversed(steps)), gaps) if counts[0] == 1 else None


def _traced(steps: Sequence[Sequence[int]], gaps: Sequence[int]) -> list[int]:
    laid: list[int] = []
    at = 0
    for here, gap in zip(steps, gaps, strict=True):
        at = next(place for place in range(at + gap, len(here)) if here[place])
        laid.append(at)
        at += 1
    return laid
