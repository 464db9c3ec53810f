"""Cells that all rows have too many at the edge: a tab at the end of every line, a header padded with blanks."""

from __future__ import annotations

from typing import Final

from imports.layouts.gazette.tables.sheets import Sheet

_ENOUGH: Final = 3
_MOST: Final = 0.8
_FEW: Final = 0.04


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
    filled = sum(1 for line in rows if len(line.cells) == width + 1 and line.cells[-1])
    # Several that are filled make it a column, whose head is lost.
    if len(longer) >= max(_ENOUGH, _MOST * len(rows)) and filled <= _FEW * len(longer):
        for line in longer:
            line.cells = line.cells[:-1]


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
