"""Drafts: unfinished edits, kept with every pause in typing, offered again until they are saved or thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db.models import QuerySet
from django.utils import timezone

from indicators.editing.fields import SCOPE_NAMES, label_of
from indicators.editing.sheet import Sheet
from indicators.models import EditDraft
from perfgoals.models import User
from projects.models import Project

REMEMBERED: Final = timedelta(days=2)
"""How long a draft that is done with is remembered, for what its window may still send."""


def open_drafts(user: User) -> QuerySet[EditDraft]:
    """The person's unfinished edits; the latest first."""
    return EditDraft.objects.filter(user=user, is_closed=False)


def drafts_of(user: User, project: Project | None) -> QuerySet[EditDraft]:
    """The person's drafts of a project, or of new projects; the latest first."""
    return open_drafts(user).filter(project=project)


def keep_draft(*, token: UUID, project: Project | None, version: int, sheet: Sheet, by: User) -> EditDraft | None:
    """Keep what a window holds; ``None`` when the draft is done with, somebody else's or another project's."""
    draft, made = EditDraft.objects.get_or_create(
        token=token, defaults={"user": by, "project": project, "version": version, "sheet": sheet.as_json()}
    )
    if draft.user_id != by.pk or draft.project_id != (project.pk if project else None) or draft.is_closed:
        return None
    if made:
        EditDraft.objects.filter(user=by, is_closed=True, updated_at__lt=timezone.now() - REMEMBERED).delete()
        return draft
    draft.version, draft.sheet, draft.updated_at = version, sheet.as_json(), timezone.now()
    kept = EditDraft.objects.filter(token=token, is_closed=False)
    return draft if kept.update(version=version, sheet=draft.sheet, updated_at=draft.updated_at) else None


def close_draft(*, token: UUID, project: Project | None, by: User) -> None:
    """Be done with a draft: it was saved, or the person does not want it. Its number is remembered for a while."""
    closed = EditDraft(token=token, user=by, project=project, sheet={}, is_closed=True, updated_at=timezone.now())
    EditDraft.objects.bulk_create(
        [closed], update_conflicts=True, unique_fields=["token"], update_fields=["sheet", "is_closed", "updated_at"]
    )


def draft_sheet(draft: EditDraft) -> Sheet:
    """The sheet of a draft. One that an older version kept in another shape gives the texts that can still be read."""
    try:
        return Sheet.from_json(draft.sheet)
    except msgspec.ValidationError:
        kept = draft.sheet if isinstance(draft.sheet, dict) else {}
        return Sheet(_texts(kept.get("head")), _texts(kept.get("funding")), _texts(kept.get("goals")))


def _texts(kept: Any) -> dict[str, str]:
    return {str(name): str(text) for name, text in kept.items()} if isinstance(kept, dict) else {}


def lines_of(sheet: Sheet) -> Iterator[str]:
    """A sheet as lines of text, field by field, blanks left out."""
    texts = {**sheet.head, **{f"funding.{path}": text for path, text in sheet.funding.items()}}
    texts.update({f"goals.{scope}": text for scope, text in sheet.goals.items()})
    yield from (f"{label_of(path)}：{text}" for path, text in texts.items() if text and path != "department")
    for row in sheet.in_order():
        for scope, half in (("period", row.period), ("annual", row.annual)):
            if not half.is_blank:
                yield f"{SCOPE_NAMES[scope]}指标　{row.label}　{half.name}　{half.printed}"
