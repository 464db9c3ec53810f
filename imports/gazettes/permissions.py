"""Who reads gazettes and plans, and who mends and reviews what was read in them.

Official documents are published: everybody who has a role reads them. 财政 mends rows, reviews targets and confirms
links of documents of their regions (and of those whose issuer names no region); 管理员 imports them.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from imports.gazettes.models import OfficialDocument
from perfgoals.models import User
from projects.permissions import FINANCE, ROLES, places_of, require, roles_of


def reads_texts(user: User) -> bool:
    """Whether the person reads gazettes and plans."""
    return user.is_superuser or bool(roles_of(user) & set(ROLES))


def require_texts(user: User) -> None:
    """Close the pages of gazettes and plans to people without any role. Raises ``PermissionDenied``."""
    require(reads_texts(user), "您还没有角色，不能查看公报和规划，请联系管理员。")


def mends_texts(user: User) -> bool:
    """Whether the person's role mends, reviews and links at all; in which documents, `documents_to_mend` says."""
    return user.is_superuser or FINANCE in roles_of(user)


def documents_to_mend(user: User) -> QuerySet[OfficialDocument]:
    """The documents whose rows and targets the person may mend and review."""
    documents = OfficialDocument.objects.all()
    if user.is_superuser:
        return documents
    if not mends_texts(user):
        return documents.none()
    regions = places_of(user).regions
    within = (
        Q(region=None) | Q(region__in=regions) | Q(region__parent__in=regions) | Q(region__parent__parent__in=regions)
    )
    return documents.filter(within)


def document_to_mend(user: User, pk: int) -> OfficialDocument:
    """A document that the person may mend. Raises ``Http404`` for an unknown one and ``PermissionDenied`` for others."""
    document = OfficialDocument.objects.filter(pk=pk).first()
    if document is None:
        raise Http404
    require(mends_texts(user), "修正表格行、审核目标和确认对应由财政人员进行，您可以查看，不能修改。")
    require(
        documents_to_mend(user).filter(pk=pk).exists(),
        "这份文件不在您负责的行政区划内，您可以查看，不能修改。",
    )
    return document
