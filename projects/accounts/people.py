"""People as the pages show them: found, with their roles and places, and with what is amiss."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.shortcuts import get_object_or_404

from perfgoals.models import User
from perfgoals.throttling import paused_usernames
from projects.models import Membership
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE, ROLES

NO_ROLE: Final = "none"
ACTIVE: Final = "active"
LOCKED: Final = "locked"


@dataclass(frozen=True, slots=True)
class Person:
    """One account in the list."""

    user: User
    roles: list[str]
    places: list[str]
    gaps: list[str]
    is_paused: bool


def user_to_manage(by: User, pk: int) -> User:
    """An account that an administrator may change. Raises `Http404`, or `PermissionDenied` for a superuser's."""
    user = get_object_or_404(User, pk=pk)
    if user.is_superuser and not by.is_superuser:
        raise PermissionDenied("超级管理员的账号只能由超级管理员修改。")
    return user


def find(wanted: dict[str, Any]) -> QuerySet[User]:
    """Accounts by words in name or username, role and status, as `UserFilterForm` cleans them."""
    users = User.objects.alias(full_name=Concat("last_name", "first_name", Value("")))
    for word in wanted.get("q", "").split():
        users = users.filter(Q(username__icontains=word) | Q(full_name__icontains=word))
    if role := wanted.get("role"):
        users = users.filter(groups=None) if role == NO_ROLE else users.filter(groups__name=role)
    if status := wanted.get("status"):
        users = users.filter(is_active=status == ACTIVE)
    return users.order_by("-is_active", "username")


def people(users: QuerySet[User]) -> list[Person]:
    """The accounts with all that the list shows, in as many queries for one as for hundreds."""
    memberships = Membership.objects.select_related("region", "department__region").order_by("pk")
    shown = list(users.prefetch_related("groups", Prefetch("memberships", memberships)))
    paused = paused_usernames([user.username for user in shown])
    return [_person(user, is_paused=user.username in paused) for user in shown]


def _person(user: User, *, is_paused: bool) -> Person:
    held = {group.name for group in user.groups.all()}
    regions = [str(place.region) for place in user.memberships.all() if place.region]
    departments = [department_label(place.department) for place in user.memberships.all() if place.department]
    gaps = [] if user.is_superuser else gaps_of(held, regions, departments)
    return Person(user, [role for role in ROLES if role in held], [*regions, *departments], gaps, is_paused)


def person(user: User) -> Person:
    """One account as the list shows it."""
    return people(User.objects.filter(pk=user.pk))[0]


def department_label(department: Any) -> str:
    """A department with its region: counties' bureaus have the same names."""
    return f"{department.name}（{department.region.short_name}）"


def gaps_of(roles: Iterable[str], regions: Collection[object], departments: Collection[object]) -> list[str]:
    """What is missing for the roles to reach anything, each in one sentence; empty when all is well."""
    held = set(roles)
    sees = bool(held & {AUDIT, ADMIN}) or bool(regions) or bool(departments)
    follows = "按这个角色不能修改任何项目" if sees else "登录后看不到任何项目"
    gaps = []
    if not held:
        gaps.append("没有角色，不能修改任何项目。" if sees else "没有角色，登录后看不到任何项目。")
    if FINANCE in held and not regions:
        gaps.append(f"角色是财政，但没有选择行政区划，{follows}。")
    if DEPARTMENT in held and not departments:
        gaps.append(f"角色是部门，但没有选择部门，{follows}。")
    return gaps
