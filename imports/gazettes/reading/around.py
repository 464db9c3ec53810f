"""A row where it is printed: the line itself with the ones before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imports.gazettes.models import TableRow
from imports.layouts.gazette.lines import is_blank, is_page_number
from imports.reading import SourceError
from imports.texts import lines_of

FURTHEST = 20


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the source by its cells as printed."""

    number: int
    cells: list[str]
    is_asked: bool


def surroundings(row: TableRow) -> list[PrintedLine]:
    """The line above the row, the row, and the line below; the row alone where the source's text is not kept."""
    try:
        lines = lines_of(row.table.document.source, row.line - FURTHEST, row.line + FURTHEST).lines
    except SourceError:
        return [PrintedLine(row.line, list(row.printed), True)]
    above = _next(lines, range(row.line - 1, max(row.line - FURTHEST, 0), -1))
    below = _next(lines, range(row.line + 1, min(row.line + FURTHEST, len(lines)) + 1))
    return [
        PrintedLine(number, [cell.strip() for cell in lines[number - 1].split("\t")], number == row.line)
        for number in (above, row.line, below)
        if number
    ]


def _next(lines: Sequence[str], numbers: range) -> int:
    return next((at for at in numbers if not is_blank(lines[at - 1]) and not is_page_number(lines[at - 1])), 0)
