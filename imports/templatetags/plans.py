"""Plan projects in templates."""

from __future__ import annotations

from typing import Any, Final

from django import template

from imports.gazettes import permissions
from imports.gazettes.choices import short_title
from imports.gazettes.models import DocumentTable, LinkState, PlanLink
from imports.gazettes.plans import choices
from perfgoals.display import DEFAULT_UNIT
from perfgoals.models import User
from projects.models import Project

register = template.Library()

COLUMNS: Final = (
    ("name", "项目名称", "col-name"), ("investment", "投资", "col-investment number"),
    ("first_year", "建设年限", "col-period"), ("location", "建设地点", "col-location"),
    ("responsible", "责任单位", "col-responsible"), ("category", "类别", "col-category"),
    ("document", "文件", "col-document"), ("", "预算项目", "col-linked"),
)  # fmt: skip
"""What the list shows: the column in the address, its label, its class."""

register.filter(short_title)


@register.filter
def reads_texts(user: User) -> bool:
    """Whether the person opens the pages of gazettes and plans."""
    return user.is_authenticated and permissions.reads_texts(user)


@register.simple_tag
def plan_columns() -> tuple[tuple[str, str, str], ...]:
    """The columns of the list of plan projects."""
    return COLUMNS


@register.filter
def table_name(table: DocumentTable) -> str:
    """A table as people name it."""
    return choices.table_name(table)


@register.inclusion_tag("gazettes/_plan_project_links.html", takes_context=True)
def plan_links(context: dict[str, Any], project: Project, user: User) -> dict[str, Any]:
    """The plan projects that a budget project carries out, or very likely does; none for people without a role."""
    links = PlanLink.objects.none()
    if permissions.reads_texts(user):
        links = project.plan_links.exclude(state=LinkState.REJECTED).select_related("plan_project__document")
    return {"links": links.order_by("state", "-likeness", "pk"), "unit": context.get("unit", DEFAULT_UNIT)}
