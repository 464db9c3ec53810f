"""Querysets: who may see which projects."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from projects.permissions import DEPARTMENT, FINANCE, places_of, roles_and_places, sees_everything

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from perfgoals.models import User
    from projects.models import Project  # noqa: F401  # named in the base class as text


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects, with the one question that every view must ask first."""

    def visible_to(self, user: User | AnonymousUser) -> ProjectQuerySet:
        """The projects that a person may see.

        审计 and 管理员 see all; others those of the regions (with the divisions below them) and departments that
        they are members of.
        """
        if not user.is_authenticated:
            return self.none()
        if sees_everything(user):
            return self
        places = places_of(user)
        return self.filter(in_regions(places.regions) | Q(department__in=places.departments))

    def editable_by(self, user: User | AnonymousUser) -> ProjectQuerySet:
        """The projects that a person may change: 财政 those of their regions, 部门 those of their departments.

        Archived projects are among them: they can be taken out of the archive again.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        roles, places = roles_and_places(user)
        if FINANCE in roles:
            return self.filter(in_regions(places.regions) | Q(department__in=places.departments))
        if DEPARTMENT in roles:
            return self.filter(department__in=places.departments)
        return self.none()

    def current(self) -> ProjectQuerySet:
        """Those that are not archived."""
        return self.filter(archived_at=None)


def in_regions(regions: Collection[str], region: str = "region") -> Q:
    """What lies in regions or in the divisions below them. No region at all asks for no joins."""
    if not regions:
        return Q(pk__in=[])
    above = (region, f"{region}__parent", f"{region}__parent__parent")
    return reduce(or_, (Q(**{f"{path}__in": regions}) for path in above))
