"""Tables out as csv and xlsx, safely: numbers stay numbers, dates dates, and no text becomes a formula.

Both are written row after row, so that memory does not grow with the table.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import StringIO
from types import TracebackType
from typing import Any, BinaryIO, Final, NamedTuple

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]  # the package carries no types

MAX_TEXT: Final = 32_767
"""Excel's limit of characters (UTF-16 units) in a cell."""
MAX_ROWS: Final = 1_048_576
"""Excel's limit of rows in a sheet, the header among them."""
ENOUGH_DIGITS: Final = Decimal(10) ** 13
"""Below this many yuan a spreadsheet's floating-point number holds every fen."""
CSV_ROWS: Final = 500
REPLACED: Final = "\ufffd"
"""Stands where a text has a character that xlsx cannot hold."""

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE_ENDS: Final = re.compile("\r\n?")
# What a spreadsheet runs, also where it is full-width or stands behind white space; and what looks guarded already,
# so that taking the guard away always gives the text back.
_FORMULA: Final = re.compile("'*(?:[\\s\ufeff]*[=+\\-@＝＋－＠]|[\t\r\n])")
_GUARDED: Final = re.compile("'+(?:[\\s\ufeff]*[=+\\-@＝＋－＠]|[\t\r\n])")


class CellTooLongError(ValueError):
    """A text is longer than an xlsx cell can hold; the message is one Chinese sentence."""


class Kind(Enum):
    """What stands in a column. Blank cells (``None``) may stand in all of them."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    MOMENT = "moment"
    ANY = "any"
    """Each value by its own type."""


class Head(NamedTuple):
    """A column: what its header says, what stands in it and how many characters wide it is."""

    label: str
    kind: Kind = Kind.TEXT
    width: float = 14


Row = Sequence[Any]


def csv_chunks(heads: Sequence[Head], rows: Iterable[Row]) -> Iterator[bytes]:
    """A csv file piece by piece: UTF-8 with BOM, which Excel and WPS need to read Chinese, and CRLF.

    Texts that a spreadsheet would run as a formula get an apostrophe before them, in the header too; `unguarded` takes
    it away.
    """
    buffer = StringIO("\ufeff", newline="")
    buffer.seek(0, 2)
    write = csv.writer(buffer, lineterminator="\r\n").writerow
    write([guarded(head.label) for head in heads])
    for number, row in enumerate(rows, start=1):
        write([guarded(value) if value.__class__ is str else value for value in row])
        if number % CSV_ROWS == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def guarded(text: str) -> str:
    """A text of a csv file that no spreadsheet runs."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def as_xlsx(text: str) -> str:
    """A text as an xlsx cell holds it: line ends as one character, and a mark where a control character stood."""
    text = _LINE_ENDS.sub("\n", text) if "\r" in text else text
    return _ILLEGAL.sub(REPLACED, text)


class XlsxFile:
    """An xlsx file that is written row after row. Sheets may be written side by side.

    A context manager: the file is complete when it is left without an exception, and worthless otherwise.
    """

    def __init__(self, to: BinaryIO) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="perfgoals-xlsx-")
        options = {"constant_memory": True, "tmpdir": self._folder.name, "use_zip64": True}
        self._book = xlsxwriter.Workbook(to, options)
        self._formats = {
            # Whatever is typed there later stays as typed too: 00409 is no number, 1-2 no date.
            Kind.TEXT: self._book.add_format({"num_format": "@"}),
            Kind.MONEY: self._book.add_format({"num_format": "#,##0.00"}),
            Kind.MOMENT: self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "date": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "head": self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}),
        }
        self._sheets: list[XlsxSheet] = []

    def __enter__(self) -> XlsxFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_raised: BaseException | TracebackType | None) -> None:
        try:
            if kind is None:
                for sheet in self._sheets:
                    sheet.end()
                self._book.close()
        finally:
            for sheet in self._book.worksheets():
                sheet.row_data_fh.close()  # a book that is given up leaves its rows' files open
            self._folder.cleanup()

    def sheet(self, name: str, heads: Sequence[Head]) -> XlsxSheet:
        """A sheet with a frozen header and a filter on it. What one sheet cannot hold goes on in 名2, 名3 …"""
        made = XlsxSheet(self._book, self._formats, name, heads)
        self._sheets.append(made)
        return made


class XlsxSheet:
    """A sheet of an `XlsxFile`, or several where there are more rows than one can hold."""

    def __init__(self, book: Any, formats: dict[Any, Any], name: str, heads: Sequence[Head]) -> None:
        self._book, self._formats, self._name, self._heads = book, formats, name, heads
        self._parts = 0
        self._at = 0
        self._writers: list[Callable[[int, int, Any], object]] = []
        self._begin()

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows. Raises `CellTooLongError`."""
        at = self._at
        for row in rows:
            if at == MAX_ROWS:
                self.end()
                self._begin()
                at = self._at
            for column, value in enumerate(row):
                if value is not None:
                    self._writers[column](at, column, value)
            at += 1
            self._at = at

    def end(self) -> None:
        """No more rows come."""
        self._sheet.autofilter(0, 0, max(self._at - 1, 1), len(self._heads) - 1)

    def _begin(self) -> None:
        self._parts += 1
        self._sheet = self._book.add_worksheet(self._name if self._parts == 1 else f"{self._name}{self._parts}")
        self._sheet.freeze_panes(1, 0)
        for column, head in enumerate(self._heads):
            self._sheet.set_column(
                column, column, head.width, self._formats[Kind.TEXT] if head.kind is Kind.TEXT else None
            )
            self._sheet.write_string(0, column, as_xlsx(head.label), self._formats["head"])
        self._at = 1
        self._writers = [self._writer(head.kind) for head in self._heads]

    def _writer(self, kind: Kind) -> Callable[[int, int, Any], object]:
        match kind:
            case Kind.TEXT:
                return self._text
            case Kind.MONEY:
                return self._money
            case Kind.NUMBER:
                number: Callable[[int, int, Any], object] = self._sheet.write_number
                return number
            case Kind.MOMENT:
                return self._moment
        return self._any

    def _text(self, row: int, column: int, text: str) -> None:
        text = as_xlsx(text)
        if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le")) > 2 * MAX_TEXT:
            raise CellTooLongError(
                f"第 {row + 1} 行“{self._heads[column].label}”有 {len(text)} 个字，超过 xlsx 单元格的 {MAX_TEXT} 字上限，"
                "请改用 csv 或 json。"
            )
        self._sheet.write_string(row, column, text, self._formats[Kind.TEXT])

    def _money(self, row: int, column: int, yuan: Decimal) -> None:
        if yuan >= ENOUGH_DIGITS:  # a number would lose the fen
            self._sheet.write_string(row, column, str(yuan))
        else:
            self._sheet.write_number(row, column, yuan, self._formats[Kind.MONEY])

    def _moment(self, row: int, column: int, moment: datetime) -> None:
        self._sheet.write_datetime(row, column, moment, self._formats[Kind.MOMENT])

    def _any(self, row: int, column: int, value: Any) -> None:
        match value:
            case str():
                self._text(row, column, value)
            case Decimal():
                self._money(row, column, value)
            case bool():
                self._sheet.write_boolean(row, column, value)
            case datetime():
                self._moment(row, column, value)
            case date():
                self._sheet.write_datetime(row, column, value, self._formats["date"])
            case _:
                self._sheet.write_number(row, column, value)


def write_csv(table: pd.DataFrame, to: BinaryIO) -> None:
    """A table as csv (`csv_chunks`)."""
    for chunk in csv_chunks(_heads(table), _rows(table)):
        to.write(chunk)


def write_xlsx(table: pd.DataFrame, to: BinaryIO, *, sheet: str) -> None:
    """A table as the only sheet of an xlsx file. Raises `CellTooLongError`."""
    with XlsxFile(to) as file:
        file.sheet(sheet, _heads(table)).write(_rows(table))


def _heads(table: pd.DataFrame) -> list[Head]:
    return [Head(str(label), Kind.ANY) for label in table.columns]


def _rows(table: pd.DataFrame) -> Iterator[Row]:
    """Plain Python values; what pandas calls missing is blank."""
    for row in table.astype(object).itertuples(index=False, name=None):
        yield [None if value is None or value is pd.NaT or value != value else value for value in row]
