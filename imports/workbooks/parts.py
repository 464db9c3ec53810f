"""The sheets of a workbook as readings of their own, whose findings are handed back to the reading of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from imports.reading import Reading, SourceError
from imports.workbooks.reading import Sheet, Workbook

_LINE = re.compile(r"第\s*(\d+)\s*(至\s*\d+\s*)?行")


@dataclass(slots=True)
class SheetPart:
    """One visible sheet: its rows are the lines ``first`` to ``stop`` (indexes from 0) of the whole."""

    sheet: Sheet
    first: int
    lines: Sequence[str]
    reading: Reading = field(init=False)
    """A reading of these rows alone: its line 1 is the sheet's first row."""

    def __post_init__(self) -> None:
        self.reading = Reading(self.lines)

    @property
    def stop(self) -> int:
        """Index after the last line."""
        return self.first + len(self.lines)

    def settle(self, whole: Reading) -> None:
        """Hand the account of the lines and what was noticed to the reading of the whole workbook."""
        whole.claims[self.first + 1 : self.stop + 1] = self.reading.claims[1:]
        self.reading.notices = [
            replace(notice, line=notice.line + self.first, message=self._named(notice.message))
            for notice in self.reading.notices
        ]
        if self.reading.declared_line is not None:
            self.reading.declared_line += self.first
        whole.take_over(self.reading)

    @contextmanager
    def errors_named(self) -> Iterator[None]:
        """Errors inside name this sheet with the row."""
        try:
            yield
        except SourceError as error:
            message = self._named(error.message)
            if self.sheet.name not in message:
                row = f"第 {error.line} 行" if error.line else ""
                message = f"工作表“{self.sheet.name}”{row}：{message}"
            raise SourceError(message) from None

    def _named(self, message: str) -> str:
        """The message with rows called by sheet and row."""
        return _LINE.sub(lambda match: f"工作表“{self.sheet.name}”{match[0]}", message)


def sheet_parts(workbook: Workbook, lines: Sequence[str]) -> Iterator[SheetPart]:
    """The visible sheets with their shares of the lines of `imports.workbooks.lines.lines_of`."""
    first = 0
    for sheet in workbook.visible:
        count = sheet.row_count
        yield SheetPart(sheet, first, lines[first : first + count])
        first += count
