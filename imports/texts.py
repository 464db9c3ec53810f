"""The text of a source document, page by page, with what each line became."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from imports.decoding import decode, split_lines
from imports.models import SourceDocument, SourceRecord
from imports.reading import SourceError
from imports.workbooks import is_workbook, read_workbook
from imports.workbooks.lines import lines_of as rows_as_lines

LINES_PER_PAGE: Final = 2000


@dataclass(frozen=True, slots=True)
class Claim:
    """A range of lines that belongs to one record."""

    first: int
    last: int
    record: SourceRecord
    tone: int
    """Alternates from record to record, so that neighbours can be told apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: its 1-based number, the record it belongs to, and whether nothing claimed it."""

    number: int
    text: str
    claim: Claim | None
    starts_claim: bool
    is_unclaimed: bool


@dataclass(frozen=True, slots=True)
class TextPage:
    """Some 2,000 lines of a text."""

    lines: list[Line]
    total: int

    @property
    def first(self) -> int:
        """Number of the page's first line."""
        return self.lines[0].number if self.lines else 0

    @property
    def last(self) -> int:
        """Number of the page's last line."""
        return self.lines[-1].number if self.lines else 0

    def numbers_within(self, ranges: Iterable[tuple[int, int]]) -> set[int]:
        """Numbers of the page's lines that lie in one of the ranges."""
        return {number for first, last in ranges for number in range(max(first, self.first), min(last, self.last) + 1)}

    @property
    def previous(self) -> int | None:
        """A line of the page before, if there is one."""
        return self.first - LINES_PER_PAGE if self.first > 1 else None

    @property
    def next(self) -> int | None:
        """A line of the page after, if there is one."""
        return self.last + 1 if self.last < self.total else None


def lines_of(document: SourceDocument) -> list[str]:
    """All lines of the document. Raises `SourceError` where its content is not kept or not readable."""
    content = getattr(document, "content", None)
    if content is None:
        raise SourceError("这份文件只在交换文件中被引用，系统没有保存它的原文。")
    data = bytes(content.data)
    if is_workbook(data):
        return rows_as_lines(read_workbook(data))[0]
    return split_lines(decode(data).text)


def claims_of(records: Sequence[SourceRecord]) -> list[Claim]:
    """The line ranges of records, by their first line."""
    claims = [
        Claim(first, last, record, number % 2)
        for number, record in enumerate(records)
        for first, last in ranges_of(record)
    ]
    return sorted(claims, key=lambda claim: claim.first)


def ranges_of(record: SourceRecord) -> list[tuple[int, int]]:
    """The line ranges of one record; none where it has no place in a text."""
    if record.lines:
        return [(first, last) for first, last in record.lines]
    if record.first_line is None or record.last_line is None:
        return []
    return [(record.first_line, record.last_line)]


def text_page(lines: Sequence[str], claims: Sequence[Claim], unclaimed: Collection[int], around: int) -> TextPage:
    """The page of the text on which the line ``around`` stands."""
    number = min(max(around, 1), max(len(lines), 1))
    start = (number - 1) // LINES_PER_PAGE * LINES_PER_PAGE
    firsts = [claim.first for claim in claims]
    shown = [
        _line(number, text, _claim_at(number, claims, firsts), number in unclaimed, number == start + 1)
        for number, text in enumerate(lines[start : start + LINES_PER_PAGE], start=start + 1)
    ]
    return TextPage(shown, len(lines))


def _claim_at(number: int, claims: Sequence[Claim], firsts: Sequence[int]) -> Claim | None:
    index = bisect_right(firsts, number) - 1
    return claims[index] if index >= 0 and number <= claims[index].last else None


def _line(number: int, text: str, claim: Claim | None, is_unclaimed: bool, opens_page: bool) -> Line:
    starts = claim is not None and (number == claim.first or opens_page)
    return Line(number, text, claim, starts, is_unclaimed)
