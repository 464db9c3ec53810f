"""The text of a source document, page by page, with what each line became."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db import connection

from imports.decoding import decode, split_lines
from imports.line_marks import EVERY, lines_within
from imports.models import SourceContent, SourceDocument, SourceRecord
from imports.reading import SourceError
from imports.workbooks import is_workbook, read_workbook
from imports.workbooks.lines import lines_of as rows_as_lines
from perfgoals.addresses import numbered

LINES_PER_PAGE: Final = 2000

_PART: Final = """
SELECT marks IS NOT NULL, line_count,
       substring(data FROM marks[%(first)s]::int + 1 FOR (coalesce(marks[%(end)s], octet_length(data)) - marks[%(first)s])::int)
FROM imports_sourcecontent WHERE document_id = %(document)s
"""


def line_url(document_id: int, line: int | None = None, record_id: int | None = None) -> str:
    """Address of a line in a document's text, with all lines of a record marked if one is given."""
    page = numbered("document-detail", document_id)
    if line and record_id:
        return f"{page}?line={line}&record={record_id}#L{line}"
    if not line:
        return page
    return f"{page}#L{line}" if line <= LINES_PER_PAGE else f"{page}?line={line}#L{line}"


class SourceLines(NamedTuple):
    """Some lines of a text, and how many there are in all. Lines that were not asked for may be blank or missing."""

    lines: Sequence[str]
    total: int


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


def lines_of(document: SourceDocument, first: int, last: int) -> SourceLines:
    """The document's lines ``first`` to ``last`` at their places, without the memory and the time of the whole text.

    Raises `SourceError` where its content is not kept or not readable.
    """
    first = max(first, 1)
    place = {"document": document.pk, "first": (first - 1) // EVERY + 1, "end": max(last - 1, 0) // EVERY + 2}
    with connection.cursor() as cursor:
        cursor.execute(_PART, place)
        row = cursor.fetchone()
    if row is None:
        raise SourceError("这份文件只在交换文件中被引用，系统没有保存它的原文。")
    marked, total, part = row
    if not marked:
        lines = _all_lines(document)
        return SourceLines(lines, len(lines))
    above = [""] * ((place["first"] - 1) * EVERY)
    return SourceLines(above + lines_within(bytes(part or b""), document.encoding), total)


def lines_around(document: SourceDocument, line: int) -> SourceLines:
    """The lines of the page on which a line stands; of the last page where the text has no such line. Raises as `lines_of`."""
    text = lines_of(document, *page_around(line))
    return text if line <= text.total else lines_of(document, *page_around(text.total))


def _all_lines(document: SourceDocument) -> list[str]:
    """The rows of a workbook as lines; a text of which no marks are kept."""
    data = bytes(SourceContent.objects.get(document=document).data)
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


def page_around(line: int) -> tuple[int, int]:
    """The first and the last line of the page on which a line stands."""
    start = (max(line, 1) - 1) // LINES_PER_PAGE * LINES_PER_PAGE
    return start + 1, start + LINES_PER_PAGE


def text_page(text: SourceLines, claims: Sequence[Claim], unclaimed: Collection[int], around: int) -> TextPage:
    """The page of the text on which the line ``around`` stands."""
    first, last = page_around(min(around, max(text.total, 1)))
    firsts = [claim.first for claim in claims]
    shown = [
        _line(number, line, _claim_at(number, claims, firsts), number in unclaimed, number == first)
        for number, line in enumerate(text.lines[first - 1 : last], start=first)
    ]
    return TextPage(shown, text.total)


def _claim_at(number: int, claims: Sequence[Claim], firsts: Sequence[int]) -> Claim | None:
    index = bisect_right(firsts, number) - 1
    return claims[index] if index >= 0 and number <= claims[index].last else None


def _line(number: int, text: str, claim: Claim | None, is_unclaimed: bool, opens_page: bool) -> Line:
    starts = claim is not None and (number == claim.first or opens_page)
    return Line(number, text, claim, starts, is_unclaimed)
