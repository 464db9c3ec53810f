"""The cells of a table of projects. Plain values are set here, since a page has thousands of them; columns that have
more to say than their value name a template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from perfgoals.templatetags.frame import decimals, figure
from projects.tables import Column, Kind, Row
from projects.tables.rows import Money

register = template.Library()

CUT: Final = 60
"""Characters of a text that a cell shows; no cell is wider."""
TITLE_CUT: Final = 400
"""Characters that stand in its title."""
_DATES: Final = {Kind.DAY: "Y-m-d", Kind.TIME: "Y-m-d H:i"}

Sums = dict[str, Money]


@register.simple_tag(takes_context=True)
def money_places(
    context: dict[str, Any], columns: Sequence[Column], rows: Sequence[Row], *sums: Sums
) -> dict[str, int]:
    """The decimal places of each money column, so that its decimal points stand below each other."""
    return {
        column.key: decimals(context, [column.value(row) for row in rows], *(each[column.key] for each in sums))
        for column in columns
        if column.is_money
    }


@register.simple_tag(takes_context=True)
def cell(context: dict[str, Any], row: Row, column: Column, places: dict[str, int]) -> SafeString:
    """A cell that shows a column's value and nothing more."""
    value = column.value(row)
    if column.kind is Kind.MONEY:
        return _cell(column, figure(context, value, places[column.key]))
    if value is None or value == "":
        return _cell(column, "" if column.kind is Kind.NUMBER else "—")
    if column.kind in _DATES:
        return _cell(column, date_format(timezone.localtime(value), _DATES[column.kind]))
    text = str(value)
    if column.kind is Kind.NUMBER:
        return _cell(column, text)
    title = text if len(text) <= TITLE_CUT else f"{text[:TITLE_CUT]}…"
    shown = " ".join(text[: CUT + 1].split())
    return format_html('<td class="col-{} cut" title="{}">{}</td>', column.css, title, shown)


@register.simple_tag(takes_context=True)
def sum_cell(context: dict[str, Any], column: Column, sums: Sums, places: dict[str, int]) -> SafeString:
    """A cell of the last rows: empty where nothing is added up."""
    return _cell(column, figure(context, sums[column.key], places[column.key]) if column.is_money else "")


def _cell(column: Column, inside: str) -> SafeString:
    return format_html('<td class="col-{}{}">{}</td>', column.css, " number" if column.is_figure else "", inside)
