"""Roles: Django groups made by a migration, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from perfgoals.models import User

FINANCE: Final = "财政"
DEPARTMENT: Final = "部门"
AUDIT: Final = "审计"
ADMIN: Final = "管理员"
ROLES: Final = {
    FINANCE: "财政局人员：查看本行政区划的全部项目、汇总和导入文件",
    DEPARTMENT: "部门人员：查看本部门的项目和汇总",
    AUDIT: "审计人员：查看全部项目、汇总和导入文件，不能修改",
    ADMIN: "管理员：管理用户、部门和导入，查看全部内容",
}


def roles_of(user: User) -> frozenset[str]:
    """Names of the person's roles, read once per user object."""
    roles: frozenset[str] | None = getattr(user, "_roles", None)
    if roles is None:
        roles = frozenset(user.groups.values_list("name", flat=True))
        user._roles = roles  # type: ignore[attr-defined]
    return roles


def sees_everything(user: User) -> bool:
    """审计 and 管理员 see the projects of all regions and departments."""
    return user.is_superuser or bool(roles_of(user) & {AUDIT, ADMIN})


def sees_sources(user: User) -> bool:
    """Whole source texts and import reports hold every department's projects: not for 部门 alone."""
    return user.is_superuser or bool(roles_of(user) & {FINANCE, AUDIT, ADMIN})
