"""Querysets: who may see which projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from projects.permissions import sees_everything

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
        memberships = user.memberships.all()
        regions = [membership.region_id for membership in memberships if membership.region_id]
        departments = [membership.department_id for membership in memberships if membership.department_id]
        return self.filter(
            Q(region__in=regions) | Q(region__parent__in=regions) | Q(department__in=departments)
            if regions
            else Q(department__in=departments)
        )
