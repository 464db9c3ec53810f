"""Ragged rows: the one way in which their cells fit the columns, where there is just one.

A converter loses empty cells, prints a figure twice or shifts a row. A row is mended only where it proves itself how:
every other way of laying its cells on the columns puts a figure among texts, a text among figures, a known word in a
foreign column. Readings are counted generously and accepted strictly, so that doubt always ends in damage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from imports.layouts.gazette.tables.cells import FIGURE, QUANTITY, bare, filled_places, kind
from imports.layouts.gazette.tables.profiles import Column

MOST_COLUMNS: Final = 60
"""Wider tables are not mended."""
_MOST_EXTRA: Final = 1


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
    """Whether a row of full width may stand as printed.

    A figure among texts is a sign of damage; a text where figures are usual (按规定执行) is none, unless the row would
    fit without any such oddity if its cells were moved. The row itself may be among those the columns were learnt from.
    """
    if any(column.is_foreign(cell) for column, cell in zip(columns, cells, strict=True)):
        return False
    odd = _oddities(columns, cells)
    if len(columns) > MOST_COLUMNS or not odd:
        return True
    if _stands(columns, cells):
        return not any(_is_better(columns, moved, odd) for moved in _tails_moved(cells))
    texts = [cell for cell in cells if cell]
    blankable = [not cell or not column.is_rarely_blank for column, cell in zip(columns, cells, strict=True)]
    holds = [[column.must_hold(text) for column in columns] for text in texts]
    return _steps(holds, [0] * len(texts), 0, blankable)[1] == 0


def _oddities(columns: Sequence[Column], cells: Sequence[str]) -> int:
    """How many cells are unlike the others of their column, or blank where that is rare."""
    return sum(
        1
        for column, cell in zip(columns, cells, strict=True)
        if not (column.is_usual(cell) if cell else not column.is_rarely_blank)
    )


def _is_even(columns: Sequence[Column], cells: Sequence[str]) -> bool:
    return _oddities(columns, cells) == 0


def _is_better(columns: Sequence[Column], moved: Sequence[str], odd: int) -> bool:
    """Whether a moved row looks right, or much better than with as many oddities as it has."""
    left = _oddities(columns, moved)
    return (left == 0 or left < odd - 1) and _stands(columns, moved)


def _tails_moved(cells: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The row with everything behind one place moved left over a blank, or right into a blank at the end."""
    for place, cell in enumerate(cells):
        if not cell:
            yield (*cells[:place], *cells[place + 1 :], "")
        if not cells[-1]:
            yield (*cells[:place], "", *cells[place:-1])


def _stands(columns: Sequence[Column], cells: Sequence[str]) -> bool:
    return all(column.must_hold(cell) for column, cell in zip(columns, cells, strict=True))


def _without_one(columns: Sequence[Column], cells: Sequence[str]) -> tuple[str, ...] | None:
    """The row without the cell that is one too many: an empty one, or a figure that its neighbour repeats.

    There must be one such way only, and leaving out any other cell must not be possible; where it is a blank at the
    end, leaving out another must not make a row that looks right.
    """
    ways: set[tuple[str, ...]] = set()
    others: list[int] = []
    ends_blank = not cells[-1] and _is_even(columns, cells[:-1])
    for place in range(len(cells)):
        left = (*cells[:place], *cells[place + 1 :])
        if not all(column.may_hold(cell) for column, cell in zip(columns, left, strict=True)):
            continue
        if not cells[place] or _is_doubled(cells, place):
            ways.add(left)
        elif not ends_blank or _is_even(columns, left) or _is_repeated(cells, place):
            others.append(place)
    if len(ways) != 1 or any(not _is_beside_doubled(cells, place) for place in others):
        return None
    return ways.pop()


def _is_beside_doubled(cells: Sequence[str], place: int) -> bool:
    """Whether a figure stands in one run of figures with one that is doubled: then it is not the one too many."""
    for step in (-1, 1):
        at = place
        while 0 <= at < len(cells) and kind(cells[at]) & (FIGURE | QUANTITY):
            if _is_doubled(cells, at):
                return True
            at += step
    return False


def _is_doubled(cells: Sequence[str], place: int) -> bool:
    return bool(kind(cells[place]) & (FIGURE | QUANTITY)) and _is_repeated(cells, place)


def _is_repeated(cells: Sequence[str], place: int) -> bool:
    return any(0 <= near < len(cells) and bare(cells[near]) == bare(cells[place]) for near in (place - 1, place + 1))


def _spread(columns: Sequence[Column], cells: Sequence[str], *, keep_blanks: bool) -> tuple[str, ...] | None:
    """The one way to lay the filled cells on the columns in their order, with at least the printed blanks between them.

    Blanks that were not printed may only come where blanks are usual: elsewhere it is a filled cell that was lost. Nor
    may they come at the end, where rows are cut off.
    """
    width, places = len(columns), filled_places(cells)
    gaps = [place - before - 1 for before, place in zip([-1, *places], places, strict=False)]
    tail = len(cells) - 1 - places[-1]
    if not keep_blanks:
        gaps, tail = [0] * len(places), 0
    holds = [_homes(columns, cells[place]) for place in places]
    steps, count = _steps(holds, gaps, tail, [True] * width)
    if count != 1:
        return None
    laid = [""] * width
    ways = _traced(steps, gaps)
    for place, at in zip(places, ways, strict=True):
        laid[at] = cells[place]
    if keep_blanks and width - 1 - ways[-1] > tail:
        return None
    for before, at, gap in zip([-1, *ways], [*ways, width], [*gaps, tail], strict=True):
        between = columns[before + 1 : at]
        unusual = sum(1 for column in between if not column.is_usually_blank)
        if len(between) > gap and (unusual > gap or any(column.blank == 0 for column in between)):
            return None
    return tuple(laid)


def _homes(columns: Sequence[Column], cell: str) -> list[bool]:
    """In which columns a cell could stand: in just one, where only its few words have this one."""
    word = bare(cell)
    known = [at for at, column in enumerate(columns) if column.values.get(word)]
    if len(known) == 1 and columns[known[0]].is_vocabulary and columns[known[0]].values[word] > 1:
        return [at == known[0] for at in range(len(columns))]
    return [column.may_hold(cell) for column in columns]


def _steps(
    holds: Sequence[Sequence[bool]], gaps: Sequence[int], tail: int, blankable: Sequence[bool]
) -> tuple[list[list[int]], int]:
    """In how many ways (0, 1 or 2 for more) texts can be laid on columns, and for each text and column how many go on.

    ``holds`` says for each text which columns can hold it; before each text at least so many ``gaps`` stay blank.
    """
    width = len(blankable)
    # counts[at]: in how many ways the texts from here on can be laid on the columns from ``at`` on.
    counts = [0] * (width + 1)
    counts[width] = 1 if tail == 0 else 0
    for at in range(width - 1, -1, -1):
        counts[at] = 1 if width - at >= tail and all(blankable[at:]) else 0
    steps: list[list[int]] = []
    for hold, gap in zip(reversed(holds), reversed(gaps), strict=True):
        here = [counts[at + 1] if hold[at] else 0 for at in range(width)]
        steps.append(here)
        sums = [0] * (width + 1)
        for at in range(width - 1, -1, -1):
            sums[at] = min(here[at] + (sums[at + 1] if blankable[at] else 0), 2)
        counts = [sums[at + gap] if at + gap <= width else 0 for at in range(width + 1)]
    return steps[::-1], counts[0]


def _traced(steps: Sequence[Sequence[int]], gaps: Sequence[int]) -> list[int]:
    laid: list[int] = []
    at = 0
    for here, gap in zip(steps, gaps, strict=True):
        at = next(place for place in range(at + gap, len(here)) if here[place])
        laid.append(at)
        at += 1
    return laid
