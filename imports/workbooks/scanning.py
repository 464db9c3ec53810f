"""The cells of a sheet, looked at as they are stored, before anything reads their values.

A reader of values gives nothing for a formula that was never calculated and nothing for an error, holds the whole
rectangle of the cells in memory however few there are, and knows no number formats. What could be lost that way is
found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from imports.reading import SourceError
from imports.workbooks.package import Attributes, Package, SheetPart, local
from imports.workbooks.strings import SharedStrings, cut_at

MOST_CELLS: Final = 12_000_000
"""Cells of the rectangle that a sheet may fill."""
_SPARSE: Final = 1_000_000
"""Cells of a rectangle above which some of it must be filled: one stray cell far away costs as much as a full sheet."""
_LEAST_SHARE: Final = 50
"""One filled cell in so many."""

_FILLED = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,9})"[^>/]*>')
_SUSPICIOUS = re.compile(rb'<(?:\w+:)?f[\s/>]|\st=["\']e["\']')
_LONGEST_CELL: Final = 65_536
"""Bytes of one that refers to a shared string, its formula included."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,9})")


@dataclass(slots=True)
class _Area:
    """The rectangle of the filled cells of a sheet."""

    columns: set[bytes] = field(default_factory=set)
    filled: int = 0
    first: int = 0
    last: int = 0

    def take(self, found: list[tuple[bytes, bytes]]) -> None:
        if not found:
            return
        self.filled += len(found)
        rows = [int(row) for _, row in found]
        self.columns |= {column for column, _ in found}
        self.first = min(self.first or rows[0], *rows)
        self.last = max(self.last, max(rows))

    def cells(self) -> int:
        if not self.columns:
            return 0
        columns = [column_number(column.decode()) for column in self.columns]
        return (self.last - self.first + 1) * (max(columns) - min(columns) + 1)

    def is_too_large(self) -> bool:
        """Whether a reader of values, which holds the whole rectangle, would need more than the cells are worth."""
        cells = self.cells()
        return cells > MOST_CELLS or (cells > _SPARSE and cells > _LEAST_SHARE * self.filled)


def scan(
    package: Package, sheet: SheetPart, percent_styles: dict[str, int], strings: SharedStrings
) -> dict[tuple[int, int], int]:
    """The cells (row and column from 0) that show percentages, with their places after the point.

    Raises `SourceError` for a sheet too large to hold, a formula without a result and an error value.
    """
    if not check_size(package, sheet, strings) and not percent_styles:
        return {}
    cells = _Cells(sheet.name, percent_styles)
    package.parse(sheet.part, cells.start, EndElementHandler=cells.end, CharacterDataHandler=cells.text)
    return cells.percentages


def column_number(letters: str) -> int:
    """``A`` → 1, ``AA`` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def check_size(package: Package, sheet: SheetPart, strings: SharedStrings) -> bool:
    """Whether a sheet may hold formulas or errors. Raises `SourceError` for one that is too large."""
    area, suspicious, rest = _Area(), False, b""
    for chunk in package.chunks(sheet.part):
        rest += chunk
        cut = cut_at(rest, b"<")
        whole = rest.rfind(b"c>", 0, cut) + 2  # after the last </c>
        cut = whole if cut - whole < _LONGEST_CELL else cut
        strings.weigh(rest[:cut])
        area.take(_FILLED.findall(rest, 0, cut))
        suspicious = suspicious or _SUSPICIOUS.search(rest, 0, cut) is not None
        rest = rest[cut:]
    strings.weigh(rest)
    if area.is_too_large():
        most = f"超过 {MOST_CELLS:,} 格的上限" if area.cells() > MOST_CELLS else f"其中只有 {area.filled:,} 格有内容"
        raise SourceError(
            f"工作表“{sheet.name}”从第 {area.first} 行占到第 {area.last} 行（{area.cells():,} 格），{most}；"
            "请删去末尾多余的行列，或分成几个工作表再导入。"
        )
    return suspicious


class _Cells:
    """Handlers of the parser: one cell at a time."""

    def __init__(self, sheet: str, percent_styles: dict[str, int]) -> None:
        self.percentages: dict[tuple[int, int], int] = {}
        self._sheet = sheet
        self._styles = percent_styles
        self._row = self._column = 0
        self._cell: Attributes = {}
        self._has_formula = self._has_value = self._in_value = False
        self._value = ""

    def start(self, name: str, attributes: Attributes) -> None:
        match local(name):
            case "row":
                given = attributes.get("r", "")
                self._row, self._column = int(given) if given.isdecimal() else self._row + 1, 0
            case "c":
                self._begin(attributes)
            case "f":
                self._has_formula = True
            case "v" | "t":
                self._in_value = True

    def end(self, name: str) -> None:
        match local(name):
            case "c":
                self._finish()
            case "v" | "t":
                self._in_value = False

    def text(self, text: str) -> None:
        if self._in_value:
            self._has_value, self._value = True, self._value + text

    def _begin(self, attributes: Attributes) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._row = int(place[2]) if place else self._row
        self._column = column_number(place[1]) if place else self._column + 1
        self._cell, self._value = attributes, ""
        self._has_formula = self._has_value = self._in_value = False

    def _finish(self) -> None:
        kind = self._cell.get("t", "n")
        if kind == "e":
            raise SourceError(f"{self._where()}是错误值 {self._value}，请在表中改正后再导入。")
        if self._has_formula and not self._has_value and kind != "str":
            raise SourceError(f"{self._where()}的公式还没有算出结果，请在 Excel 或 WPS 中打开、保存后再导入。")
        if kind == "n" and self._has_value and (places := self._styles.get(self._cell.get("s", ""))) is not None:
            self.percentages[self._row - 1, self._column - 1] = places

    def _where(self) -> str:
        return f"工作表“{self._sheet}”的 {self._cell.get('r') or f'第 {self._row} 行第 {self._column} 格'} "
