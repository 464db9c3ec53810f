"""Drafts: unfinished edits, kept with every pause in typing, offered again until they are saved or thrown away."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from indicators.editing.sheet import Sheet
from indicators.models import EditDraft
from perfgoals.models import User
from projects.models import Project


def drafts_of(user: User, project: Project | None) -> QuerySet[EditDraft]:
    """The person's drafts of a project, or of new projects; the latest first."""
    return EditDraft.objects.filter(user=user, project=project)


def keep_draft(*, token: UUID, project: Project | None, version: int, sheet: Sheet, by: User) -> EditDraft | None:
    """Keep what a window holds; ``None`` when the number is somebody else's draft or another project's."""
    draft, _ = EditDraft.objects.get_or_create(
        token=token, defaults={"user": by, "project": project, "version": version, "sheet": sheet.as_json()}
    )
    if draft.user_id != by.pk or draft.project_id != (project.pk if project else None):
        return None
    draft.version, draft.sheet, draft.updated_at = version, sheet.as_json(), timezone.now()
    draft.save(update_fields=["version", "sheet", "updated_at"])
    return draft


def throw_away(*, token: UUID, by: User) -> None:
    """Forget a draft of the person: it was saved, or they do not want it."""
    EditDraft.objects.filter(token=token, user=by).delete()
