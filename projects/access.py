"""Fetching projects for a person: what they may not see is not found (404), what they may not change is refused (403)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from perfgoals.models import User
from projects.models import Department, Project, Region
from projects.permissions import FINANCE, edits_projects, roles_and_places
from projects.querysets import ProjectQuerySet, in_regions

NOT_YOURS: Final = "您可以查看但不能修改这个项目。"
ARCHIVED: Final = "这个项目已归档，先取消归档才能修改。"


def project_to_see(user: User, pk: int) -> Project:
    """A project that the person may see. Raises `Http404`."""
    return get_object_or_404(Project.objects.visible_to(user).select_related("region", "department"), pk=pk)


def project_to_edit(user: User, pk: int, *, archived: bool = False) -> Project:
    """A project that the person may change. Raises `Http404` or `PermissionDenied`.

    ``archived`` says which ones are meant: those in the archive, or, as ever, those that are not.
    """
    project = project_to_see(user, pk)
    if not Project.objects.editable_by(user).filter(pk=pk).exists():
        raise PermissionDenied(NOT_YOURS)
    if (project.archived_at is not None) != archived:
        raise PermissionDenied("这个项目没有归档。" if archived else ARCHIVED)
    return project


def lock_editable(user: User, projects: ProjectQuerySet) -> ProjectQuerySet:
    """Those of the projects that the person may change, locked until the transaction ends, in one order for all.

    Their keys stay free: what others store beside them (findings of neighbours) need not wait.
    """
    return projects.editable_by(user).order_by("pk").select_for_update(of=("self",), no_key=True)


def departments_to_give(user: User, regions: Collection[str]) -> QuerySet[Department]:
    """The departments that the person may give projects of the regions to: 财政 all of their regions, 部门 their own."""
    departments = Department.objects.filter(region__in=regions)
    if user.is_superuser:
        return departments
    roles, places = roles_and_places(user)
    own = Q(pk__in=places.departments)
    if FINANCE in roles:
        return departments.filter(in_regions(places.regions) | own)
    return departments.filter(own) if edits_projects(user) else departments.none()


def regions_to_give(user: User) -> QuerySet[Region]:
    """The regions in which the person may enter projects."""
    if user.is_superuser:
        return Region.objects.all()
    roles, places = roles_and_places(user)
    own = Q(departments__in=places.departments)
    if FINANCE in roles:
        own |= Q(code__in=places.regions) | Q(parent__in=places.regions) | Q(parent__parent__in=places.regions)
    return Region.objects.filter(own).distinct() if edits_projects(user) else Region.objects.none()
