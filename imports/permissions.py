"""Which source documents a person may read."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from imports.models import SourceDocument, SourceRecord
from perfgoals.models import User
from projects.models import Project
from projects.permissions import require, sees_everything, sees_sources


def documents_visible_to(user: User) -> QuerySet[SourceDocument]:
    """The documents that a person may read whole: every project that they state is one the person may see.

    None for people whose role reads no source texts at all (`require_sources`).
    """
    if not sees_sources(user):
        return SourceDocument.objects.none()
    documents = SourceDocument.objects.all()
    if sees_everything(user):
        return documents
    records = SourceRecord.objects.filter(document=OuterRef("pk")).order_by()
    visible = Project.objects.visible_to(user).order_by().values("pk")
    return documents.filter(Exists(records.filter(project__in=visible)), ~Exists(records.exclude(project__in=visible)))


def require_sources(user: User) -> None:
    """Close the lists of documents and runs to roles that read no source texts. Raises ``PermissionDenied``."""
    require(sees_sources(user), "来源文件和导入记录包含各部门的项目，部门人员不能查看。")
