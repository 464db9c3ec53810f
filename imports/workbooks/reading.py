"""Opening a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import repeat
from typing import Any, Final, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from imports.reading import SourceError
from imports.workbooks.package import DAMAGED, Package, SheetPart
from imports.workbooks.scanning import check_size, scan
from imports.workbooks.strings import SharedStrings
from imports.workbooks.texts import Value, percent_text

MAGIC: Final = b"PK\x03\x04"
MOST_SHEETS: Final = 5_000
OWN_SHEET: Final = "表外信息"
"""The hidden sheet of workbooks that this system writes."""


class Merged(NamedTuple):
    """A merged range: rows and columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Sheet:
    """One sheet. Cells without anything in them are ``None``; in a merged range only the first cell has a value."""

    name: str
    hidden: bool
    merged: list[Merged]
    _source: Any
    _percentages: dict[tuple[int, int], int]
    _rows: list[list[Value]] | None = None

    @property
    def is_ours(self) -> bool:
        """Whether the sheet carries what this system's own tables have no cell for."""
        return self.hidden and self.name == OWN_SHEET

    def iter_rows(self) -> Iterator[list[Value]]:
        """The rows from the sheet's first one, all of one width, one after another."""
        if self._rows is not None:
            yield from self._rows
            return
        start = self._source.start
        if start is None:
            return
        left = start[1]  # the parser gives the rows above the first filled one, but not the columns before it
        for number, row in enumerate(self._source.iter_rows()):
            values: list[Value] = [*repeat(None, left), *(None if value == "" else value for value in row)]
            yield self._with_percentages(number, values) if self._percentages else values

    @property
    def row_count(self) -> int:
        """How many rows there are, from the sheet's first one to the last that holds anything."""
        if self._rows is not None:
            return len(self._rows)
        return 0 if self._source.start is None else int(self._source.end[0]) + 1

    @property
    def rows(self) -> list[list[Value]]:
        """All rows at once. From then on the parser's own are let go: both together are most of a large file's memory."""
        if self._rows is None:
            self._rows = list(self.iter_rows())
            self._source = None
        return self._rows

    def _with_percentages(self, number: int, values: list[Value]) -> list[Value]:
        for column, value in enumerate(values):
            places = self._percentages.get((number, column))
            if places is not None and isinstance(value, (int, float)) and not isinstance(value, bool):
                values[column] = percent_text(value, places)
        return values


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook with its sheets in order, hidden ones included."""

    sheets: list[Sheet]

    @property
    def visible(self) -> list[Sheet]:
        """The sheets that a person sees."""
        return [sheet for sheet in self.sheets if not sheet.hidden]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of a name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin as those of an xlsx file do (and of any other zip package)."""
    return data.startswith(MAGIC)


def read_workbook(data: bytes) -> Workbook:
    """Open an xlsx file.

    Percentages are read as they are shown (``95%``), everything else as it is stored: texts, numbers, dates, booleans;
    a formula counts as its last result. Raises `SourceError` for a file that is no xlsx, is damaged or locked, would
    become too large, or has an error value or a formula without a result in a visible sheet.
    """
    if not is_workbook(data):
        raise SourceError(
            "不是 xlsx 工作簿；旧版 xls 或设有密码的文件，请在 Excel 或 WPS 中另存为不加密的 xlsx 再导入。"
        )
    package = Package(data)
    package.check_all()
    parts = package.sheets()
    if len(parts) > MOST_SHEETS:
        raise SourceError(f"工作簿有 {len(parts)} 个工作表，超过 {MOST_SHEETS} 个的上限，请分成几个工作簿再导入。")
    strings = SharedStrings(package)  # before anything opens it: a wrong number of strings ends the whole process
    book = _opened(data)
    hidden = {one.name: one.visible != SheetVisibleEnum.Visible for one in book.sheets_metadata}
    styles = package.percent_styles()
    sheets = []
    for part in parts:
        is_hidden = hidden.get(part.name, False)
        percentages = _percentages(package, part, styles, strings, is_hidden=is_hidden)
        sheets.append(_sheet(book, part.name, is_hidden, percentages))
    return Workbook(sheets)


def _percentages(
    package: Package, part: SheetPart, styles: dict[str, int], strings: SharedStrings, *, is_hidden: bool
) -> dict[tuple[int, int], int]:
    if is_hidden:  # nobody sees what is wrong in it, and readers pass it over
        check_size(package, part, strings)
        return {}
    return scan(package, part, styles, strings)


@contextmanager
def _damage_refused() -> Iterator[None]:
    """The parser panics on some damaged files, which is no `Exception`."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, CalamineError) or type(error).__name__ == "PanicException":
            raise SourceError(DAMAGED) from None
        raise


def _opened(data: bytes) -> CalamineWorkbook:
    with _damage_refused():
        return CalamineWorkbook.from_filelike(BytesIO(data))


def _sheet(book: CalamineWorkbook, name: str, hidden: bool, percentages: dict[tuple[int, int], int]) -> Sheet:
    with _damage_refused():
        source = book.get_sheet_by_name(name)
    merged = [Merged(*first, *last) for first, last in source.merged_cell_ranges or ()]
    return Sheet(name, hidden, merged, source, percentages)
