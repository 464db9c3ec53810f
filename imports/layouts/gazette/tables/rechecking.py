"""Declared totals of a table that was read before, once somebody mended a row of it."""

from __future__ import annotations

from imports.layouts.gazette.drafts import ColumnTotal, RowDraft, TableDraft
from imports.layouts.gazette.tables.cells import bare
from imports.layouts.gazette.tables.profiles import profiled
from imports.layouts.gazette.tables.rows import Row
from imports.layouts.gazette.tables.totals import declared_totals


def rechecked(table: TableDraft) -> list[ColumnTotal]:
    """Every declared total of the table against the sum of what its rows say now.

    A draft no longer has what was known while it was read; it is learnt again from its sound rows.
    """
    rows = [_row(draft, len(table.header)) for draft in table.rows]
    columns = profiled(table.header, (_as_printed(row) for row in rows if row.is_sound))
    return declared_totals(table.caption, table.caption_line, columns, rows)


def _row(draft: RowDraft, width: int) -> Row:
    text = next((cell for cell in draft.cells if cell), "")
    return Row(
        line=draft.line,
        printed=draft.printed,
        cells=draft.cells,
        kind=draft.kind,
        group=draft.group,
        text=bare(text) if draft.kind == "total" else text,
        damage=draft.damage,
        # A draft's cells are always as wide as the header; a section row is only in its columns if it was printed so.
        is_aligned=draft.damage is None and (draft.kind != "group" or len(draft.printed) == width),
        filled=draft.filled,
    )


def _as_printed(row: Row) -> tuple[str, ...]:
    """The cells without what merged cells filled in, so that a column is known by what it prints."""
    return tuple("" if place in row.filled else cell for place, cell in enumerate(row.cells))
