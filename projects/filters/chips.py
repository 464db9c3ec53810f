"""The filters that are on, in words, each with the address that takes it off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from projects.filters.bounds import amounts_in_words, numbers_in_words
from projects.filters.conditions import OF_INDICATORS

if TYPE_CHECKING:
    from projects.filters.filterset import ProjectFilter

RANGES: Final = {"min": ("min", "max", "年度金额"), "number_min": ("number_min", "number_max", "目标值")}
"""Where a range begins: its two filters and what it is called."""
_ENDS: Final = {upper: lower for lower, upper, _ in RANGES.values()}


class Chip(NamedTuple):
    """A filter that is on: what it is, its value in words, and the address's query without it.

    ``is_of_indicator`` marks the conditions that one and the same indicator must meet.
    """

    label: str
    value: str
    query_without: str
    is_of_indicator: bool = False
    is_wrong: bool = False
    """The value is not understood, or is no choice any more."""


def chips_of(found: ProjectFilter) -> list[Chip]:
    """A chip for each value; a range of two bounds is one."""
    chips: list[Chip] = []
    for name in found.filters:
        if (lower := RANGES.get(_ENDS.get(name, name))) is not None:
            # Said once, where it begins, or at its end if it has no beginning.
            chips += _range(found, *lower) if name == lower[0] else ()
        else:
            chips += _single(found, name)
    return chips


def chosen_document(found: ProjectFilter) -> tuple[str, str] | None:
    """The number of the document asked for, as it was understood (what was typed may be none, or a longer one than anything
    has), and its name; where the person sees no project of it, the number instead."""
    found.form.is_valid()
    number = found.form.cleaned_data.get("document")
    if not number:
        return None
    return str(number), dict(found.choices.shown("document", [str(number)])).get(str(number), f"编号 {number}")


def _single(found: ProjectFilter, name: str) -> Iterator[Chip]:
    for value in found.data.getlist(name):
        if value.strip():
            without = found.query_without({name: value})
            label, words = str(found.filters[name].label), _in_words(found, name, value)
            yield Chip(label, words, without, name in OF_INDICATORS, name in found.form.errors)


def _range(found: ProjectFilter, lower: str, upper: str, label: str) -> Iterator[Chip]:
    typed = [found.data.get(name, "").strip() for name in (lower, upper)]
    if not any(typed):
        return
    without = found.query_without({lower: None, upper: None})
    first, last = found.asked.get(lower), found.asked.get(upper)
    if first is None and last is None:
        words = "–".join(typed)  # not understood: as typed
    elif lower == "min":
        words = amounts_in_words(first, last, found.unit)
    else:
        words = numbers_in_words(first, last)
    is_wrong = bool({lower, upper} & found.form.errors.keys())
    yield Chip(label, words, without, lower in OF_INDICATORS, is_wrong)


def _in_words(found: ProjectFilter, name: str, value: str) -> str:
    if name == "document":
        chosen = chosen_document(found)
        return chosen[1] if chosen else f"编号 {value}"
    words = dict(getattr(found.form.fields[name], "choices", ()))
    return str(words.get(value, value)).strip()
