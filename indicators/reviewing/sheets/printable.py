"""Workbooks to be read and printed: long texts wrapped, a page as wide as its sheet, heads on every page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any, BinaryIO, Final

import xlsxwriter  # type: ignore[import-untyped]  # the package carries no types

from perfgoals.spreadsheets import MAX_TEXT, CellTooLongError, Head, Kind, Sheet, as_xlsx

_A4: Final = 9
_MONEY: Final = "#,##0.00"
_LINE: Final = 17.0
"""Points of a line."""
_HIGHEST: Final = 409.0
"""Points of the highest row that there is."""


def write_printable(sheets: Sequence[Sheet], to: BinaryIO) -> None:
    """Write the sheets; every text stays text. Raises `CellTooLongError`, and writes nothing then."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        formats = {kind: book.add_format(_look(kind)) for kind in Kind}
        head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        for one in sheets:
            _write(book.add_worksheet(one.name), one, formats, head)
    to.write(buffer.getvalue())


def _look(kind: Kind) -> dict[str, Any]:
    look = {"text_wrap": True, "border": 1, "valign": "top"}
    return {**look, "num_format": _MONEY} if kind is Kind.MONEY else look


def _write(page: Any, sheet: Sheet, formats: dict[Kind, Any], head: Any) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.set_footer("&C&9第 &P 页，共 &N 页")
    for column, one in enumerate(sheet.heads):
        page.set_column(column, column, one.width)
        page.write_string(0, column, one.label, head)
    for number, row in enumerate(sheet.rows, start=1):
        cells = list(zip(sheet.heads, row, strict=True))
        # Set, since not every program makes a row as high as its text when it opens a file.
        page.set_row(number, min(_LINE * max(_lines(str(value or ""), one.width) for one, value in cells), _HIGHEST))
        for column, (one, value) in enumerate(cells):
            _cell(page, (number, column), one, value, formats[one.kind])


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: a Chinese character is as wide as two digits."""
    return sum(
        max(ceil(sum(1 if sign.isascii() else 2 for sign in line) / (width - 2)), 1) for line in text.split("\n")
    )


def _cell(page: Any, place: tuple[int, int], head: Head, value: Any, look: Any) -> None:
    if value is None or value == "":
        page.write_blank(*place, None, look)
    elif isinstance(value, (int, Decimal)):
        page.write_number(*place, float(value), look)
    else:
        text = as_xlsx(str(value))
        if len(text) > MAX_TEXT:
            raise CellTooLongError(f"“{head.label}”有 {len(text)} 个字，超过 xlsx 单元格的 {MAX_TEXT} 字上限。")
        page.write_string(*place, text, look)
