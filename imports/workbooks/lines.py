"""The rows of a workbook as the lines of a `imports.reading.Reading`: one line a row, all visible sheets in order."""

from __future__ import annotations

import re
from typing import Final

from imports.reading import SheetLines
from imports.workbooks.reading import Workbook
from imports.workbooks.texts import Value, cell_text

_BORDERS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CLOSED: Final = "\t"


def lines_of(workbook: Workbook) -> tuple[list[str], list[SheetLines]]:
    """Lines of cells joined by tabs, and where each sheet's lines begin.

    Every line that holds anything ends with a tab, an empty cell: what a cell holds is whole, and nothing on the next
    line goes on with it.
    """
    lines: list[str] = []
    sheets: list[SheetLines] = []
    for sheet in workbook.visible:
        sheets.append(SheetLines(sheet.name, len(lines) + 1))
        lines += (row_text(row) for row in sheet.iter_rows())
    return lines, sheets


def row_text(row: list[Value]) -> str:
    """One row as a line."""
    texts = "\t".join(_BORDERS.sub(" ", cell_text(value)) for value in row).rstrip("\t")
    return texts + _CLOSED if texts else ""
