"""A report as pages show it: long lists in pages of their own, and lines of the text in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from imports.reading import SheetLines, place
from imports.wording import in_site_words

SIZES: Final = {
    "changes": 50, "conflicts": 20, "duplicates": 20, "unclaimed": 200, "notices": 100, "created": 100,
    "unchanged": 100, "excerpts": 20, "failed": 100,
}  # fmt: skip
"""How many entries of each list stand on a page; a conflict and an excerpt are many rows."""


@dataclass(frozen=True, slots=True)
class Section:
    """One page of one list of a report."""

    name: str
    entries: Sequence[Any]
    total: int
    number: int
    last_number: int
    query: QueryDict

    @property
    def first(self) -> int:
        """Place of the page's first entry in the list, from 0."""
        return (self.number - 1) * SIZES[self.name]

    @property
    def is_whole(self) -> bool:
        """Whether this is the whole list."""
        return self.last_number == 1

    @property
    def previous(self) -> str:
        """Address of the page before; empty on the first."""
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """Address of the page after; empty on the last."""
        return self._address(self.number + 1) if self.number < self.last_number else ""

    def _address(self, number: int) -> str:
        query = self.query.copy()
        query[self.name] = str(number)
        return f"?{query.urlencode()}#{self.name}"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of an excerpt. ``label`` is its number, in a workbook the row's in its sheet."""

    number: int
    label: int
    text: str
    is_unclaimed: bool
    notices: list[str]


@dataclass(frozen=True, slots=True)
class ShownExcerpt:
    """Neighbouring lines; ``sheet`` is empty for a text."""

    sheet: str
    lines: list[ShownLine]


def sections_of(report: Mapping[str, Any], query: QueryDict) -> dict[str, Section]:
    """The lists of a report, each on the page that the address asks for by the list's name."""
    lists = {name: report.get(name, ()) for name in SIZES if name != "failed"}
    lists["failed"] = report["funding_checks"]["failed"]
    found = {name: _section(name, entries, query) for name, entries in lists.items()}
    return {**found, "excerpts": _with_lines(found["excerpts"], report)}


def place_in(report: Mapping[str, Any], line: int) -> str:
    """What a line of the report's file is called to people."""
    return place(line, sheets_of(report))


def sheets_of(report: Mapping[str, Any]) -> list[SheetLines]:
    """Where the sheets of the report's file begin; none for a text."""
    return [SheetLines(name, first) for name, first in report.get("sheets", ())]


def _section(name: str, entries: Sequence[Any], query: QueryDict) -> Section:
    last = max(1, -(-len(entries) // SIZES[name]))
    asked = query.get(name, "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 1
    number = min(max(number, 1), last)
    shown = entries[(number - 1) * SIZES[name] : number * SIZES[name]]
    return Section(name, shown, len(entries), number, last, query)


def _with_lines(section: Section, report: Mapping[str, Any]) -> Section:
    unclaimed = {entry["line"] for entry in report["unclaimed"]}
    notices: dict[int, list[str]] = {}
    for notice in report["notices"]:
        notices.setdefault(notice["line"], []).append(in_site_words(notice["message"]))
    sheets = sheets_of(report)
    shown = [_excerpt(entry, unclaimed, notices, sheets) for entry in section.entries]
    return Section(section.name, shown, section.total, section.number, section.last_number, section.query)


def _excerpt(
    entry: Mapping[str, Any], unclaimed: set[int], notices: Mapping[int, list[str]], sheets: Sequence[SheetLines]
) -> ShownExcerpt:
    first = entry["first"]
    at = next((sheet for sheet in reversed(sheets) if sheet.first_line <= first), None)
    offset = at.first_line - 1 if at else 0
    lines = [
        ShownLine(number, number - offset, text, number in unclaimed, notices.get(number, []))
        for number, text in enumerate(entry["texts"], start=first)
    ]
    return ShownExcerpt(at.name if at else "", lines)
