"""What every reader shares: the lines of a text, which of them are accounted for, and what was noticed.

A reader is a module of `imports.layouts` with

- ``NAME``: its name on the command line; ``TITLE``: the Chinese name of the layout;
- ``LOOKED_FOR``: in Chinese, the marks by which it recognises a text;
- ``recognise(lines) -> bool``: whether the text shows those marks;
- ``read(reading, defaults) -> Iterator[ProjectDraft]``: the drafts, one after another, claiming lines as it goes.

Readers know no database. They raise `SourceError` for a text that cannot be taken in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from imports.drafts import Amount

RECORD: Final = 1
"""The line belongs to a record."""
HEADER: Final = 2
"""The line is a recognised title, header, unit line, total or footnote."""

NoticeKind = Literal[
    "lost_value",
    "cut_name",
    "unknown_label",
    "displaced",
    "sources_differ",
    "incomplete",
    "footnote",
    "superseded",
    "archived",
]


class SourceError(Exception):
    """A text cannot be taken in. ``message`` is one Chinese sentence: what is wrong and what to do."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader of the report should know about a line, in Chinese."""

    line: int
    kind: NoticeKind
    message: str


class SheetLines(NamedTuple):
    """A sheet of a workbook among the lines of a reading: its name, and the line on which its first row stands."""

    name: str
    first_line: int


def place(line: int, sheets: Sequence[SheetLines]) -> str:
    """What a line is called to people: 第 12 行, or in a workbook 工作表“教育局”第 3 行."""
    found = place_on_sheet(line, sheets)
    return f"工作表“{found.sheet}”第 {found.row} 行" if found else f"第 {line} 行"


class SheetRow(NamedTuple):
    """A row of a sheet, counted from 1."""

    sheet: str
    row: int


def place_on_sheet(line: int, sheets: Sequence[SheetLines]) -> SheetRow | None:
    """Where a line stands in a workbook; ``None`` in a text."""
    at = bisect_right(sheets, line, key=lambda sheet: sheet.first_line) - 1
    return SheetRow(sheets[at].name, line - sheets[at].first_line + 1) if at >= 0 else None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the person said about a text, used where the text itself does not say it."""

    region_code: str | None = None
    region_name: str | None = None
    year: int | None = None
    unit: str | None = None


@dataclass(slots=True)
class Reading:
    """One pass over one text: ``lines`` (without line ends) and the account of every one of them.

    Line numbers are 1-based everywhere. ``declared_total`` and ``declared_line`` are set by readers of layouts
    that print a 合计.
    """

    lines: Sequence[str]
    sheets: Sequence[SheetLines] = ()
    """Where the sheets begin, when the lines are the rows of a workbook."""
    claims: bytearray = field(init=False)
    notices: list[Notice] = field(default_factory=list)
    declared_total: Amount | None = None
    declared_line: int | None = None
    begin: int = 0
    """The place (from 0) above which there is nothing but blank lines, where only a part of a text is read."""
    current_line: int | None = None
    """Where the draft being given stands in this file; only readers of files that cite other texts set it."""

    def __post_init__(self) -> None:
        self.claims = bytearray(len(self.lines) + 1)

    def claim(self, line: int, kind: int = RECORD) -> None:
        """Account for one line."""
        self.claims[line] = kind

    def claim_range(self, first: int, last: int, kind: int = RECORD) -> None:
        """Account for the lines ``first..last``."""
        for line in range(first, last + 1):
            self.claims[line] = kind

    def notice(self, line: int, kind: NoticeKind, message: str) -> None:
        """Note something about a line for the report."""
        self.notices.append(Notice(line, kind, message))

    def take_over(self, part: Reading) -> None:
        """Add what was noticed in a part of this text, and the total that it declares; several totals are added up."""
        self.notices += part.notices
        if (declared := part.declared_total) is None:
            return
        if self.declared_total is None:
            self.declared_total, self.declared_line = declared, part.declared_line
        else:
            together = (self.declared_total.yuan or Decimal(0)) + (declared.yuan or Decimal(0))
            self.declared_total = Amount(together, None)

    def unclaimed(self) -> Iterator[tuple[int, str]]:
        """Every non-blank line that nothing claimed, with its number."""
        claims = self.claims
        for number, line in enumerate(self.lines, start=1):
            if not claims[number] and line and not line.isspace():
                yield number, line
