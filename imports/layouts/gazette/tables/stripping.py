"""Converters that print no tabs at the ends of lines: rows that end in blank cells are short there, and not damaged.

Nothing tells a row whose last cells are blank from one that was cut off, but the other rows: where the columns at its
end are blank elsewhere, or many rows end at the same place, blanks are the reading. Elsewhere the row stays damaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from imports.layouts.gazette.tables.cells import TEXT, bare, filled_places, is_body, kind, number
from imports.layouts.gazette.tables.profiles import Column, profiled
from imports.layouts.gazette.tables.rows import Row

_ENOUGH: Final = 3
_SEVERAL: Final = 0.15
_OFTEN: Final = 0.12
_LEAST_DOUBLED: Final = 2


def pad_stripped(columns: Sequence[Column], rows: Sequence[Row], *, strips: bool) -> bool:
    """Give back the blanks at the end of rows; whether the table is one that prints none.

    It is one where no row ends with a blank and several are too short, or all tables around it do so (``strips``). A
    row gets its blanks if its cells look right where they stand and the columns behind them may be blank.
    """
    width = len(columns)
    short = [row for row in rows if row.kind == "row" and 1 < len(row.cells) < width and not row.is_joined]
    if not short or any(row.kind == "row" and len(row.cells) > 1 and not row.cells[-1] for row in rows):
        return False
    if not strips and len(short) < max(_ENOUGH, _SEVERAL * len(rows)):
        return False
    doubled = _doubled_pairs(rows)
    # Whole rows alone are too few, and not like the others: they are those that hold something at their end.
    padded = [(*row.cells, *[""] * (width - len(row.cells))) for row in rows if row.kind == "row" and not row.is_joined]
    columns = profiled([column.header for column in columns], padded)
    open_from = _open_from(columns, rows)
    for row in rows:
        if row.kind == "total" and 1 < len(row.cells) < width:
            _pad_total(columns, row)
        elif row.kind == "row" and len(row.cells) <= width and not row.is_joined:
            _pad(columns, row, open_from, doubled)
    return True


def _pad(columns: Sequence[Column], row: Row, open_from: int, doubled: Sequence[tuple[int, int]]) -> None:
    missing = len(columns) - len(row.cells)
    pair = next((pair for pair in pairwise(range(len(row.cells))) if _is_doubled(row, pair, doubled)), None)
    if pair is not None and (missing or open_from < len(columns)):
        row.damage = row.damage or f"第{pair[0] + 1}、{pair[1] + 1}格相同，可能多印了一格而行末的空格没有印出"
        return
    may_end = missing > 0 and len(row.cells) > 1 and len(row.cells) >= open_from
    if may_end and row.damage is None and _looks_right(columns, row.cells):
        row.mended = f"行末的{missing}个空格没有印出（全表行末都不印空格），已补上"
        row.cells = (*row.cells, *[""] * missing)


def _looks_right(columns: Sequence[Column], cells: Sequence[str]) -> bool:
    return all(
        column.is_usual(cell) and not column.is_foreign(cell) and _is_usual_body(column, cell)
        for column, cell in zip(columns, cells, strict=False)
        if cell
    )


def _is_usual_body(column: Column, cell: str) -> bool:
    """Whether the name of a body ends as several others of its column: a 局 is none of the companies."""
    return not is_body(cell) or column.endings[bare(cell)[-1]] >= max(2, _SEVERAL * column.bodies)


def _open_from(columns: Sequence[Column], rows: Sequence[Row]) -> int:
    """From which column on all may be blank: blank in longer rows, or where many good rows end; remarks always."""
    body = [row.cells for row in rows if row.kind == "row" and len(row.cells) > 1 and _looks_right(columns, row.cells)]
    often = max(_ENOUGH, _OFTEN * len(body))
    place = len(columns)
    while place > 1:
        ends = sum(1 for cells in body if len(cells) < place)
        blank = any(len(cells) >= place and not cells[place - 1] for cells in body)
        if not (blank or ends >= often or columns[place - 1].said == "remark"):
            break
        place -= 1
    return place


def _doubled_pairs(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Neighbouring columns that say the same in several rows: there it is no sign of a cell printed twice."""
    pairs = [pair for row in rows for pair in pairwise(range(len(row.cells))) if _is_doubled(row, pair, ())]
    return [pair for pair in set(pairs) if pairs.count(pair) > 1]


def _is_doubled(row: Row, pair: tuple[int, int], usual: Sequence[tuple[int, int]]) -> bool:
    one, other = (bare(row.cells[place]) for place in pair)
    telling = len(one) >= _LEAST_DOUBLED or kind(one) == TEXT
    return one == other and bool(one) and telling and pair not in usual


def _pad_total(columns: Sequence[Column], row: Row) -> None:
    """A total with all its figures under columns of figures lacks blanks at its end only."""
    places = [place for place in filled_places(row.cells) if number(row.cells[place]) is not None]
    if places and all(columns[place].holds == "figure" for place in places):
        row.mended = "合计行行末的空格没有印出（全表行末都不印空格），已补上"
        row.cells = (*row.cells, *[""] * (len(columns) - len(row.cells)))
