"""Issues and documents of a text into the database, and again when the text is read anew.

The bytes of a file never change, so a line's number names the same line for ever: documents, tables, rows and targets
are found again by it. What nobody touched becomes what the reader says now; what a person mended, corrected or
rejected stays, with the reader's view beside it (``draft``).

Documents are stored some thousand lines at a time, so that statements are few and memory is flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from django.db.models import F

from imports.gazettes.bodies import Regional
from imports.gazettes.deriving import derive
from imports.gazettes.models import Annex, GazetteIssue, OfficialDocument
from imports.gazettes.renewing import AWAY, move_away, take
from imports.gazettes.repeating import PrintedBefore
from imports.gazettes.table_storing import recheck, store_tables
from imports.gazettes.target_storing import store_targets
from imports.layouts.gazette.drafts import AnnexDraft, DocumentDraft, IssueDraft
from imports.models import SourceDocument
from perfgoals.bulk import copy_new
from perfgoals.models import User
from projects.actions import ensure_region
from projects.regions import regions_at_start

LINES_AT_ONCE: Final = 3_000


def store_texts(
    source: SourceDocument, issues: Iterable[IssueDraft], documents: Iterable[DocumentDraft], by: User | None
) -> None:
    """Let a source hold these issues and documents, and no others."""
    store = TextStore(source, by)
    store.add_issues(issues)
    for some in _some_at_once(documents):
        store.add_documents(some)
    store.finish()


def _some_at_once(documents: Iterable[DocumentDraft]) -> Iterator[list[DocumentDraft]]:
    waiting: list[DocumentDraft] = []
    for document in documents:
        waiting.append(document)
        if document.last_line - waiting[0].first_line >= LINES_AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


class TextStore:
    """Takes the issues and documents of one source document, in order; `finish` takes away what is no longer read."""

    def __init__(self, source: SourceDocument, by: User | None) -> None:
        self._source = source
        self._by = by
        self._issues: list[GazetteIssue] = []
        self._kept: list[int] = []
        self._known = dict(source.official_documents.values_list("first_line", "pk"))
        self._regions: set[str] = set()
        self._regional = Regional()
        move_away(source.official_documents.all())

    def add_issues(self, drafts: Iterable[IssueDraft]) -> None:
        """Store all issues of the source, before its documents."""
        known = {issue.position: issue for issue in self._source.issues.all()}
        new: list[GazetteIssue] = []
        for position, draft in enumerate(drafts):
            values = {**asdict(draft), "entries": [entry._asdict() for entry in draft.entries]}
            issue = known.get(position) or GazetteIssue(source=self._source, position=position, **values)
            if issue.pk is None:
                new.append(issue)
            elif take(issue, values):
                issue.save()
            self._issues.append(issue)
        copy_new(new)

    def add_documents(self, drafts: Sequence[DocumentDraft]) -> None:
        """Store documents with their annexes, tables, what follows from them, and their targets."""
        documents = self._documents(drafts)
        self._kept += [document.pk for document in documents]
        pairs = list(zip(documents, drafts, strict=True))
        tables = store_tables(pairs, _store_annexes(pairs))
        derive(tables, self._regional)
        recheck(tables)
        store_targets(pairs)

    def finish(self) -> None:
        """Take away issues and documents that the text is not read to hold any more."""
        self._source.official_documents.exclude(pk__in=self._kept).delete()
        self._source.issues.exclude(pk__in=[one.pk for one in self._issues]).delete()

    def _documents(self, drafts: Sequence[DocumentDraft]) -> list[OfficialDocument]:
        known = OfficialDocument.objects.in_bulk(
            [self._known[draft.first_line] for draft in drafts if draft.first_line in self._known]
        )
        documents, new, same = [], [], []
        before = PrintedBefore(self._source, drafts)
        for position, draft in enumerate(drafts, start=len(self._kept)):
            document = known.get(self._known.get(draft.first_line, 0))
            values = {**self._values(draft), "position": position + AWAY, "duplicate_of_id": before.find(draft)}
            if document is None:
                document = OfficialDocument(source=self._source, **{**values, "position": position})
                new.append(document)
            elif take(document, values):
                document.position = position
                document.save()
            else:
                same.append(document.pk)
            documents.append(document)
        OfficialDocument.objects.filter(pk__in=same).update(position=F("position") - AWAY)
        copy_new(new)
        return documents

    def _values(self, draft: DocumentDraft) -> dict[str, Any]:
        return {
            "issue_id": None if draft.issue is None else self._issues[draft.issue].pk, "title": draft.title,
            "number": draft.number or "", "number_printed": draft.number_printed or "", "issuer": draft.issuer or "",
            "addressee": draft.addressee or "", "signed": draft.signed, "signed_printed": draft.signed_printed or "",
            "public_note": draft.public_note or "", "attached_title": draft.attached_title or "",
            "section": draft.section or "", "page": draft.page, "horizon": draft.horizon,
            "region_id": self._region(draft), "first_line": draft.first_line, "last_line": draft.last_line,
            "title_lines": draft.title_lines, "number_line": draft.number_line, "signed_line": draft.signed_line,
            "attached_line": draft.attached_line, "contents_line": draft.contents_line,
            "headings": [heading._asdict() for heading in draft.headings],
            "contents": [[first, last] for first, last in draft.contents],
        }  # fmt: skip

    def _region(self, draft: DocumentDraft) -> str | None:
        """The division that the issuer's name, or else the title, begins with; none where several have that name."""
        for text in (draft.issuer or "", draft.title, draft.attached_title or ""):
            found = regions_at_start(text[:60])
            if len(found) == 1:
                code, name = found[0].code, found[0].name
                if code not in self._regions:
                    ensure_region(code=code, name=name, by=self._by)
                    self._regions.add(code)
                return code
        return None


def _store_annexes(pairs: Sequence[tuple[OfficialDocument, DocumentDraft]]) -> list[list[Annex]]:
    """The annexes of each document, at their places."""
    known: dict[tuple[int, int], Annex] = {
        (one.document_id, one.position): one for one in Annex.objects.filter(document__in=[one for one, _ in pairs])
    }
    new: list[Annex] = []
    stored = [
        [_annex(document, position, draft, known, new) for position, draft in enumerate(drafts.annexes)]
        for document, drafts in pairs
    ]
    Annex.objects.filter(pk__in=[one.pk for one in known.values()]).delete()
    copy_new(new)
    return stored


def _annex(
    document: OfficialDocument, position: int, draft: AnnexDraft, known: dict[tuple[int, int], Annex], new: list[Annex]
) -> Annex:
    values = {**asdict(draft), "number": draft.number or "", "listed_title": draft.listed_title or ""}
    annex = known.pop((document.pk, position), None)
    if annex is None:
        annex = Annex(document=document, position=position, **values)
        new.append(annex)
    elif take(annex, values):
        annex.save()
    return annex
