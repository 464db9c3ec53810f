"""Official documents out of the database, as readers gave them and people mended them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from imports.gazettes.deriving import table_draft
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
        yield SourceTexts(source.name, source.sha256, [_issue(one) for one in issues], _Documents(source, issues))


class _Documents:
    """The documents of a source as drafts."""

    def __init__(self, source: SourceDocument, issues: Sequence[GazetteIssue]) -> None:
        self._source = source
        self._places = {issue.pk: place for place, issue in enumerate(issues)}

    def __iter__(self) -> Iterator[DocumentDraft]:
        for document in _whole(self._source).iterator(chunk_size=AT_ONCE):
            yield _document(document, self._places)


def _whole(source: SourceDocument) -> QuerySet[OfficialDocument]:
    return source.official_documents.order_by("position").prefetch_related(
        Prefetch("annexes", Annex.objects.order_by("position")),
        Prefetch("tables", DocumentTable.objects.order_by("position")),
        Prefetch("tables__rows", TableRow.objects.order_by("line")),
        Prefetch("targets", ProseTarget.objects.exclude(state=TargetState.REJECTED).order_by("position")),
    )


def _issue(issue: GazetteIssue) -> IssueDraft:
    return IssueDraft(
        issue.title, issue.year, issue.number, issue.total_number, issue.published, issue.published_printed,
        issue.first_line, issue.last_line, [ContentsEntry(**entry) for entry in issue.entries],
    )  # fmt: skip


def _document(document: OfficialDocument, issues: dict[int, int]) -> DocumentDraft:
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
        tables=[_table(table, places) for table in document.tables.all()],
        targets=[_target(target) for target in document.targets.all()],
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
