"""Fetching targets for a person: everybody with a role reads them, 财政 of the document's region decides."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from imports.gazettes.models import ProseTarget
from imports.gazettes.permissions import document_to_mend, documents_to_mend, mends_texts, require_texts
from perfgoals.models import User
from projects.permissions import require

NOT_YOURS: Final = "选中的目标里有不在您负责的行政区划内的，您可以查看，不能审核。"


def targets_to_see(user: User) -> QuerySet[ProseTarget]:
    """The targets that a person may read: of each document once, however many texts print it."""
    require_texts(user)
    return ProseTarget.objects.filter(document__duplicate_of=None)


def target_to_see(user: User, pk: int) -> ProseTarget:
    """A target, also one of a document that another text prints too. Raises `Http404` or `PermissionDenied`."""
    require_texts(user)
    return get_object_or_404(ProseTarget.objects.select_related("document__region", "reviewed_by"), pk=pk)


def target_to_review(user: User, pk: int) -> ProseTarget:
    """A target that the person may decide on. Raises `Http404` or `PermissionDenied`."""
    target = target_to_see(user, pk)
    document_to_mend(user, target.document_id)
    return target


def require_review_of(user: User, pks: Collection[int]) -> None:
    """Refuse people who may not decide on all of these. Unknown ones are no reason: they are told later."""
    require(mends_texts(user), "目标审核由财政人员进行，您可以查看。")
    foreign = ProseTarget.objects.filter(pk__in=pks).exclude(document__in=documents_to_mend(user))
    require(not foreign.exists(), NOT_YOURS)


def reviewable_documents(user: User, documents: Collection[int]) -> frozenset[int]:
    """Of these documents, those whose targets the person may decide on."""
    return frozenset(documents_to_mend(user).filter(pk__in=documents).order_by().values_list("pk", flat=True))
