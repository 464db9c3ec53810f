"""Roles: Django groups made by a migration, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class Reach:
    """What a person's role and memberships reach: the roles, and the regions and departments that they belong to."""

    roles: frozenset[str]
    regions: frozenset[str]
    departments: frozenset[int]


def reach_of(user: User) -> Reach:
    """The person's reach, read once per user object."""
    reach: Reach | None = getattr(user, "_reach", None)
    if reach is None:
        places = list(user.memberships.values_list("region_id", "department_id"))
        reach = Reach(
            frozenset(user.groups.values_list("name", flat=True)),
            frozenset(region for region, _ in places if region),
            frozenset(department for _, department in places if department),
        )
        user._reach = reach  # type: ignore[attr-defined]
    return reach


def roles_of(user: User) -> frozenset[str]:
    """Names of the person's roles."""
    return reach_of(user).roles


def sees_everything(user: User) -> bool:
    """审计 and 管理员 see the projects of all regions and departments."""
    return user.is_superuser or bool(roles_of(user) & {AUDIT, ADMIN})


def sees_sources(user: User) -> bool:
    """Whole source texts and import reports hold every department's projects: not for 部门 alone."""
    return user.is_superuser or bool(roles_of(user) & {FINANCE, AUDIT, ADMIN})


def edits_projects(user: User) -> bool:
    """Whether the person's role changes projects at all; which ones, `ProjectQuerySet.editable_by` says."""
    return user.is_superuser or bool(roles_of(user) & {FINANCE, DEPARTMENT})


def manages_people(user: User) -> bool:
    """Users, departments and imports are 管理员's."""
    return user.is_superuser or ADMIN in roles_of(user)


def require(allowed: bool, message: str) -> None:
    """Refuse with one Chinese sentence (403) what a role does not do. Raises `PermissionDenied`."""
    if not allowed:
        raise PermissionDenied(message)
