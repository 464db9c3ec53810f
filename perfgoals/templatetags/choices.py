"""Selects and check boxes of forms, drawn here instead of by a template for each box and each of its attributes.

What is drawn is what Django's own widgets draw: same names, ids, values and marks of faults. A filter bar has well over a
hundred boxes, on every page that has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def select(field: BoundField) -> SafeString:
    """A field of one choice as a list to choose from."""
    value = field.value()
    chosen = "" if value is None else str(value)
    options = "".join(
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(label)}</option>'
        for key, label in _choices(field)
    )
    attributes = flatatt({"name": field.html_name, "id": field.auto_id, **_marks(field)})
    return mark_safe(f"<select{attributes}>{options}</select>")  # noqa: S308  # it escapes


@register.simple_tag
def boxes(field: BoundField) -> SafeString:
    """A field of many choices as a box to tick for each; empty where there is none."""
    chosen = {str(value) for value in field.value() or ()}
    name, first = escape(field.html_name), escape(field.auto_id)
    marks = flatatt(_marks(field))
    labels = (
        f'<label class="check"><input type="checkbox" name="{name}" value="{escape(key)}" id="{first}_{at}"{marks}'
        f"{' checked' if key in chosen else ''}><span>{escape(label)}</span></label>"
        for at, (key, label) in enumerate(_choices(field))
    )
    return mark_safe("\n".join(labels))  # noqa: S308  # it escapes


def _choices(field: BoundField) -> Iterable[tuple[str, str]]:
    choices: Iterable[tuple[object, object]] = field.field.choices  # type: ignore[attr-defined]  # a field of choices
    return ((str(key), str(label)) for key, label in choices)


def _marks(field: BoundField) -> dict[str, object]:
    """What Django says of a field beside its name: that it is required, disabled, wrong."""
    return dict(field.build_widget_attrs({}, field.field.widget))
