"""Which projects an asker may read: with an account those of the site, without one what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from projects.models import Project
from projects.querysets import ProjectQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from perfgoals.models import User


def readable_projects(user: User | AnonymousUser) -> ProjectQuerySet:
    """The projects that somebody may read through the API.

    The API closes itself to the anonymous where published data is not open (`perfgoals.api.access`).
    """
    return Project.objects.visible_to(user) if user.is_authenticated else published()


def published(document: int | None = None) -> ProjectQuerySet:
    """Projects whose current filing comes from a document (from that one), and which are not archived.

    What people entered by hand stands in no document, and what was archived is withdrawn. That a document once stated a
    project which another one states now is history, and not published.
    """
    place = {"source_records__document__isnull": False} if document is None else {"source_records__document": document}
    filings = Project.objects.filter(pk=OuterRef("pk"), source_records__is_current=True, **place)
    return Project.objects.current().filter(Exists(filings))
