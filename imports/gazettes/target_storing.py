"""Targets in prose: stored, and renewed where nobody reviewed them and another reading says something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from imports.gazettes.deriving import storable
from imports.gazettes.models import OfficialDocument, ProseTarget, TargetState
from imports.gazettes.renewing import move_away, take
from imports.layouts.gazette.drafts import DocumentDraft, TargetDraft
from perfgoals.bulk import copy_new

READ_OF_TARGETS: Final = (
    "text", "sentence", "name", "operator", "word", "number", "number_printed", "unit", "year", "year_basis",
)  # fmt: skip


def store_targets(pairs: Sequence[tuple[OfficialDocument, DocumentDraft]]) -> None:
    """Let documents hold the targets of their drafts, and no others."""
    stored = ProseTarget.objects.filter(document__in=[document for document, _ in pairs])
    known = {(one.document_id, one.line, one.draft["text"], one.draft["number_printed"]): one for one in stored}
    new: list[ProseTarget] = []
    changed: list[ProseTarget] = []
    for document, drafts in pairs:
        for position, draft in enumerate(drafts.targets):
            number = storable(draft.number)
            if number is None:
                continue  # ten digits after the point, or a number of twenty: a misreading, and still in the text
            read = {**{name: getattr(draft, name) for name in READ_OF_TARGETS}, "number": str(number)}
            values = {**{name: value or "" for name, value in read.items()}, "number": number, "year": draft.year}
            target = known.pop((document.pk, *_place(draft)), None)
            if target is None:
                new.append(ProseTarget(document=document, position=position, line=draft.line, draft=read, **values))
            elif take(target, {"position": position, "draft": read}):
                take(target, values if target.state == TargetState.OPEN else {})
                changed.append(target)
    stored.filter(pk__in=[one.pk for one in known.values()]).delete()
    _store_changed(changed)
    copy_new(new)


def _place(draft: TargetDraft) -> tuple[int, str, str]:
    """Where a target stands: the bytes of a text never change, so that this finds it again."""
    return draft.line, draft.text, draft.number_printed


def _store_changed(changed: Sequence[ProseTarget]) -> None:
    """Targets keep history, so that only those are written of which another reading says something else."""
    if changed:
        move_away(ProseTarget.objects.filter(pk__in=[one.pk for one in changed]))
        for target in changed:
            target.save()
