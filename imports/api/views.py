"""Source documents for programs: what they are, not their text."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework import serializers

from imports.models import SourceDocument, SourceRecord
from imports.permissions import documents_visible_to, require_sources
from perfgoals.api.views import ReadList, ReadOne, ReadView
from projects.api.published import published
from projects.api.views import OfProjects
from projects.models import Project


class PublishedDocumentSerializer(serializers.Serializer[Any]):
    """A source document."""

    id = serializers.IntegerField()
    name = serializers.CharField(help_text="文件名。")
    sha256 = serializers.CharField(help_text="文件内容的 SHA-256，六十四位十六进制。")
    layout = serializers.CharField(help_text="版式代码。")
    size = serializers.IntegerField(allow_null=True, help_text="字节数；只被交换文件引用、没有原文时为 null。")
    encoding = serializers.CharField(help_text="编码。")
    line_count = serializers.IntegerField(allow_null=True, help_text="行数。")


class DocumentSerializer(PublishedDocumentSerializer):
    """A source document, for people with an account."""

    imported_at = serializers.DateTimeField(source="created_at", help_text="首次导入的时间。")


class OfDocuments(ReadView):
    """Answers from source documents."""

    tag = "来源文件"

    def get_serializer_class(self) -> Any:
        """Less for who has no account."""
        return PublishedDocumentSerializer if self.is_public else DocumentSerializer

    def get_queryset(self) -> QuerySet[SourceDocument]:
        """The documents that the asker may read. Raises ``PermissionDenied`` for roles that read none."""
        user = self.request.user
        if not user.is_authenticated:
            return stating(SourceDocument.objects.all(), published(), is_current=True)
        require_sources(user)
        return documents_visible_to(user)


class DocumentList(OfDocuments, OfProjects, ReadList):
    """Source documents."""

    title = "来源文件列表"
    words = "来源文件的名称、版式和校验值。带筛选条件时，只列出写有所查项目的文件。"

    def get_queryset(self) -> QuerySet[SourceDocument]:
        """The documents; with filters those that state a project that is found."""
        documents = super().get_queryset()
        projects = self.filtered.projects
        conditions = {"is_current": True} if self.is_public else {}
        return stating(documents, projects, **conditions) if self.filtered.is_on else documents


class DocumentDetail(OfDocuments, ReadOne):
    """One source document."""

    title = "单个来源文件"
    words = "一个来源文件的名称、版式和校验值。它写的项目用 projects 的 document 参数查。"


def stating(
    documents: QuerySet[SourceDocument], projects: QuerySet[Project], **conditions: Any
) -> QuerySet[SourceDocument]:
    """Those of the documents that state one of the projects."""
    records = SourceRecord.objects.filter(
        document=OuterRef("pk"), project__in=projects.order_by().values("pk"), **conditions
    )
    return documents.filter(Exists(records.order_by()))
