"""Who may see what, and the words of filters, in templates."""

from __future__ import annotations

from django import template
from django.http import QueryDict

from perfgoals.models import User
from projects import permissions
from projects.filters import ProjectFilter
from projects.funding_sources import NAMES
from projects.tables import Sort

register = template.Library()


@register.filter
def sees_sources(user: User) -> bool:
    """Whether the person may open source documents and import runs."""
    return user.is_authenticated and permissions.sees_sources(user)


@register.filter
def manages_people(user: User) -> bool:
    """Whether the person may open the pages of users."""
    return user.is_authenticated and permissions.manages_people(user)


@register.filter
def role_names(user: User) -> str:
    """The person's roles in words."""
    return "、".join(sorted(permissions.roles_of(user))) or ("超级管理员" if user.is_superuser else "未分配角色")


@register.filter
def entry(mapping: dict[str, object], key: str) -> object:
    """The mapping's value for a key."""
    return mapping.get(key)


@register.filter
def filter_label(found: ProjectFilter, name: str) -> str:
    """What a filter is called on the page."""
    return str(found.filters[name].label) if name in found.filters else ""


@register.filter
def picked(query: QueryDict, name: str) -> list[str]:
    """The values that the address gives to a filter."""
    return [value for value in query.getlist(name) if value]


@register.filter
def source_name(code: str) -> str:
    """A funding source's name."""
    return NAMES.get(code, code)


@register.filter
def toggled(sort: Sort, key: str) -> str | None:
    """The order that a click on a column's head asks for; ``None`` is the usual order."""
    return str(sort.toggled(key)) or None
