"""Choices that are searched for: what the picker of a filter lists, each with the number of projects that it would find."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, NamedTuple

from django.db.models import Count, F, QuerySet

from projects.filters.conditions import NONE
from projects.filters.filterset import ProjectFilter
from projects.filters.kept_counts import add_regions_above, kept_counts, small_enough
from projects.filters.offers import Pairs
from projects.querysets import ProjectQuerySet, in_regions

MOST: Final = 20
"""As many choices are listed at once, besides those that are chosen."""
LEFT_OUT: Final = {
    "region": ("region", "own"), "department": ("department",), "section": ("section",), "document": ("document",),
}  # fmt: skip
"""Filter → the filters that its counts leave out."""
ONE: Final = frozenset({"region", "document"})
"""Filters of which one choice is made."""
_STORED: Final = {"department": "department_id", "section": "section", "document": "source_records__document_id"}
"""Filter → where its value stands."""


class Match(NamedTuple):
    """A choice as it is listed. ``number`` is unknown while another filter is not understood."""

    value: str
    label: str
    number: int | None
    is_chosen: bool


class Matches(NamedTuple):
    """What is listed: the choices, whether there are more of them, and how many match what was typed."""

    choices: list[Match]
    has_more: bool
    found: int | None
    """``None`` while nothing is typed."""


def matches_of(found: ProjectFilter, name: str, typed: str) -> Matches:
    """The choices of a filter that hold every word typed; without one, those that would find most, unless so many
    projects are found that counting them all takes long. What is chosen comes first. Regions without a word: the way down to
    the chosen one, and what is below it."""
    offer = found.choices.offers[name]
    chosen = offer.named([value for value in found.data.getlist(name) if value])
    words = typed.replace("\0", "").split()
    if name == "region" and not words:
        code = chosen[0][0] if chosen else ""
        return Matches(_counted(found, name, found.choices.regions.path_to(code), {code}), False, None)
    taken = {value for value, _ in chosen}
    left_out = frozenset(LEFT_OUT[name])
    if not words and not small_enough(found, {left_out.intersection(found.asked)}):
        return Matches(_counted(found, name, chosen, taken), True, None)
    values = offer.matching(words, MOST + 1) if words else _most_frequent(found, name, MOST + 1)
    others = offer.named([value for value in values[:MOST] if value not in taken])
    listed = [*chosen, *sorted(others, key=lambda pair: values.index(pair[0]))]
    return Matches(_counted(found, name, listed, taken), len(values) > MOST, min(len(values), MOST) if words else None)


def _counted(found: ProjectFilter, name: str, pairs: Pairs, chosen: Collection[str]) -> list[Match]:
    if not found.form.is_valid():
        return [Match(value, label, None, value in chosen) for value, label in pairs]
    numbers = _numbers(found, name, [value for value, _ in pairs])
    return [Match(value, label, numbers.get(value, 0), value in chosen) for value, label in pairs]


def _numbers(found: ProjectFilter, name: str, values: Collection[str]) -> dict[str, int]:
    """How many projects each of the values would find."""
    if name == "region" and (kept := kept_counts(found, ["region"])):
        numbers = kept["region"]
        add_regions_above(numbers)
        return numbers
    projects = found.found_without(LEFT_OUT[name])
    if name == "region":
        return _in_regions(projects.filter(in_regions(values)))
    stored = [value for value in values if value != NONE]
    asked = projects.filter(**{f"{_STORED[name]}__in": stored})
    numbers = {_value(value): number for value, number in _grouped(asked, name)}
    if NONE in values:
        numbers[NONE] = projects.filter(**{name: None if name == "department" else ""}).count()
    return numbers


def _in_regions(projects: ProjectQuerySet) -> dict[str, int]:
    """A region's number has those of the divisions below it, as choosing it does."""
    line = ("region_id", "region__parent_id", "region__parent__parent_id")
    numbers: dict[str, int] = {}
    for *codes, number in projects.order_by().values_list(*line).annotate(number=Count("pk")):
        for code in filter(None, codes):
            numbers[code] = numbers.get(code, 0) + number
    return numbers


def _most_frequent(found: ProjectFilter, name: str, most: int) -> list[str]:
    grouped = _grouped(found.found_without(LEFT_OUT[name]), name).order_by("-number", "value")
    return [_value(value) for value, _ in grouped[:most]]


def _grouped(projects: ProjectQuerySet, name: str) -> QuerySet[Any, Any]:
    """Pairs of a value and a number of projects. Of one document a project may have been filed twice, and of none at all."""
    values = projects.order_by().annotate(value=F(_STORED[name])).values_list("value")
    if name != "document":
        return values.annotate(number=Count("pk"))
    return values.filter(value__isnull=False).annotate(number=Count("pk", distinct=True))


def _value(stored: object) -> str:
    return str(stored) if stored else NONE
