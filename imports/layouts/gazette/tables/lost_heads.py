"""Headers that lost a cell: all rows have one more, and what they hold says which head is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from imports.layouts.gazette.tables.headers import is_serial_word
from imports.layouts.gazette.tables.profiles import Column, Holds, profiled, said
from imports.layouts.gazette.tables.serials import serial
from imports.layouts.gazette.tables.sheets import Sheet

_FEWEST_ROWS: Final = 2
_MOST: Final = 0.8
_FEW: Final = 0.05
_BODY_HEADS: Final = ("单位", "部门", "主体", "机构", "法人", "业主")
_TIME = re.compile("[时期年月]|进度|进展")
_BODIES: Final = 0.8


def give_back_head(sheet: Sheet) -> bool:
    """Put a head in where all rows are one cell wider than the header and only one place explains it.

    The column is then called by its place (第3列), since nothing says how. Where several places would do, the header
    stays as printed, and no row fits it: the answer is whether the header is as wide as its rows now.
    """
    width = len(sheet.header) + 1
    rows = [line.cells for line in sheet.body if line.is_row and sum(map(bool, line.cells)) > 1]
    wide = [cells for cells in rows if len(cells) == width]
    fitting = sum(1 for cells in rows if len(cells) == len(sheet.header))
    if len(wide) < max(_FEWEST_ROWS, _MOST * len(rows)) or fitting > _FEW * len(rows):
        return True
    if not any(sheet.header) or not any(cells[-1] for cells in wide):
        return True
    places = [place for place in range(width) if _explains(sheet.header, place, wide)]
    if len(places) != 1:
        return False
    place = places[0]
    name = "序号" if place == 0 and all(serial(cells[0]) is not None for cells in wide) else f"第{place + 1}列"
    sheet.header = (*sheet.header[:place], name, *sheet.header[place:])
    return True


def _explains(header: Sequence[str], place: int, rows: Sequence[Sequence[str]]) -> bool:
    """Whether all heads stand over what they say if one is missing at a place."""
    names = (*header[:place], "", *header[place:])
    columns = profiled([""] * len(names), rows)
    return all(
        _stands_over(name, column) for at, (name, column) in enumerate(zip(names, columns, strict=True)) if at != place
    )


def _stands_over(name: str, column: Column) -> bool:
    if not column.filled:
        return True
    told: Holds | None = said(name)
    numbers = column.holds == "figure" and not is_serial_word(name)
    if is_serial_word(name):
        return column.filled == sum(1 for value in column.values.elements() if serial(value) is not None)
    if told == "figure":
        return column.holds == "figure"
    if told == "period":
        return column.holds == "period"
    if told == "text":
        bodies = column.bodies >= _BODIES * column.filled
        timed = column.holds == "period" and not _TIME.search(name)
        return not numbers and not timed and bodies == name.endswith(_BODY_HEADS)
    return told != "yes_no" or column.holds == "yes_no"
