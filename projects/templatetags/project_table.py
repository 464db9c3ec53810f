"""The tables of the list and of totals in templates."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString, mark_safe

from perfgoals.display import DEFAULT_UNIT
from perfgoals.templatetags.frame import icon
from projects.filters import ProjectFilter
from projects.filters.hits import hits_of
from projects.permissions import sees_sources
from projects.tables.cells import Showing
from projects.tables.drawing import Sums, Table, table_of
from projects.totals.drawing import rows_drawn, total_drawn

register = template.Library()
register.simple_tag(rows_drawn, name="totals_rows")
register.simple_tag(total_drawn, name="totals_cells")


@register.simple_tag(takes_context=True)
def project_table(context: dict[str, Any], *sums: Sums | None) -> Table:
    """What draws the rows of the page (``rows``, ``columns``, ``picks``) and its sums, those that are counted."""
    found: ProjectFilter = context["found"]
    request, rows, words = context["request"], context["rows"], found.words
    query = request.GET.urlencode()
    showing = Showing(
        unit=context.get("unit", DEFAULT_UNIT),
        words=words,
        found_by=f"?q={quote(found.data['q'])}" if words else "",
        address=f"?{escape(query)}&amp;" if query else "?",
        hits=hits_of([row.project for row in rows], words) if words else {},
        opens_sources=sees_sources(request.user),
        panel_icon=icon("panel"),
    )
    return table_of(context["columns"], rows, showing, sums=[each for each in sums if each], picks=context["picks"])


@register.simple_tag(takes_context=True)
def sums_table(context: dict[str, Any], *sums: Sums) -> Table:
    """What draws the sums below rows that stand in the page already."""
    showing = Showing(unit=context.get("unit", DEFAULT_UNIT))
    return table_of(context["columns"], context["rows"], showing, sums=sums, picks=context["picks"])


@register.simple_tag(takes_context=True)
def drawn_rows(context: dict[str, Any], table: Table) -> SafeString:
    """The rows of the page."""
    return mark_safe(table.rows(context["rows"]))  # noqa: S308  # it escapes


@register.simple_tag
def sum_row(table: Table, label: str, sums: Sums | None) -> SafeString:
    """One of the last rows; without sums, the place where they will stand."""
    return mark_safe(table.sums(label, sums))  # noqa: S308  # it escapes
