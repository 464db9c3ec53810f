"""Findings in templates of the apps below: marks beside a project's fields, the panel with all of them."""

from __future__ import annotations

from typing import Any, Final

from django import template

from indicators.checks.forms import TEXTS
from indicators.editing.fields import CELLS
from indicators.models import Indicator
from indicators.reviewing.access import reviews as reviews_projects
from indicators.reviewing.showing import Reviewed, reviewed_by
from perfgoals.models import User
from projects.models import Project

register = template.Library()

_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    **{label: (path,) for path, label in TEXTS.items()},
    "政策依据": ("basis",), "主管部门及代码": ("department", "department_code"),
    "实施期目标": ("goals.period",), "年度目标": ("goals.annual",), "填报": ("filed_at",),
    "联系": ("contact_lead", "contact_handler", "contact_phone"),
}  # fmt: skip
"""What the official form calls a field → the paths that stand there."""
_CELLS: Final = {label: code for code, label in CELLS.items()}
_NAME_PARTS: Final = ("name", "label", "category")

register.filter("reviews_projects", reviews_projects)


@register.simple_tag
def findings_of(project: Project, user: User, may_change: bool) -> Reviewed:
    """What the review says of a project."""
    return reviewed_by(project, user, may_change=may_change)


@register.inclusion_tag("indicators/reviewing/_finding_marks.html")
def finding_marks(reviewed: Reviewed | str | None, label: str) -> dict[str, Any]:
    """The findings beside a field of the official form, by the label that the form gives it."""
    return _marks(reviewed, *_FIELDS.get(label, ())) | {"is_wide": True}


@register.inclusion_tag("indicators/reviewing/_finding_marks.html")
def finding_marks_at_cell(reviewed: Reviewed | str | None, scope: str, label: str) -> dict[str, Any]:
    """The findings beside a figure of the funding table, by its scope and the label of its row."""
    return _marks(reviewed, f"funding.{scope}.{_CELLS.get(label)}")


@register.inclusion_tag("indicators/reviewing/_finding_marks.html")
def finding_marks_at_name(reviewed: Reviewed | str | None, indicator: Indicator) -> dict[str, Any]:
    """The findings beside an indicator's name; those about its class stand there too."""
    return _marks(reviewed, *(f"indicator.{indicator.pk}.{part}" for part in _NAME_PARTS))


@register.inclusion_tag("indicators/reviewing/_finding_marks.html")
def finding_marks_at_value(reviewed: Reviewed | str | None, indicator: Indicator) -> dict[str, Any]:
    """The findings beside an indicator's target value."""
    return _marks(reviewed, f"indicator.{indicator.pk}.value")


@register.inclusion_tag("indicators/reviewing/_finding_summary.html")
def findings_summary(reviewed: Reviewed) -> dict[str, Any]:
    """One line: how many findings there are of each severity."""
    return {"reviewed": reviewed}


@register.inclusion_tag("indicators/reviewing/_findings.html", takes_context=True)
def findings_panel(context: dict[str, Any], reviewed: Reviewed) -> dict[str, Any]:
    """All findings of a project, each with what the person may do about it."""
    return {"reviewed": reviewed, "request": context["request"], "csrf_token": context.get("csrf_token")}


def _marks(reviewed: Reviewed | str | None, *paths: str) -> dict[str, Any]:
    # Pages that show a form without its findings hand nothing over.
    return {"marks": reviewed.at(*paths) if isinstance(reviewed, Reviewed) else []}
