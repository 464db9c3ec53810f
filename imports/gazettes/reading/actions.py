"""Mending rows of tables: what a person says stands there, and back to what the reader took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from imports.gazettes.deriving import TableOfRows, derive, table_draft
from imports.gazettes.linking import propose_links
from imports.gazettes.models import DocumentTable, PlanProject, RowKind, TableRow, TableRowEvent
from imports.gazettes.table_storing import READ_OF_ROWS, totals_as_json
from imports.layouts.gazette.tables.rechecking import rechecked
from perfgoals.history import change
from perfgoals.models import User
from projects.actions import ActionError

NOT_SOUND: Final = "修正人认为这一行还不能采用"
MEND: Final = "mend_row"
UNMEND: Final = "unmend_row"


class MendedMeanwhileError(ActionError):
    """Somebody else changed the row after it was opened; ``row`` is how it stands now."""

    def __init__(self, row: TableRow) -> None:
        super().__init__("您打开这一行后，它又被修改过。您填写的内容还没有保存。")
        self.row = row


@dataclass(frozen=True, slots=True)
class Mended:
    """A row that was mended, with its table's declared totals before and after."""

    row: TableRow
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]


def version_of(row: TableRow) -> int:
    """The number of the row's last event: it grows with every change, whoever makes it."""
    found = TableRowEvent.objects.filter(table=row.table_id, pgh_obj=row.pk).aggregate(last=Max("pgh_id"))
    return found["last"] or 0


def mend_row(*, row: TableRow, cells: Sequence[str], sound: bool, seen: int, by: User) -> Mended:
    """Let a row say what a person read: its plan project or indicator and the totals of its table follow.

    ``sound`` clears the damage, so that the row counts as a fact; otherwise it stays, or becomes, damaged. What is
    printed stays as it is. ``seen`` is the version that the person had before them (`version_of`).

    Raises `MendedMeanwhileError` where the row is another by now, `ActionError` for cells that do not fit the table.
    Nothing is changed then.
    """
    with _changing(row, seen, by, MEND) as (kept, table):
        if len(cells) != len(table.header):
            raise ActionError(f"表头有 {len(table.header)} 栏，填写了 {len(cells)} 格。请刷新页面后重填。")
        if kept.kind == RowKind.GROUP:
            raise ActionError("分组行不能修正。")
        kept.filled = [place for place in kept.filled if kept.cells[place : place + 1] == [cells[place]]]
        kept.mended = kept.mended if kept.cells == list(cells) else ""
        kept.cells = list(cells)
        kept.damage = "" if sound else kept.damage or NOT_SOUND
        kept.mended_by, kept.mended_at = by, timezone.now()
        return _settled(kept, table)


def unmend_row(*, row: TableRow, seen: int, by: User) -> Mended:
    """Let a row say again what the reader took. Raises as `mend_row` does."""
    with _changing(row, seen, by, UNMEND) as (kept, table):
        for name in READ_OF_ROWS:
            setattr(kept, name, kept.draft[name])
        kept.mended_by = kept.mended_at = None
        return _settled(kept, table)


@contextmanager
def _changing(row: TableRow, seen: int, by: User, action: str) -> Iterator[tuple[TableRow, DocumentTable]]:
    """The row and its table, locked and as the person saw them, within one group of the history.

    The table is locked first, as an import does: its totals are the sum of all rows, so two people at two rows of one
    table would otherwise each miss what the other did.
    """
    with change(by=by, action=action), transaction.atomic():
        tables = DocumentTable.objects.select_for_update(of=("self",)).select_related("document")
        table = tables.filter(pk=row.table_id).first()
        kept = TableRow.objects.select_for_update().filter(pk=row.pk).first()
        if table is None or kept is None:
            raise ActionError("这份文本刚被重新读取，其中没有这一行了。请回到文件，看现在的表格。")
        if version_of(kept) != seen:
            raise MendedMeanwhileError(kept)
        yield kept, table


def _settled(row: TableRow, table: DocumentTable) -> Mended:
    row.save()
    before = table.totals
    rows = list(table.rows.all())
    derive([TableOfRows(table, rows)])
    table.totals = totals_as_json(rechecked(table_draft(table, rows)))
    table.save(update_fields=["totals"])
    propose_links(plan_projects=PlanProject.objects.filter(row=row))
    return Mended(row, before, table.totals)
