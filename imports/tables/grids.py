"""The cells of a table that came back, whatever kind of file it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final, NamedTuple

from imports.exporting.columns import INDICATOR_HEADS, KEYS
from imports.reading import SheetLines, SourceError
from imports.workbooks import Value, Workbook, cell_text
from perfgoals.spreadsheets import unguarded

_DELIMITERS: Final = (",", "\t", ";", "，")
_WHOLE: Final = re.compile("0|[1-9][0-9]{0,14}")
_MOST_CELL: Final = 10_000_000
_MOST_HEAD: Final = 20_000
_ENCODINGS: Final = ("utf-8-sig", "gb18030", "utf-16")
_KEYS: Final = {column.label for column in KEYS}
_TARGETS: Final = {INDICATOR_HEADS[0].label, INDICATOR_HEADS[-1].label}


class Grid(NamedTuple):
    """A sheet: its rows and how many there are. ``first_line`` is where it begins among the rows of all sheets.

    The one of a csv file has no name.
    """

    name: str
    rows: Iterable[Sequence[Value]]
    row_count: int
    first_line: int = 1


class Grids(NamedTuple):
    """The sheets of a file that matter."""

    projects: list[Grid]
    indicators: list[Grid]
    others: list[SheetLines]
    """The sheets that are left alone."""
    sheets: list[SheetLines]
    """All sheets of a workbook, as reports name lines by them."""


def recognise(workbook: Workbook) -> bool:
    """Whether a workbook is an exported table: its first rows name what makes coming back possible."""
    return any(_is_projects(_head(sheet.iter_rows())) for sheet in workbook.visible)


def recognise_text(data: bytes) -> bool:
    """Whether the bytes of a text are an exported table, as csv: by its first line, whatever spreadsheet saved it."""
    heads = (data[:_MOST_HEAD].decode(encoding, errors="ignore") for encoding in _ENCODINGS)
    return any(_is_projects(next(_split(head), [])) for head in heads if all(key in head for key in _KEYS))


def grids_of(workbook: Workbook) -> Grids:
    """The sheets of a workbook, known by their headers, whatever people called them."""
    grids, line = Grids([], [], [], []), 1
    for sheet in workbook.visible:
        head = _head(sheet.iter_rows())
        grid = Grid(sheet.name, sheet.iter_rows(), sheet.row_count, line)
        grids.sheets.append(SheetLines(sheet.name, line))
        line += sheet.row_count
        if _is_projects(head):
            grids.projects.append(grid)
        elif set(map(cell_text, head)) >= _TARGETS:
            grids.indicators.append(grid)
        elif any(value is not None for value in head):
            grids.others.append(grids.sheets[-1])
    return grids


def grids_of_text(text: str) -> Grids:
    """The one sheet of a csv file."""
    rows = list(_split(text))
    return Grids([Grid("", [[_value(cell) for cell in row] for row in rows], len(rows))], [], [], [])


def _head(rows: Iterator[Sequence[Value]]) -> Sequence[Value]:
    return next(rows, [])


def _is_projects(head: Sequence[Value]) -> bool:
    return {cell_text(value).strip() for value in head} >= _KEYS


def _split(text: str) -> Iterator[list[str]]:
    text = text.removeprefix("\ufeff")
    first = re.split("[\r\n]", text, maxsplit=1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(_MOST_CELL)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise SourceError(
            f"CSV 文件的引号或分隔符不完整，无法读取（{error}）。请在 Excel 或 WPS 中重新另存。"
        ) from error


def _value(cell: str) -> Value:
    # Whole numbers are such, as in a workbook: a spreadsheet that saved the file made 409 of 00409.
    return int(cell) if _WHOLE.fullmatch(cell) else unguarded(cell) or None
