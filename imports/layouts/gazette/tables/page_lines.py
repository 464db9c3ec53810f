"""The lines between which tables are looked for: which hold rows, and which merely break a table between two pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from imports.layouts.gazette.drafts import AnnexDraft
from imports.layouts.gazette.lines import is_blank, is_page_number, is_table_row, plain
from imports.layouts.gazette.tables.captions import is_continued, is_furniture, running_heads, unit_line
from imports.layouts.gazette.tables.cells import clean, split

ROWS_LOOKED_AT: Final = 6
_MANY_SHORT: Final = 4
_NEAR_ROWS: Final = 8
_OFTEN_SHORT: Final = 0.1
_LONGEST_BREAK: Final = 120


@dataclass(slots=True)
class PageLines:
    """The lines ``first`` to ``last`` (1-based) of a text."""

    lines: Sequence[str]
    first: int
    last: int
    annexes: Sequence[AnnexDraft]
    _heads: frozenset[str] | None = None
    _strips: bool | None = None

    def text(self, line: int) -> str:
        """A line as printed."""
        return self.lines[line - 1]

    def is_row(self, line: int) -> bool:
        """Whether a line has cells."""
        return is_table_row(self.lines[line - 1])

    def end_of_rows(self, at: int) -> int:
        """The line behind the rows that stand one below the other from line ``at`` on."""
        while at <= self.last and self.is_row(at):
            at += 1
        return at

    def rows(self, numbers: Iterable[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows on some lines, cleaned; those of blank cells only are passed over."""
        for number in numbers:
            cells = cleaned(self.lines[number - 1])
            if any(cells):
                yield number, cells

    def below(self, at: int) -> list[tuple[str, ...]]:
        """The next rows directly below a line."""
        end = min(self.end_of_rows(at), at + ROWS_LOOKED_AT)
        return [cells for _, cells in self.rows(range(at + 1, end))]

    def beyond(self, at: int, most: int) -> list[tuple[str, ...]]:
        """Up to so many rows from line ``at`` on, page breaks between them passed over, words not."""
        return [cells for _, cells in islice(self.rows(self._over_breaks(at)), most)]

    def is_break(self, line: int) -> bool:
        """Whether a line is blank, a page number, 续表, a unit line or a running head: none of them ends a table."""
        text = self.lines[line - 1]
        if is_blank(text):
            return True
        if len(text) > _LONGEST_BREAK:
            return False
        words = plain(text)
        return is_page_number(text) or is_continued(words) or unit_line(words) is not None or is_furniture(words)

    def running_heads(self) -> frozenset[str]:
        """The running heads of the pages (`captions.head_key`)."""
        if self._heads is None:
            self._heads = running_heads(self.lines, self.first, self.last)
        return self._heads

    def strips(self) -> bool:
        """Whether a converter took the tabs away at line ends: no row ends with a blank cell, and many are short."""
        if self._strips is None:
            rows = [line.rstrip(" \r") for line in self.lines[self.first - 1 : self.last] if is_table_row(line)]
            widths = [line.count("\t") for line in rows]
            short = sum(width < max(widths[max(at - _NEAR_ROWS, 0) : at + 1]) for at, width in enumerate(widths))
            many = short >= max(_MANY_SHORT, _OFTEN_SHORT * len(rows))
            self._strips = many and not any(line.endswith("\t") for line in rows)
        return self._strips

    def _over_breaks(self, at: int) -> Iterator[int]:
        while at <= self.last and (self.is_row(at) or self.is_break(at)):
            if self.is_row(at):
                yield at
            at += 1


def cleaned(line: str) -> tuple[str, ...]:
    """The cells of a line, cleaned."""
    return tuple(clean(cell) for cell in split(line))
