"""Official documents out of the database, as readers gave them and people mended them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Prefetch

from imports.gazettes.deriving import table_draft
from imports.gazettes.models import (
    Annex,
    DocumentTable,
    GazetteIssue,
    OfficialDocument,
    ProseTarget,
    TableKind,
    TableRow,
    TargetState,
)
from imports.layouts.gazette.drafts import (
    AnnexDraft,
    ColumnTotal,
    ContentsEntry,
    DocumentDraft,
    Heading,
    IssueDraft,
    TableDraft,
    TargetDraft,
)
from imports.layouts.interchange_texts import SourceTexts
from imports.models import SourceDocument
from indicators.values import number_text

AT_ONCE: Final = 50
"""Documents in memory."""


def stored_texts() -> Iterator[SourceTexts]:
    """The issues and documents of every source, in an order that follows from them alone (no ids).

    Documents are fetched anew whenever they are gone through, some at a time.
    """
    sources = SourceDocument.objects.filter(official_documents__isnull=False).distinct().order_by("sha256")
    for source in sources.only("name", "sha256"):
        issues = list(source.issues.order_by("position"))
        texts = _StoredTexts(source.name, source.sha256, [_issue(one) for one in issues])
        texts.documents = texts.stored = _Documents(source, issues)
        yield texts


@dataclass(slots=True)
class _StoredTexts(SourceTexts):
    """The texts of a stored source, of which each part of a file fetches what it needs."""

    stored: _Documents = field(init=False)

    def documents_for(self, part: str) -> Iterable[DocumentDraft]:
        return self.stored.with_parts(_fetched(part))


class _Documents:
    """The documents of a source as drafts."""

    def __init__(self, source: SourceDocument, issues: Sequence[GazetteIssue]) -> None:
        self._source = source
        self._places = {issue.pk: place for place, issue in enumerate(issues)}

    def __iter__(self) -> Iterator[DocumentDraft]:
        return self.with_parts((*_tables(*TableKind), _targets()))

    def with_parts(self, parts: Sequence[Prefetch[Any]]) -> Iterator[DocumentDraft]:
        """All documents with their annexes and these of their parts; they have none of the others."""
        annexes = Prefetch("annexes", Annex.objects.order_by("position"))
        documents = self._source.official_documents.order_by("position").prefetch_related(annexes, *parts)
        for document in documents.iterator(chunk_size=AT_ONCE):
            yield _document(document, self._places, {part.prefetch_to for part in parts})


def _fetched(part: str) -> tuple[Prefetch[Any], ...]:
    """What is fetched for a part of a file: rows and targets are most of what is stored."""
    match part:
        case "documents":
            return ()
        case "prose_targets":
            return (_targets(),)
        case "plan_indicators":
            return _tables(TableKind.INDICATORS)
        case "plan_projects":
            return _tables(TableKind.PROJECTS)
        case _:
            return _tables(*TableKind)


def _tables(*kinds: TableKind) -> tuple[Prefetch[Any], Prefetch[Any]]:
    tables = DocumentTable.objects.filter(kind__in=kinds).order_by("position")
    return Prefetch("tables", tables), Prefetch("tables__rows", TableRow.objects.order_by("line"))


def _targets() -> Prefetch[Any]:
    return Prefetch("targets", ProseTarget.objects.exclude(state=TargetState.REJECTED).order_by("position"))


def _issue(issue: GazetteIssue) -> IssueDraft:
    return IssueDraft(
        issue.title, issue.year, issue.number, issue.total_number, issue.published, issue.published_printed,
        issue.first_line, issue.last_line, [ContentsEntry(**entry) for entry in issue.entries],
    )  # fmt: skip


def _document(document: OfficialDocument, issues: dict[int, int], parts: Collection[str]) -> DocumentDraft:
    annexes = list(document.annexes.all())
    places = {annex.pk: place for place, annex in enumerate(annexes)}
    return DocumentDraft(
        title=document.title,
        number=document.number or None,
        number_printed=document.number_printed or None,
        issuer=document.issuer or None,
        addressee=document.addressee or None,
        signed=document.signed,
        signed_printed=document.signed_printed or None,
        public_note=document.public_note or None,
        attached_title=document.attached_title or None,
        first_line=document.first_line,
        last_line=document.last_line,
        issue=None if document.issue_id is None else issues[document.issue_id],
        section=document.section or None,
        page=document.page,
        contents_line=document.contents_line,
        horizon=document.horizon,
        title_lines=list(document.title_lines),
        number_line=document.number_line,
        signed_line=document.signed_line,
        attached_line=document.attached_line,
        annexes=[_annex(annex) for annex in annexes],
        headings=[Heading(**heading) for heading in document.headings],
        contents=[(first, last) for first, last in document.contents],
        tables=[_table(table, places) for table in document.tables.all()] if "tables" in parts else [],
        targets=[_target(target) for target in document.targets.all()] if "targets" in parts else [],
    )


def _annex(annex: Annex) -> AnnexDraft:
    return AnnexDraft(
        annex.number or None, annex.title, annex.listed_title or None, annex.listed_line, annex.label_line,
        annex.heading_line, annex.first_line, annex.last_line, annex.page,
    )  # fmt: skip


def _table(table: DocumentTable, annexes: dict[int, int]) -> TableDraft:
    draft = table_draft(table, table.rows.all())
    draft.totals = [_total(**total) for total in table.totals]
    draft.annex = None if table.annex_id is None else annexes[table.annex_id]
    return draft


def _total(*, declared: str, computed: str | None, **rest: Any) -> ColumnTotal:
    return ColumnTotal(declared=Decimal(declared), computed=None if computed is None else Decimal(computed), **rest)


def _target(target: ProseTarget) -> TargetDraft:
    return TargetDraft(
        line=target.line, text=target.text, sentence=target.sentence, name=target.name, operator=target.operator,
        word=target.word or None, number=Decimal(number_text(target.number) or 0), number_printed=target.number_printed,
        unit=target.unit or None, year=target.year, year_basis=target.year_basis or None,  # type: ignore[arg-type]
    )  # fmt: skip
