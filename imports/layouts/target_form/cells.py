"""Lines of a form as cells: splitting, quoted cells over several lines, page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.layouts.target_form.labels import compact

Cell = tuple[int, str]
"""Column (from 0) and text without the white space around it."""

_PAGE_NUMBER = re.compile(
    r"-+\d{1,4}-+|[—–－─]+\d{1,4}[—–－─]+|第\d{1,4}页(?:[,/、]?共\d{1,4}页)?|\d{1,4}/\d{1,4}|Page\d{1,4}(?:of\d{1,4})?",
    re.IGNORECASE,
)
_QUOTED_LINES = 200
_LINE_BREAK = "\n"
_QUOTE_ENDS = re.compile(r'"(?=\s*(?:\t|$))')


def filled_cells(line: str) -> list[Cell]:
    """The cells of a line that hold text, each with its column."""
    return [(column, text) for column, raw in enumerate(line.split("\t")) if (text := raw.strip())]


def is_closed(line: str) -> bool:
    """Whether the row ends with an empty cell, so that nothing on the next line can belong to its last text."""
    return line.rstrip(" \u3000\xa0\r\n").endswith("\t")


def is_page_number(line: str) -> bool:
    """``- 3 -``, ``第3页 共20页``, ``3/20``: a page number that cannot be taken for text."""
    return len(line) < 40 and _PAGE_NUMBER.fullmatch(compact(line)) is not None


def is_bare_number(line: str) -> bool:
    """One to four digits alone on a line: a page number where no text is being continued."""
    text = line.strip()
    return len(text) <= 4 and text.isdecimal()


def looks_like_text(text: str) -> bool:
    """Whether a cell reads like a piece of running text rather than like a label."""
    return len(text) > 12 or any(mark in text for mark in "，。；、！？,;“”《》")


def joined_quoted(lines: Sequence[str], index: int, stop: int) -> tuple[str, int]:
    """The row that begins on ``lines[index]`` and the index after it, quoted cells with line breaks in them joined.

    Spreadsheet programs write a cell with a line break as ``"…\\n…"``, quotes inside doubled. A quote that opens a
    cell and never ends one is text, and the row is its own line.
    """
    row, end = lines[index], index + 1
    while (opened := _open_quote(row)) is not None:
        closing = _closing_line(lines, end, min(stop, end + _QUOTED_LINES), row[opened:].count('"'))
        if closing is None:
            break
        pieces = [line.strip() for line in lines[end:closing] if not is_page_number(line)]
        row = _LINE_BREAK.join([row.rstrip(), *pieces, lines[closing].lstrip()])
        end = closing + 1
    return "\t".join(map(_unquoted, row.split("\t"))), end


def _open_quote(row: str) -> int | None:
    """Where the last cell of a row opens a quote that it does not close."""
    start = row.rfind("\t") + 1
    cell = row[start:].strip()
    if not cell.startswith('"') or cell.count('"') % 2 == 0:
        return None
    return start


def _closing_line(lines: Sequence[str], first: int, stop: int, quotes: int) -> int | None:
    for index in range(first, stop):
        line = lines[index]
        for end in _QUOTE_ENDS.finditer(line):
            if (quotes + line.count('"', 0, end.end())) % 2 == 0:
                return index
        quotes += line.count('"')
        if "\t" in line.strip():  # a row of its own: the quote was text
            return None
    return None


def _unquoted(cell: str) -> str:
    text = cell.strip()
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return cell.replace(_LINE_BREAK, "")
    inner = text[1:-1]
    doubled = inner.count('""')
    # A plain "…" is the form's own punctuation; only what a converter had to quote is unquoted.
    if inner.count('"') != 2 * doubled or not (doubled or _LINE_BREAK in inner):
        return cell.replace(_LINE_BREAK, "")
    return inner.replace('""', '"').replace(_LINE_BREAK, "")
