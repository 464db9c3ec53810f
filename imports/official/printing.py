"""Official tables as pages: the form of `imports.official.form` in the rows and cells of an HTML table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, NamedTuple

from imports.drafts import ProjectDraft
from imports.official.form import LONG, FormCell, lay_out
from imports.stored import stored_drafts
from perfgoals.jobs.running import RefusedError

MOST_FORMS: Final = 200
"""Forms on one page: a browser that prints has to lay all of them out."""
MOST_ROWS: Final = 2_000


class PrintCell(NamedTuple):
    """A cell of a printed table."""

    text: str
    columns: int
    rows: int
    kind: str


PrintRow = list[PrintCell]


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form as it is printed. The indicator table stands apart, since its head is repeated on every page."""

    title: str
    year: str
    upper: list[PrintRow]
    head: PrintRow
    indicators: list[PrintRow]
    sign_off: list[PrintRow]
    source: str | None
    """Name of the document that states the project."""


def printed_forms(ids: Sequence[int]) -> Iterator[PrintedForm]:
    """The forms of these projects, in this order."""
    for project, draft in stored_drafts(ids):
        yield printed(draft, [indicator.position for indicator in project.indicators.all()])


def printed(draft: ProjectDraft, rows: Sequence[int]) -> PrintedForm:
    """The form of a draft; ``rows`` are the form's rows of its indicators."""
    cells = lay_out(draft, rows).cells
    title, year, *others = cells
    head = next(cell.row for cell in others if cell.value == "一级指标" and cell.kind == "label")
    last = max(cell.row for cell in others)
    upper = [cell for cell in others if cell.row < head]
    table = [cell for cell in others if head < cell.row < last]
    heads = [cell for cell in others if cell.row == head]
    beside = heads[0]._replace(row=min(cell.row for cell in table))
    return PrintedForm(
        title=_text(title),
        year=_text(year),
        upper=_rows(upper),
        head=[PrintCell("", 1, 1, "label"), *(PrintCell(_text(cell), 1, 1, "label") for cell in heads[1:])],
        indicators=_rows([beside, *table]),
        sign_off=_rows([cell for cell in others if cell.row == last]),
        source=draft.source_document,
    )


def refuse_unprintable(count: int, *, most: int, what: str) -> None:
    """Raise `RefusedError` for nothing to print, and for more than a page can bear."""
    if not count:
        raise RefusedError(f"没有可以打印的{what}，请放宽筛选条件。")
    if count > most:
        raise RefusedError(f"一次最多打印 {most:,} 个项目，现有 {count:,} 个；请再加筛选条件，或在列表中导出为 xlsx。")


def _rows(cells: Sequence[FormCell]) -> list[PrintRow]:
    """The cells by rows. Rows that a long text takes in a workbook, and nothing else begins in, are one row here."""
    starts = sorted({cell.row for cell in cells})
    rows: dict[int, PrintRow] = {start: [] for start in starts}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        spanned = sum(cell.row <= start <= cell.last_row for start in starts)
        kind = "long" if cell.key is not None and cell.key[0] in LONG else cell.kind
        rows[cell.row].append(PrintCell(_text(cell), cell.last_column - cell.column + 1, spanned, kind))
    return list(rows.values())


def _text(cell: FormCell) -> str:
    match cell.value:
        case Decimal():
            return amount_text(cell.value)
        case datetime():
            return f"{cell.value:%Y-%m-%d}"
        case None:
            return ""
        case text:
            return text


def amount_text(value: Decimal) -> str:
    """An amount as the tables print it: no places for a whole one, two at least for any other."""
    exact = f"{value.normalize():,f}"
    whole, _, fraction = exact.partition(".")
    return f"{whole}.{fraction.ljust(2, '0')}" if fraction else whole
