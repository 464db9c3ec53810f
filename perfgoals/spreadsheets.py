"""Tables out as csv and xlsx, safely: numbers stay numbers, dates dates, and no text becomes a formula.

Both are written row after row, so that memory does not grow with the table.
"""

from __future__ import annotations

import csv
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import rustpy_xlsxwriter
from rustpy_xlsxwriter import Format

if TYPE_CHECKING:
    # Half a second of every start: whoever makes such a table has it in memory by then.
    import pandas as pd

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
WHITE: Final = "\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space as Python knows it, for a class of a regular expression; the database has ideas of its own."""
FORMULA_STARTS: Final = "=+@＝＋－＠-"
"""Signs with which a formula begins, likewise."""
_FORMULA: Final = re.compile(f"'*(?:[{WHITE}\ufeff]*[{FORMULA_STARTS}]|[\t\r\n])")
_GUARDED: Final = re.compile(f"'+(?:[{WHITE}\ufeff]*[{FORMULA_STARTS}]|[\t\r\n])")
GUARD_FIRST: Final = "".join(("'\ufeff", FORMULA_STARTS, *filter(str.isspace, map(chr, range(0x3001)))))
"""Every sign with which a text can begin that `guarded` guards."""


class CellTooLongError(ValueError):
    """A text is longer than an xlsx cell can hold; the message is one Chinese sentence."""


class Kind(Enum):
    """What stands in a column. Blank cells (``None``) may stand in all of them."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    MOMENT = "moment"
    DATE = "date"
    ANY = "any"
    """Each value by its own type."""


_FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.MONEY: "#,##0.00",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
    Kind.DATE: "yyyy-mm-dd",
}
_KINDS: Final = {str: Kind.TEXT, Decimal: Kind.MONEY, datetime: Kind.MOMENT, date: Kind.DATE}


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


class Sheet(NamedTuple):
    """A sheet to be written: its rows are asked for when it is its turn, sheet after sheet."""

    name: str
    heads: Sequence[Head]
    rows: Iterable[Row]
    size: int | None = None
    """How many rows there are; where it is not known, all of them are taken at once."""


def write_sheets(sheets: Iterable[Sheet], to: BinaryIO) -> None:
    """An xlsx file, row after row. Headers are frozen and have a filter; what one sheet cannot hold goes on in 名2, 名3 …

    Raises `CellTooLongError`; nothing is written then.
    """
    parts = [part for sheet in sheets for part in _parts(sheet)]
    with tempfile.TemporaryDirectory(prefix="perfgoals-xlsx-") as folder:
        path = Path(folder, "book.xlsx")  # by its name, since a file object would be given all bytes at once
        rustpy_xlsxwriter.write_worksheets(
            [(part.name, part.records()) for part in parts],
            path,
            datetime_format=_FORMATS[Kind.MOMENT],
            column_widths={part.name: [head.width for head in part.heads] for part in parts},
            column_formats={part.name: [_format(head.kind) for head in part.heads] for part in parts},
            header_format={part.name: _head_format() for part in parts},
            freeze_panes={part.name: {"row": 1, "col": 0} for part in parts},
            autofilter={part.name: True for part in parts},
        )
        with path.open("rb") as written:
            shutil.copyfileobj(written, to)


class _Part(NamedTuple):
    """As much of a sheet as one sheet of a file can hold."""

    name: str
    heads: Sequence[Head]
    rows: Iterator[Row]

    def records(self) -> Iterator[dict[str, Any]]:
        """Cells by their headers, which are written from the first record; without any row, from a blank one."""
        labels = _labels(self.heads)
        cleaners = [_CLEANERS.get(head.kind) for head in self.heads]
        number = 1
        for number, row in enumerate(self.rows, start=2):
            try:
                cells = [
                    clean(value) if clean is not None and value is not None else value
                    for clean, value in zip(cleaners, row, strict=True)
                ]
            except _TooLong as error:
                raise self._too_long(number, row, error.text) from None
            yield dict(zip(labels, cells, strict=True))
        if number == 1:
            yield dict.fromkeys(labels)

    def _too_long(self, number: int, row: Row, text: str) -> CellTooLongError:
        place = next(place for place, value in enumerate(row) if isinstance(value, str) and as_xlsx(value) == text)
        return CellTooLongError(
            f"第 {number} 行“{self.heads[place].label}”有 {len(text)} 个字，超过 xlsx 单元格的 {MAX_TEXT} 字上限，"
            "请改用 csv 或 json。"
        )


class _TooLong(Exception):  # noqa: N818  # never leaves this module
    """A text that no cell holds."""

    def __init__(self, text: str) -> None:
        self.text = text


def _parts(sheet: Sheet) -> Iterator[_Part]:
    rows, count = sheet.rows, sheet.size
    if count is None:
        rows = list(rows)
        count = len(rows)
    given, most = iter(rows), MAX_ROWS - 1
    for place in range(max(-(-count // most), 1)):
        yield _Part(f"{sheet.name}{place + 1}" if place else sheet.name, sheet.heads, islice(given, most))


def _labels(heads: Sequence[Head]) -> list[str]:
    """What the headers say; a label that stood before gets a number, since cells are told apart by it."""
    seen: Counter[str] = Counter()
    labels = []
    for head in heads:
        label = as_xlsx(head.label)
        seen[label] += 1
        labels.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return labels


def _text(text: str) -> str:
    if not text.isprintable():  # most are, and looking costs less than replacing
        text = as_xlsx(text)
    if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le")) > 2 * MAX_TEXT:
        raise _TooLong(text)
    return text


def _money(yuan: Decimal) -> Decimal | str:
    return str(yuan) if yuan >= ENOUGH_DIGITS else yuan  # a number would lose the fen


def _any(value: Any) -> Any:
    match value:
        case str():
            return _text(value)
        case Decimal():
            return _money(value)
    return value


_CLEANERS: Final[dict[Kind, Callable[[Any], Any]]] = {Kind.TEXT: _text, Kind.MONEY: _money, Kind.ANY: _any}


def _format(kind: Kind) -> Format:
    """Whatever is typed later into a column of texts stays as typed too: 00409 is no number, 1-2 no date."""
    return Format().set_num_format(_FORMATS[kind]) if kind in _FORMATS else Format()


def _head_format() -> Format:
    return Format().set_bold().set_border_bottom("thin").set_text_wrap().set_align("vertical_center")


def write_csv(table: pd.DataFrame, to: BinaryIO) -> None:
    """A table as csv (`csv_chunks`)."""
    for chunk in csv_chunks(_heads(table), _rows(table)):
        to.write(chunk)


def write_xlsx(table: pd.DataFrame, to: BinaryIO, *, sheet: str) -> None:
    """A table as the only sheet of an xlsx file. Raises `CellTooLongError`."""
    write_sheets([Sheet(sheet, _heads(table), _rows(table), len(table))], to)


def _heads(table: pd.DataFrame) -> list[Head]:
    """The columns, each of the kind that all of its values have."""
    return [Head(str(label), _kind(table.iloc[:, place])) for place, label in enumerate(table.columns)]


def _kind(values: pd.Series[Any]) -> Kind:
    kinds = {_kind_of(type(value)) for value in values.astype(object)[values.notna()]}
    return kinds.pop() if len(kinds) == 1 else Kind.ANY


def _kind_of(given: type) -> Kind:
    """Moments of pandas are moments too; a number that is true or false is none of these."""
    return next((kind for base in given.__mro__ if (kind := _KINDS.get(base))), Kind.ANY)


def _rows(table: pd.DataFrame) -> Iterator[Row]:
    """Plain Python values; what pandas calls missing is blank."""
    for row in table.astype(object).itertuples(index=False, name=None):
        # What is missing (NaN, NaT) is not even equal to itself.
        yield [None if value is None or value != value else value for value in row]
