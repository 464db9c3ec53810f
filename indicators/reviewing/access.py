"""Who reviews: 财政 of a project's region accepts findings and signs review sheets; who sees a project reads both."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from indicators.models import ProjectFinding
from perfgoals.models import User
from projects.access import project_to_edit, project_to_see
from projects.models import Project
from projects.permissions import FINANCE, roles_and_places, roles_of
from projects.querysets import ProjectQuerySet, in_regions

NOT_REVIEWER: Final = "审核意见由项目所在行政区划的财政人员认可，您可以查看。"


def reviewable_by(user: User) -> ProjectQuerySet:
    """The projects that the person reviews: 财政 those of their regions, with the divisions below them."""
    if user.is_superuser:
        return Project.objects.all()
    roles, places = roles_and_places(user)
    return Project.objects.filter(in_regions(places.regions)) if FINANCE in roles else Project.objects.none()


def reviews(user: User) -> bool:
    """Whether the person reviews any projects."""
    return user.is_superuser or FINANCE in roles_and_places(user)[0]


def reads_rules(user: User) -> bool:
    """Whether the person may see how rules are set: whoever has a role."""
    return user.is_superuser or bool(roles_of(user))


def finding_to_review(user: User, pk: int) -> ProjectFinding:
    """A finding that the person may accept. Raises ``Http404`` or ``PermissionDenied``."""
    finding = _finding_to_see(user, pk)
    if not reviewable_by(user).filter(pk=finding.project_id).exists():
        raise PermissionDenied(NOT_REVIEWER)
    return finding


def finding_to_correct(user: User, pk: int) -> ProjectFinding:
    """A finding whose project the person may change. Raises ``Http404`` or ``PermissionDenied``."""
    finding = _finding_to_see(user, pk)
    project_to_edit(user, finding.project_id)
    return finding


def refuse_foreign(user: User, pks: Collection[int]) -> None:
    """Refuse people who may not accept all of these findings. Unknown ones are no reason: they are told later."""
    if not reviews(user):
        raise PermissionDenied(NOT_REVIEWER)
    foreign = ProjectFinding.objects.filter(pk__in=pks).exclude(project__in=reviewable_by(user).order_by().values("pk"))
    if foreign.exists():
        raise PermissionDenied("选中的审核意见里有不在您负责的行政区划内的，您不能认可。")


def _finding_to_see(user: User, pk: int) -> ProjectFinding:
    finding = get_object_or_404(ProjectFinding.objects.select_related("acceptance"), pk=pk)
    project_to_see(user, finding.project_id)
    return finding
