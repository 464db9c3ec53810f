"""Querysets: who may see which projects."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import models
from django.db.models import Q

from projects.permissions import DEPARTMENT, FINANCE, Places, places_of, roles_and_places, sees_everything

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from perfgoals.models import User
    from projects.models import Project  # named in the base class as text

    _Lookup = models.Lookup[Any]
else:
    _Lookup = models.Lookup  # takes a type for the type checker only


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
        return self.filter(_at(places_of(user)))

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
            return self.filter(_at(places))
        if DEPARTMENT in roles:
            return self.filter(department__in=places.departments)
        return self.none()

    def current(self) -> ProjectQuerySet:
        """Those that are not archived."""
        return self.filter(archived_at=None)


def in_regions(regions: Collection[str], region: str = "region") -> Q:
    """What lies in regions or in the divisions below them."""
    return Q(**{f"{region}__at_or_below": list(regions)}) if regions else Q(pk__in=[])


def _at(places: Places) -> Q:
    # Who belongs to regions alone sees all of them, which `scope_of` can tell from a condition that says nothing else.
    if not places.departments:
        return in_regions(places.regions)
    own = Q(department__in=places.departments)
    return in_regions(places.regions) | own if places.regions else own


class Scope(NamedTuple):
    """All projects, or all those of some regions with the divisions below them."""

    regions: tuple[str, ...] | None
    """The codes of the regions; ``None`` for everywhere."""


def scope_of(projects: models.QuerySet[Project]) -> Scope | None:
    """Where a queryset has all projects that there are; ``None`` where it leaves out some by anything else than the region."""
    query = projects.query
    if query.is_sliced or query.distinct or query.combinator:
        return None
    if not query.where:
        return Scope(None)
    match query.where.children:
        case [AtOrBelow(lhs=lhs, rhs=regions)] if not query.where.negated and lhs.target.name == "region":
            return Scope(tuple(regions))
    return None


@models.CharField.register_lookup  # tallies have codes alone
@models.ForeignObject.register_lookup  # relations know none of the lookups of plain fields
class AtOrBelow(_Lookup):
    """``region__at_or_below=[code, …]``: one of the regions, or of the divisions up to two levels below them.

    The regions meant are put together once, before anything else is read, so that the region's column is compared with values and
    an index that begins with it leads to the rows. Alternatives over the table of regions, joined to each row, could not use any.
    """

    lookup_name = "at_or_below"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """``column = ANY(regions)``."""
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY({MEANT})", [*values, *[list(self.rhs)] * 3]


# Three look-ups by an index; as one condition it would read all regions, in every statement anew.
MEANT: Final = """ARRAY(
    SELECT code FROM projects_region WHERE code = ANY(%s)
    UNION SELECT code FROM projects_region WHERE parent_id = ANY(%s)
    UNION SELECT below.code FROM projects_region below JOIN projects_region own ON own.code = below.parent_id WHERE own.parent_id = ANY(%s))"""
"""The regions with some codes (given three times) and those below them, as an array."""
