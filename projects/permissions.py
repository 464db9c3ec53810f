"""Roles: Django groups made by a migration, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured, PermissionDenied

from perfgoals.environment import EVERYBODY
from perfgoals.prepared import KEYS, Prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from perfgoals.models import User

FINANCE: Final = "财政"
DEPARTMENT: Final = "部门"
AUDIT: Final = "审计"
ADMIN: Final = "管理员"
ROLES: Final = {
    FINANCE: "财政局人员：查看并修改本行政区划（含下级）的全部项目，查看导入文件和历史",
    DEPARTMENT: "部门人员：查看、新建并修改本部门的项目",
    AUDIT: "审计人员：查看全部项目、历史、来源文件和导入记录，不能修改",
    ADMIN: "管理员：管理用户、部门和导入，查看全部内容，不修改项目",
}


def require_known_roles(words: Iterable[str]) -> None:
    """Refuse a setting that names roles which are none. Raises `ImproperlyConfigured`."""
    if unknown := [word for word in words if word not in ROLES and word != EVERYBODY]:
        raise ImproperlyConfigured(
            f"环境变量 PERFGOALS_SECOND_FACTOR 里没有“{'、'.join(unknown)}”这个角色，请写 {EVERYBODY}，或 {'、'.join(ROLES)} 中的几个，用逗号隔开。"
        )


class Places(NamedTuple):
    """The regions and departments that a person belongs to."""

    regions: frozenset[str]
    departments: frozenset[int]


def _roles_and_places() -> QuerySet[User, Any]:
    found = get_user_model()._default_manager.filter(pk__among=KEYS)
    return found.values_list("groups__name", "memberships__region_id", "memberships__department_id")


_ROLES_AND_PLACES: Final = Prepared(_roles_and_places)


def roles_of(user: User) -> frozenset[str]:
    """Names of the person's roles."""
    return roles_and_places(user)[0]


def places_of(user: User) -> Places:
    """The person's memberships."""
    return roles_and_places(user)[1]


def roles_and_places(user: User) -> tuple[frozenset[str], Places]:
    """Both, read in one statement once per user object: hardly a page asks for one of them alone."""
    known: tuple[frozenset[str], Places] | None = getattr(user, "_roles_and_places", None)
    if known is None:
        rows = _ROLES_AND_PLACES.rows([user.pk])
        roles, regions, departments = (
            frozenset(value for value in column if value) for column in (zip(*rows, strict=True) if rows else ((),) * 3)
        )
        known = roles, Places(regions, departments)
        user._roles_and_places = known  # type: ignore[attr-defined]
    return known


def sees_everything(user: User) -> bool:
    """审计 and 管理员 see the projects of all regions and departments."""
    return user.is_superuser or bool(roles_of(user) & {AUDIT, ADMIN})


def sees_sources(user: User) -> bool:
    """Whole source texts and import reports hold every department's projects: not for 部门 alone."""
    return user.is_superuser or bool(roles_of(user) & {FINANCE, AUDIT, ADMIN})


def edits_projects(user: User) -> bool:
    """Whether the person's role changes projects at all; which ones, `ProjectQuerySet.editable_by` says."""
    return user.is_superuser or bool(roles_of(user) & {FINANCE, DEPARTMENT})


def gives_projects(user: User) -> bool:
    """Whether there may be another department that the person can give projects to."""
    return user.is_superuser or FINANCE in roles_of(user) or len(places_of(user).departments) > 1


def manages_people(user: User) -> bool:
    """Users, departments and imports are 管理员's."""
    return user.is_superuser or ADMIN in roles_of(user)


def require(allowed: bool, message: str) -> None:
    """Refuse with one Chinese sentence (403) what a role does not do. Raises `PermissionDenied`."""
    if not allowed:
        raise PermissionDenied(message)
