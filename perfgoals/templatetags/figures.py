"""Figures in templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from perfgoals.display import DEFAULT_UNIT
from perfgoals.money import format_amount

register = template.Library()


@register.simple_tag(takes_context=True)
def money(context: dict[str, Any], yuan: Decimal | None) -> str:
    """An amount in the unit in force, without the unit's name: that stands in the column head."""
    return format_amount(yuan, context.get("unit", DEFAULT_UNIT))


@register.filter
def count(number: int) -> str:
    """How many, with thousands separators, which the locale's own numbers do without."""
    return f"{number:,}"


@register.filter
def share(part: Decimal | None, whole: Decimal | None) -> str:
    """Part of a whole as a percentage with one decimal; ``—`` where there is no whole."""
    if part is None or not whole:
        return "—"
    return f"{part * 100 / whole:.1f}%"
