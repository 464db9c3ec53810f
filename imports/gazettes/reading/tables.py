"""The tables of a document as a page shows them: rows with their cells, their damage, and the totals checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from imports.gazettes.models import DocumentTable, RowKind, TableRow
from imports.gazettes.reading.blocks import Target
from imports.gazettes.reading.marking import Piece, marked
from imports.gazettes.reading.rendering import cell_html
from imports.layouts.gazette.tables.cells import number

MOSTLY: Final = 0.8
LONG: Final = 16
VERY_LONG: Final = 60
YEARS: Final = (7, 9)
"""As long as 2024-2026: such a cell stays on one line."""


@dataclass(slots=True)
class Cell:
    """A cell as it is used. ``pieces`` are there only where a target stands in it."""

    text: str
    is_filled: bool
    is_number: bool
    pieces: list[Piece]


@dataclass(slots=True)
class Row:
    """A row of a table."""

    row: TableRow
    cells: list[Cell]
    mend_url: str
    href: str

    @property
    def is_group(self) -> bool:
        """A section row is one cell over all columns."""
        return self.row.kind == RowKind.GROUP

    @property
    def line(self) -> str:
        """Its line, as text: thousands of numbers take long to set as the language wants them, only to stay the same."""
        return str(self.row.line)

    @property
    def classes(self) -> str:
        """How the row looks."""
        noted = " has-note" if self.is_noted else ""
        return f"row-{self.row.kind}{' row-damaged' if self.row.damage else ''}{noted}"

    @property
    def group_text(self) -> str:
        """What a section row says."""
        return "　".join(dict.fromkeys(cell.text for cell in self.cells if cell.text))

    @property
    def cells_html(self) -> SafeString:
        """The cells one after another."""
        cells = (
            cell_html(cell.text, cell.pieces, is_number=cell.is_number, is_filled=cell.is_filled) for cell in self.cells
        )
        return mark_safe("".join(cells))  # noqa: S308  # each is HTML already

    @property
    def is_noted(self) -> bool:
        """Whether something is to be said of it."""
        return bool(self.row.damage or self.row.mended or self.row.mended_by_id)


@dataclass(frozen=True, slots=True)
class Total:
    """A declared total, with the sum of the rows and the difference."""

    line: int
    href: str
    label: str
    column: str
    declared: Decimal
    computed: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """By how much the sum is more than what is declared."""
        return None if self.computed is None else self.computed - self.declared


@dataclass(slots=True)
class ShownTable:
    """A table with everything that is said of it."""

    table: DocumentTable
    rows: list[Row]
    totals: list[Total]
    classes: list[str] = field(default_factory=list)
    href: str = ""

    @property
    def head(self) -> list[tuple[str, str]]:
        """The heads of the columns, each with its classes: figures, or how much text stands below."""
        return list(zip(self.table.header, self.classes, strict=True))

    @property
    def damaged(self) -> int:
        """How many rows are damaged."""
        return sum(bool(row.row.damage) for row in self.rows)

    @property
    def width(self) -> int:
        """Columns with the one of line numbers."""
        return len(self.table.header) + 1

    @property
    def row_count(self) -> int:
        """Rows that are neither sections nor totals."""
        return sum(row.row.kind == RowKind.ROW for row in self.rows)


class Shower:
    """Makes what a page shows of tables: links to mend and to the source only for those who may follow them."""

    def __init__(self, *, may_mend: bool, line_address: str, targets: Mapping[int, Sequence[Target]]) -> None:
        """``line_address`` has ``{}`` for the line, or is empty; ``targets`` stand in cells, by line."""
        self._may_mend = may_mend
        self._address = line_address
        self._targets = targets

    def table(self, table: DocumentTable, rows: Sequence[TableRow]) -> ShownTable:
        """One table with its rows."""
        numeric = _numeric(len(table.header), rows)
        shown = [self._row(row, numeric) for row in rows]
        classes = [
            "number" if figures else size for figures, size in zip(numeric, _sizes(rows, len(numeric)), strict=True)
        ]
        return ShownTable(table, shown, self.totals(table), classes, self.href(table.first_line))

    def href(self, line: int) -> str:
        """The line in the source document; empty for those who may not open it."""
        return self._address.replace("{}", str(line))

    def totals(self, table: DocumentTable) -> list[Total]:
        """The declared totals of a table."""
        return [total_of(table, entry, self.href(entry["line"])) for entry in table.totals]

    def _row(self, row: TableRow, numeric: Sequence[bool]) -> Row:
        targets = self._targets.get(row.line, ())
        filled = set(row.filled)
        cells = [
            Cell(text, place in filled, is_number, _pieces(text, targets) if targets else [])
            for place, (text, is_number) in enumerate(zip(row.cells, numeric, strict=False))
        ]
        mends = self._may_mend and row.kind != RowKind.GROUP
        return Row(row, cells, reverse("table-row-mend", args=[row.pk]) if mends else "", self.href(row.line))


def total_of(table: DocumentTable, entry: Mapping[str, Any], href: str = "") -> Total:
    """A declared total as it is kept with its table."""
    column = entry["column"]
    known = column is not None and column < len(table.header)
    computed = entry["computed"]
    return Total(
        entry["line"],
        href,
        entry["label"],
        (table.header[column] or f"第 {column + 1} 栏") if known else "",
        Decimal(entry["declared"]),
        None if computed is None else Decimal(computed),
    )


def _pieces(text: str, targets: Sequence[Target]) -> list[Piece]:
    pieces, missing = marked(text, [(target.clause, 0, target.mark) for target in targets])
    return pieces if len(missing) < len(targets) else []


def _numeric(width: int, rows: Sequence[TableRow]) -> list[bool]:
    """Which columns hold figures: most of their filled cells."""
    filled, figures = [0] * width, [0] * width
    for row in rows:
        if row.kind == RowKind.GROUP or row.damage:
            continue
        for place, cell in enumerate(row.cells[:width]):
            if cell.strip("-—－–"):
                filled[place] += 1
                figures[place] += number(cell.lstrip("≥≤><＞＜=≈ ")) is not None
    return [bool(some) and of >= MOSTLY * some for some, of in zip(filled, figures, strict=True)]


def _sizes(rows: Sequence[TableRow], width: int) -> list[str]:
    """How much room each column needs, by its longest text in a sound row."""
    longest = [0] * width
    for row in rows:
        if row.kind == RowKind.ROW and not row.damage:
            for place, cell in enumerate(row.cells[:width]):
                longest[place] = max(longest[place], len(cell))
    return [_size(most) for most in longest]


def _size(most: int) -> str:
    if most > VERY_LONG:
        return "very-long"
    return "long" if most > LONG else "years" if YEARS[0] <= most <= YEARS[1] else ""
