"""The same document in two texts: it counts once, as the text has it that was stored first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from imports.gazettes.models import OfficialDocument
from imports.layouts.gazette.drafts import DocumentDraft
from imports.models import SourceDocument


class PrintedBefore:
    """Which of some documents of a source other texts print: known by 文号, and by title and date where they have none."""

    def __init__(self, source: SourceDocument, drafts: Sequence[DocumentDraft]) -> None:
        known = OfficialDocument.objects.filter(duplicate_of=None).exclude(source=source).order_by("-pk")
        numbers = {draft.number for draft in drafts if draft.number}
        self._numbers = dict(known.filter(number__in=numbers).values_list("number", "pk"))
        titles = {draft.title for draft in drafts if not draft.number and draft.signed}
        dated = known.filter(title__in=titles, number="", signed__isnull=False).values_list("title", "signed", "pk")
        self._titles: dict[tuple[str, date | None], int] = {(title, signed): pk for title, signed, pk in dated}

    def find(self, draft: DocumentDraft) -> int | None:
        """The key of the document as another text printed it before."""
        if draft.number:
            return self._numbers.get(draft.number)
        return self._titles.get((draft.title, draft.signed)) if draft.signed else None
