"""Issues and documents of a text into the database, and again when the text is read anew.

The bytes of a file never change, so a line's number names the same line for ever: documents, tables, rows and targets
are found again by it. What nobody touched becomes what the reader says now; what a person mended, corrected or
rejected stays, with the reader's view beside it (``draft``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from imports.gazettes.deriving import derive, storable, table_draft
from imports.gazettes.models import (
    Annex,
    DocumentTable,
    GazetteIssue,
    OfficialDocument,
    ProseTarget,
    TableRow,
    TargetState,
)
from imports.layouts.gazette.drafts import (
    AnnexDraft,
    ColumnTotal,
    DocumentDraft,
    IssueDraft,
    RowDraft,
    TableDraft,
    TargetDraft,
)
from imports.layouts.gazette.tables.rechecking import rechecked
from imports.models import SourceDocument
from perfgoals.models import User
from projects.actions import ensure_region
from projects.models import Region
from projects.regions import regions_at_start

AWAY: Final = 1_000_000
"""Added to positions while others are given: more than any document has."""
READ_OF_ROWS: Final = ("cells", "filled", "group", "mended", "damage")
READ_OF_TARGETS: Final = (
    "text", "sentence", "name", "operator", "word", "number", "number_printed", "unit", "year", "year_basis",
)  # fmt: skip


def store_texts(
    source: SourceDocument, issues: Iterable[IssueDraft], documents: Iterable[DocumentDraft], by: User | None
) -> None:
    """Let a source hold these issues and documents, and no others."""
    store = TextStore(source, by)
    for issue in issues:
        store.add_issue(issue)
    for document in documents:
        store.add_document(document)
    store.finish()


class TextStore:
    """Takes the issues and documents of one source document, in order; `finish` takes away what is no longer read."""

    def __init__(self, source: SourceDocument, by: User | None) -> None:
        self._source = source
        self._by = by
        self._issues: list[GazetteIssue] = []
        self._documents: list[OfficialDocument] = []
        self._known = {one.first_line: one for one in source.official_documents.all()}
        _move_away(source.official_documents.all())

    def add_issue(self, draft: IssueDraft) -> None:
        """Store an issue."""
        values = {**asdict(draft), "entries": [entry._asdict() for entry in draft.entries]}
        issue, _ = GazetteIssue.objects.update_or_create(
            source=self._source, position=len(self._issues), defaults=values
        )
        self._issues.append(issue)

    def add_document(self, draft: DocumentDraft) -> OfficialDocument:
        """Store a document with its annexes, tables, what follows from them, and its targets."""
        document = self._known.get(draft.first_line) or OfficialDocument(source=self._source)
        for name, value in self._values(draft).items():
            setattr(document, name, value)
        document.position = len(self._documents)
        document.duplicate_of = _printed_before(document)
        document.save()
        self._documents.append(document)
        annexes = _store_annexes(document, draft.annexes)
        _store_tables(document, draft.tables, annexes)
        _store_targets(document, draft.targets)
        return document

    def finish(self) -> None:
        """Take away issues and documents that the text is not read to hold any more."""
        self._source.official_documents.exclude(pk__in=[one.pk for one in self._documents]).delete()
        self._source.issues.exclude(pk__in=[one.pk for one in self._issues]).delete()

    def _values(self, draft: DocumentDraft) -> dict[str, Any]:
        return {
            "issue": None if draft.issue is None else self._issues[draft.issue], "title": draft.title,
            "number": draft.number or "", "number_printed": draft.number_printed or "", "issuer": draft.issuer or "",
            "addressee": draft.addressee or "", "signed": draft.signed, "signed_printed": draft.signed_printed or "",
            "public_note": draft.public_note or "", "attached_title": draft.attached_title or "",
            "section": draft.section or "", "page": draft.page, "horizon": draft.horizon,
            "region": self._region(draft), "first_line": draft.first_line, "last_line": draft.last_line,
            "title_lines": draft.title_lines, "number_line": draft.number_line, "signed_line": draft.signed_line,
            "attached_line": draft.attached_line, "contents_line": draft.contents_line,
            "headings": [heading._asdict() for heading in draft.headings], "contents": draft.contents,
        }  # fmt: skip

    def _region(self, draft: DocumentDraft) -> Region | None:
        """The division that the issuer's name, or else the title, begins with; none where several have that name."""
        for text in (draft.issuer or "", draft.title, draft.attached_title or ""):
            found = regions_at_start(text[:60])
            if len(found) == 1:
                return ensure_region(code=found[0].code, name=found[0].name, by=self._by)
        return None


def _move_away(stored: QuerySet[Any]) -> None:
    """Out of the way of the new order, which may be another."""
    stored.update(position=F("position") + AWAY)


def _printed_before(document: OfficialDocument) -> OfficialDocument | None:
    """The same document as an earlier text printed it: known by 文号, and by its title where it has none."""
    known = OfficialDocument.objects.filter(duplicate_of=None).exclude(source_id=document.source_id)
    if document.number:
        same = known.filter(number=document.number)
    else:
        same = (
            known.filter(Q(title=document.title), signed=document.signed, number="")
            if document.signed
            else known.none()
        )
    return same.order_by("pk").first()


def _store_annexes(document: OfficialDocument, drafts: Sequence[AnnexDraft]) -> list[Annex]:
    stored = []
    for position, draft in enumerate(drafts):
        values = {**asdict(draft), "number": draft.number or "", "listed_title": draft.listed_title or ""}
        annex, _ = Annex.objects.update_or_create(document=document, position=position, defaults=values)
        stored.append(annex)
    document.annexes.filter(position__gte=len(drafts)).delete()
    return stored


def _store_tables(document: OfficialDocument, drafts: Sequence[TableDraft], annexes: Sequence[Annex]) -> None:
    known = {one.first_line: one for one in document.tables.all()}
    DocumentTable.objects.filter(document=document).exclude(
        first_line__in=[draft.first_line for draft in drafts]
    ).delete()
    _move_away(document.tables.all())
    for position, draft in enumerate(drafts):
        table = known.get(draft.first_line) or DocumentTable(document=document)
        for name, value in _table_values(draft, annexes).items():
            setattr(table, name, value)
        table.position = position
        table.save()
        _store_rows(table, draft.rows)
        derive(table, document)
        _recheck(table)


def _recheck(table: DocumentTable) -> None:
    """The totals of a table that people mended are those of its rows as they are now, not as they were read."""
    rows = list(table.rows.all())
    if any(row.mended_by_id for row in rows):
        table.totals = totals_as_json(rechecked(table_draft(table, rows)))
        table.save(update_fields=["totals"])


def _table_values(draft: TableDraft, annexes: Sequence[Annex]) -> dict[str, Any]:
    return {
        "annex": None if draft.annex is None else annexes[draft.annex], "caption": draft.caption,
        "caption_line": draft.caption_line, "kind": draft.kind, "header": list(draft.header),
        "header_lines": draft.header_lines, "unit": draft.unit or "", "first_line": draft.first_line,
        "last_line": draft.last_line, "totals": totals_as_json(draft.totals),
    }  # fmt: skip


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


def _store_rows(table: DocumentTable, drafts: Sequence[RowDraft]) -> None:
    known = {row.line: row for row in table.rows.all()}
    new: list[TableRow] = []
    for draft in drafts:
        read = {
            "cells": list(draft.cells), "filled": list(draft.filled), "group": draft.group or "",
            "mended": draft.mended or "", "damage": draft.damage or "",
        }  # fmt: skip
        row = known.pop(draft.line, None)
        if row is None:
            printed = list(draft.printed)
            new.append(TableRow(table=table, line=draft.line, kind=draft.kind, printed=printed, draft=read, **read))
        elif row.draft != read or row.kind != draft.kind or row.printed != list(draft.printed):
            row.draft, row.kind, row.printed = read, draft.kind, list(draft.printed)
            for name in READ_OF_ROWS if row.mended_by_id is None else ():
                setattr(row, name, read[name])
            row.save()
    TableRow.objects.bulk_create(new, batch_size=1000)
    table.rows.filter(pk__in=[row.pk for row in known.values()]).delete()


def _store_targets(document: OfficialDocument, drafts: Sequence[TargetDraft]) -> None:
    known: dict[tuple[int, str, str], ProseTarget] = {
        (one.line, one.draft["text"], one.draft["number_printed"]): one for one in document.targets.all()
    }
    new: list[ProseTarget] = []
    changed: list[ProseTarget] = []
    for position, draft in enumerate(drafts):
        number = storable(draft.number)
        if number is None:
            continue  # ten digits after the point, or a number of twenty: a misreading, and still in the text
        read = {**{name: getattr(draft, name) for name in READ_OF_TARGETS}, "number": str(number)}
        values = {**{name: value or "" for name, value in read.items()}, "number": number, "year": draft.year}
        target = known.pop((draft.line, draft.text, draft.number_printed), None)
        if target is None:
            new.append(ProseTarget(document=document, position=position, line=draft.line, draft=read, **values))
        elif target.position != position or target.draft != read:
            for name, value in values.items() if target.state == TargetState.OPEN else ():
                setattr(target, name, value)
            target.position, target.draft = position, read
            changed.append(target)
    document.targets.filter(pk__in=[one.pk for one in known.values()]).delete()
    _store_changed(changed)
    ProseTarget.objects.bulk_create(new, batch_size=1000)


def _store_changed(changed: Sequence[ProseTarget]) -> None:
    """Targets keep history, so that only those are written of which another reading says something else."""
    if changed:
        _move_away(ProseTarget.objects.filter(pk__in=[one.pk for one in changed]))
        for target in changed:
            target.save()
