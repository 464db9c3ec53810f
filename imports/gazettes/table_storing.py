"""Tables of documents and their rows: stored, and renewed where another reading says something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from imports.gazettes.deriving import TableOfRows, table_draft
from imports.gazettes.models import Annex, DocumentTable, OfficialDocument, TableRow
from imports.gazettes.renewing import move_away, take
from imports.layouts.gazette.drafts import ColumnTotal, DocumentDraft, RowDraft, TableDraft
from imports.layouts.gazette.tables.rechecking import rechecked
from perfgoals.bulk import copy_new

READ_OF_ROWS: Final = ("cells", "filled", "group", "mended", "damage")


class _Read(NamedTuple):
    """A table as it is stored, and as it was read."""

    table: DocumentTable
    draft: TableDraft


def store_tables(
    pairs: Sequence[tuple[OfficialDocument, DocumentDraft]], annexes: Sequence[Sequence[Annex]]
) -> list[TableOfRows]:
    """Let documents hold the tables of their drafts and no others; ``annexes`` are those of each document."""
    stored = DocumentTable.objects.filter(document__in=[document for document, _ in pairs])
    known = {(one.document_id, one.first_line): one for one in stored}
    new: list[DocumentTable] = []
    changed: list[DocumentTable] = []
    read: list[_Read] = []
    for (document, drafts), own in zip(pairs, annexes, strict=True):
        for position, draft in enumerate(drafts.tables):
            table = known.pop((document.pk, draft.first_line), None)
            values = {**_table_values(draft, own), "position": position}
            if table is None:
                table = DocumentTable(document=document, **values)
                new.append(table)
            elif take(table, values):
                changed.append(table)
            table.document = document
            read.append(_Read(table, draft))
    stored.filter(pk__in=[one.pk for one in known.values()]).delete()
    move_away(stored.filter(pk__in=[one.pk for one in changed]))
    for table in changed:
        table.save()
    copy_new(new)
    return _store_rows(read)


def recheck(tables: Iterable[TableOfRows]) -> None:
    """The totals of tables that people mended are those of their rows as they are now, not as they were read."""
    for table, rows in tables:
        if any(row.mended_by_id for row in rows):
            table.totals = totals_as_json(rechecked(table_draft(table, rows)))
            table.save(update_fields=["totals"])


def totals_as_json(totals: Iterable[ColumnTotal]) -> list[dict[str, Any]]:
    """Declared totals as they are kept: numbers as text."""
    return [
        {
            **total._asdict(),
            "declared": str(total.declared),
            "computed": None if total.computed is None else str(total.computed),
        }
        for total in totals
    ]


def _table_values(draft: TableDraft, annexes: Sequence[Annex]) -> dict[str, Any]:
    return {
        "annex_id": None if draft.annex is None else annexes[draft.annex].pk, "caption": draft.caption,
        "caption_line": draft.caption_line, "kind": draft.kind, "header": list(draft.header),
        "header_lines": draft.header_lines, "unit": draft.unit or "", "first_line": draft.first_line,
        "last_line": draft.last_line, "totals": totals_as_json(draft.totals),
    }  # fmt: skip


def _store_rows(tables: Sequence[_Read]) -> list[TableOfRows]:
    stored = TableRow.objects.filter(table__in=[one.table for one in tables])
    known = {(row.table_id, row.line): row for row in stored}
    new: list[TableRow] = []
    found: list[TableOfRows] = []
    for table, draft in tables:
        rows = []
        for one in draft.rows:
            row = known.pop((table.pk, one.line), None)
            if row is None:
                row = TableRow(table=table, line=one.line, **_row_values(one), **_read_of(one))
                new.append(row)
            else:
                _renew(row, one)
            rows.append(row)
        found.append(TableOfRows(table, sorted(rows, key=lambda row: row.line)))
    stored.filter(pk__in=[row.pk for row in known.values()]).delete()
    copy_new(new)
    return found


def _renew(row: TableRow, draft: RowDraft) -> None:
    """Rows keep history, so that only those are written of which another reading says something else."""
    if take(row, _row_values(draft)):
        if row.mended_by_id is None:
            take(row, _read_of(draft))
        row.save()


def _row_values(draft: RowDraft) -> dict[str, Any]:
    return {"kind": draft.kind, "printed": list(draft.printed), "draft": _read_of(draft)}


def _read_of(draft: RowDraft) -> dict[str, Any]:
    return {
        "cells": list(draft.cells), "filled": list(draft.filled), "group": draft.group or "",
        "mended": draft.mended or "", "damage": draft.damage or "",
    }  # fmt: skip
