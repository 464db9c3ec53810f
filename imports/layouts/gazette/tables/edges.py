"""Cells that all rows have too many at the edge: a tab at the end of every line, a header padded with blanks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from imports.layouts.gazette.tables.profiles import Column
from imports.layouts.gazette.tables.rows import Row
from imports.layouts.gazette.tables.sheets import Sheet

_ENOUGH: Final = 3
_MOST: Final = 0.8
_SEVERAL: Final = 0.15


def trim_edges(sheet: Sheet) -> None:
    """Take away columns at the edges that are blank in the header and in every row, and blanks that end most rows."""
    while len(sheet.header) > 1 and not sheet.header[-1] and _is_unused(sheet, -1):
        _cut_last(sheet)
    while len(sheet.header) > 1 and not sheet.header[0] and _is_unused(sheet, 0):
        sheet.header = sheet.header[1:]
        for line in sheet.body:
            if line.is_row:
                line.cells = line.cells[1:] or ("",)
    width = len(sheet.header)
    rows = [line for line in sheet.body if line.is_row]
    longer = [line for line in rows if len(line.cells) == width + 1 and not line.cells[-1]]
    if len(longer) >= max(_ENOUGH, _MOST * len(rows)):
        for line in longer:
            line.cells = line.cells[:-1]


def pad_stripped(columns: Sequence[Column], rows: Sequence[Row]) -> bool:
    """Give back the blanks at the end of rows that a converter strips from every line; whether it does.

    It does where no row of the table ends with a blank and several are too short. Each such row must look right.
    """
    width = len(columns)
    short = [row for row in rows if row.kind == "row" and 1 < len(row.cells) < width and not row.is_joined]
    if len(short) < max(_ENOUGH, _SEVERAL * len(rows)) or any(len(row.cells) > 1 and not row.cells[-1] for row in rows):
        return False
    if not short or sum(1 for row in short if len(row.cells) == width - 1) * 2 < len(short):
        return False
    for row in short:
        looks_right = all(
            column.is_usual(cell) if cell else not column.is_rarely_blank
            for column, cell in zip(columns, row.cells, strict=False)
        )
        # The last column's blanks are never printed; of the others longer rows show whether they may be blank.
        may_end = all(_has_blank(rows, place) for place in range(len(row.cells), width - 1))
        if row.damage is None and looks_right and may_end:
            row.mended = f"行末的{width - len(row.cells)}个空格没有印出（全表行末都不印空格），已补上"
            row.cells = (*row.cells, *[""] * (width - len(row.cells)))
    return True


def _has_blank(rows: Sequence[Row], place: int) -> bool:
    return any(len(row.cells) > place + 1 and not row.cells[place] for row in rows if row.kind == "row")


def _is_unused(sheet: Sheet, place: int) -> bool:
    rows = [line.cells for line in sheet.body if line.is_row]
    whole = [cells for cells in rows if len(cells) == len(sheet.header)]
    if place == 0:
        return len(whole) == len(rows) and not any(cells[0] for cells in rows)
    return (
        len(rows) > 0
        and not any(cells[-1] for cells in whole)
        and all(len(cells) <= len(sheet.header) for cells in rows)
    )


def _cut_last(sheet: Sheet) -> None:
    width = len(sheet.header)
    sheet.header = sheet.header[:-1]
    for line in sheet.body:
        if line.is_row and len(line.cells) == width:
            line.cells = line.cells[:-1]
