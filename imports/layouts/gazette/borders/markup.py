"""Tables of html: ``<table>``, ``<tr>``, ``<td>``, a row beginning on a line of its own.

A cell over several columns or rows (``colspan``, ``rowspan``) is printed in the first of them, the others are blank, as
in other tables. A table of which two rows begin on one line stays as it is: a row is known by its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from imports.layouts.gazette.lines import joined

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col)\b(?P<with>[^<>]{0,1000})>",
    re.IGNORECASE,
)
_ENDS = re.compile("</?table", re.IGNORECASE)
_SPAN = re.compile(r"(col|row)span\s{0,3}=\s{0,3}[\"']?\s{0,3}(\d{1,3})", re.IGNORECASE)
_OTHER = re.compile(r"</?(?:html|body|div|center)\b[^<>]{0,300}>", re.IGNORECASE)
_MOST_LINES: Final = 20_000
_MOST_COLUMNS: Final = 200


@dataclass(slots=True)
class _Row:
    line: int
    cells: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table as far as it is read."""

    rows: list[_Row] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)
    """Line → what stands there outside of all cells."""
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    hanging: dict[int, int] = field(default_factory=dict)
    """Column → how many more rows a cell above reaches down."""
    is_plain: bool = True
    in_row: bool = False

    def open_row(self, line: int) -> None:
        self.close_row()
        self.in_row = True
        if any(row.line == line for row in self.rows[-1:]):
            self.is_plain = False
        self.rows.append(_Row(line))

    def open_cell(self, attributes: str, line: int) -> None:
        self.close_cell()
        if not self.in_row:
            self.open_row(line)
        spans = {name.lower(): max(int(number), 1) for name, number in _SPAN.findall(attributes)}
        self.span = spans.get("col", 1), spans.get("row", 1)
        self.cell = []

    def close_cell(self) -> None:
        if self.cell is None:
            return
        text, self.cell = joined(self.cell).replace("\t", " "), None
        cells = self.rows[-1].cells
        self._pass_hanging(cells)
        for at in range(min(self.span[0], _MOST_COLUMNS - len(cells))):
            if self.span[1] > 1:
                self.hanging[len(cells)] = self.span[1]
            cells.append(text if at == 0 else "")

    def close_row(self) -> None:
        self.close_cell()
        if not self.in_row:
            return
        self.in_row = False
        self._pass_hanging(self.rows[-1].cells)
        self.hanging = {column: left - 1 for column, left in self.hanging.items() if left > 1}

    def _pass_hanging(self, cells: list[str]) -> None:
        while len(cells) in self.hanging and len(cells) < _MOST_COLUMNS:
            cells.append("")


def markup_as_tabs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line of such a table, by its place from 0, as its cells; lines on which a row goes on have blank cells only."""
    marked = ((at, line.lower()) for at, line in enumerate(lines) if "<" in line and _ENDS.search(line))
    begin: int | None = None
    for at, line in marked:
        if begin is None and "<table" in line:
            begin = at
        if begin is not None and "</table" in line:
            if at - begin <= _MOST_LINES:
                yield from _converted(_read(lines, begin, at), begin, at)
            begin = None


def _read(lines: Sequence[str], first: int, last: int) -> _Table:
    table = _Table()
    for at in range(first, last + 1):
        begin = 0
        for tag in _TAG.finditer(lines[at]):
            _take_text(table, at, lines[at][begin : tag.start()])
            _take_tag(table, at, tag)
            begin = tag.end()
        _take_text(table, at, lines[at][begin:])
    table.close_row()
    return table


def _take_text(table: _Table, line: int, text: str) -> None:
    if table.cell is not None:
        table.cell.append(text)
    elif text := _OTHER.sub("", text).strip():
        table.words[line] = table.words.get(line, "") + text


def _take_tag(table: _Table, line: int, tag: re.Match[str]) -> None:
    name, ends = tag["name"].lower(), bool(tag["end"])
    if name == "tr":
        table.close_row()
        if not ends:
            table.open_row(line)
    elif name in ("td", "th"):
        if ends:
            table.close_cell()
        else:
            table.open_cell(tag["with"], line)
    elif name == "table" and not ends and table.rows:
        table.is_plain = False


def _converted(table: _Table, first: int, last: int) -> Iterator[tuple[int, str]]:
    rows = {row.line: row.cells for row in table.rows if row.cells}
    width = max((len(cells) for cells in rows.values()), default=0)
    if not table.is_plain or width < 2 or set(rows) & set(table.words):
        return
    for at in range(first, last + 1):
        cells = rows.get(at)
        yield at, "\t".join(cells) if cells and len(cells) > 1 else table.words.get(at, "\t" * (width - 1))
