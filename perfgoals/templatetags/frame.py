"""Icons and addresses in templates."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from perfgoals.display import DEFAULT_UNIT, query_in
from perfgoals.icons import ICONS
from perfgoals.money import decimal_places, format_amount

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """An icon (`perfgoals.icons`); with a label it speaks for itself, without one it is decoration."""
    shapes = mark_safe(ICONS[name])  # noqa: S308  # written there
    if label:
        return format_html('<svg class="icon" viewBox="0 0 20 20" role="img" aria-label="{}">{}</svg>', label, shapes)
    return format_html('<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">{}</svg>', shapes)


@register.filter
def without(query: Any, name: str) -> list[tuple[str, str]]:
    """The address's parameters but one, as pairs for hidden fields."""
    return [(key, value) for key, values in query.lists() if key != name for value in values if value]


@register.simple_tag(takes_context=True)
def address_in(context: dict[str, Any], unit: str) -> str:
    """The page's own address in another unit; what it filters by stays the same."""
    return f"?{query_in(context['request'].GET, unit)}"


@register.filter
def column(rows: Iterable[object], path: str) -> list[Any]:
    """One attribute of every row, by its dotted path."""
    return [attrgetter(path)(row) for row in rows]


@register.simple_tag(takes_context=True)
def decimals(context: dict[str, Any], *columns: Iterable[Decimal | None] | Decimal | None) -> int:
    """The most decimal places that the amounts of a table's column need in the unit in force."""
    places = [2]
    for amounts in columns:
        if amounts is None or isinstance(amounts, Decimal):
            places.append(_places(amounts, context))
        else:
            places += [_places(amount, context) for amount in amounts]
    return max(places)


@register.simple_tag(takes_context=True)
def figure(context: dict[str, Any], yuan: Decimal | None, places: int = 2) -> str:
    """An amount set so that the decimal points of a column of ``places`` decimals stand below each other."""
    text = format_amount(yuan, context.get("unit", DEFAULT_UNIT))
    missing = places - _places(yuan, context)
    return text if yuan is None or missing <= 0 else format_html('<span class="short-{}">{}</span>', missing, text)


@register.simple_tag(takes_context=True)
def signed(context: dict[str, Any], yuan: Decimal | None) -> str:
    """A difference: it always carries its sign, but zero and blank have none."""
    text = format_amount(yuan, context.get("unit", DEFAULT_UNIT))
    return f"+{text}" if yuan is not None and yuan > 0 else text.replace("-", "−")


def _places(yuan: Decimal | None, context: dict[str, Any]) -> int:
    return decimal_places(format_amount(yuan, context.get("unit", DEFAULT_UNIT)))
