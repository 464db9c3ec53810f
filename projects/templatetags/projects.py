"""Who may see what, and links from totals to lists, in templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.http import QueryDict
from django.urls import reverse

from perfgoals.models import User
from perfgoals.templatetags.frame import decimals
from projects import permissions
from projects.filters import ProjectFilter
from projects.funding_sources import NAMES, SHORT_NAMES
from projects.tables import Sort
from projects.totals import Total

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


@register.simple_tag
def list_of(found: ProjectFilter, total: Total, source: str | None = None) -> str:
    """Address of the list of exactly the projects that a total sums, or of those with money of one source."""
    return f"{reverse('project-list')}?{found.query_with(total.narrowing, also_source=source or total.source)}"


@register.simple_tag(takes_context=True)
def part_decimals(context: dict[str, Any], rows: list[Total], whole: Total) -> dict[str, int]:
    """The decimal places of each funding source's column."""
    return {code: decimals(context, [row.by_source.get(code) for row in (*rows, whole)]) for code in NAMES}


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
def source_short_name(code: str) -> str:
    """A funding source's short name, for column heads."""
    return SHORT_NAMES.get(code, code)


@register.filter
def share_width(part: Decimal | None, whole: Decimal | None) -> str:
    """A part of a whole as the width of its bar; what is negative or beyond the whole has the nearest width."""
    return f"{min(max(part * 100 / whole, Decimal(0)), Decimal(100)):.2f}%" if part and whole else "0%"


@register.filter
def toggled(sort: Sort, key: str) -> str | None:
    """The order that a click on a column's head asks for; ``None`` is the usual order."""
    return str(sort.toggled(key)) or None
