"""Compared with the source in templates: the marks beside a project's fields, and the list of all differences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django import template
from django.db.models import Prefetch, prefetch_related_objects

from imports.comparison import Comparison, Difference, comparison_of
from imports.facts import SCALARS, SOURCE_NAMES, TABLE
from imports.models import SourceRecord
from imports.permissions import documents_visible_to
from imports.restoring import may_take
from imports.texts import ranges_of
from indicators.models import Indicator
from perfgoals.models import User
from projects.models import Project
from projects.permissions import edits_projects, sees_sources

register = template.Library()

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    **{label: (key,) for key, label in SCALARS.items()},
    "政策依据": ("basis",),
    "主管部门及代码": ("department_code", "department_name"),
    "归口部门": ("department",),
}
"""What the official form calls a field → the facts that stand there."""
CELLS: Final = {label: code for code, label in SOURCE_NAMES.items()}
"""What the official form calls a row of the funding table → its code."""


@dataclass(slots=True)
class Shown:
    """A comparison as one person sees it on a project's page."""

    comparison: Comparison
    record: SourceRecord
    may_open: bool
    may_restore: bool
    ranges: list[tuple[int, int]]
    offered: list[Difference] = field(default_factory=list)
    """The differences that the person may restore."""

    @property
    def differences(self) -> list[Difference]:
        """All differences."""
        return self.comparison.differences


@register.simple_tag
def compared_with_source(project: Project, user: User) -> Shown | None:
    """Where the project differs from its source; ``None`` where it does not, or where no source states it."""
    records = SourceRecord.objects.filter(is_current=True).select_related("document")
    prefetch_related_objects([project], Prefetch("source_records", records, to_attr="current_records"))
    record = next(iter(project.current_records), None)  # type: ignore[attr-defined]  # set by the line above
    if record is None:
        return None
    indicators = Indicator.objects.order_by("position", "-scope").select_related("category__parent")
    prefetch_related_objects([project], "funding", "goals", Prefetch("indicators", indicators))
    comparison = comparison_of(project)
    if comparison is None or not comparison.differences:
        return None
    shown = Shown(comparison, record, _may_open(record, user), _may_restore(project, user), ranges_of(record))
    if shown.may_restore:
        shown.offered = [one for one in comparison.differences if may_take(user, one, comparison.body)]
    return shown


@register.inclusion_tag("imports/_differences.html", takes_context=True)
def differences_panel(context: dict[str, Any], shown: Shown | None, project: Project) -> dict[str, Any]:
    """All differences of a project, each with what the person may do about it."""
    request = context["request"]
    return {
        "shown": shown,
        "project": project,
        "csrf_token": context.get("csrf_token"),
        "is_open": "differences" in request.GET,
        "offered": {one.token for one in shown.offered} if shown else set(),
    }


@register.inclusion_tag("imports/_printed.html")
def printed_at(shown: Shown | str | None, label: str) -> dict[str, Any]:
    """The mark beside a field of the official form, by the label that the form gives it."""
    return _marks(shown, *FIELDS.get(label, ()))


@register.inclusion_tag("imports/_printed.html")
def printed_cell(shown: Shown | str | None, scope: str, label: str) -> dict[str, Any]:
    """The mark beside a figure of the funding table, by its scope and the label of its row."""
    code = CELLS.get(label)
    return _marks(shown, "amount" if (scope, code) == ("annual", "total") else f"funding.{scope}.{code}")


@register.inclusion_tag("imports/_printed.html")
def printed_table(shown: Shown | str | None) -> dict[str, Any]:
    """The mark beside the funding table's heading, where it came or went as a whole."""
    return _marks(shown, TABLE)


@register.inclusion_tag("imports/_printed.html")
def printed_target(shown: Shown | str | None, indicator: Indicator) -> dict[str, Any]:
    """The mark beside an indicator's target."""
    one = shown.comparison.indicators.get(indicator.pk) if isinstance(shown, Shown) else None
    return {"differences": [one] if one else []}


@register.inclusion_tag("imports/_removed_targets.html")
def removed_targets(shown: Shown | str | None) -> dict[str, Any]:
    """The indicators that the source prints and the project no longer has."""
    return {"removed": shown.comparison.removed_indicators if isinstance(shown, Shown) else []}


def _marks(shown: Shown | str | None, *keys: str) -> dict[str, Any]:
    # Pages that show a form without a comparison hand an empty text over.
    return {"differences": shown.comparison.of(*keys) if isinstance(shown, Shown) else [], "several": len(keys) > 1}


def _may_open(record: SourceRecord, user: User) -> bool:
    document = record.document
    return document is not None and sees_sources(user) and documents_visible_to(user).filter(pk=document.pk).exists()


def _may_restore(project: Project, user: User) -> bool:
    if project.archived_at is not None or not edits_projects(user):
        return False
    return Project.objects.editable_by(user).filter(pk=project.pk).exists()
