"""Counts beside choices that the kept totals know (ADR 20): a few rows are read however many projects there are."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from projects.filters.conditions import NONE
from projects.filters.filterset import ProjectFilter
from projects.models import Region
from projects.rollups.reading import Group, kept_groups, kept_hits

MOST_COUNTED: Final = 10_000
"""Of more projects nothing is counted but what the kept totals say: counts beside choices help to choose, and are not
worth seconds."""
_WHOLE: Final = ""

_DIMENSIONS: Final[dict[str, tuple[tuple[str, ...], Callable[[Group], int]]]] = {
    "region": (("region", "own"), lambda group: group.held),
    "year": (("year",), lambda group: group.held),
    "attribute": (("attribute",), lambda group: group.held),
    "source": ((), lambda group: group.projects),
    "category": (("category",), lambda group: group.held),
}
"""Filter → the filters that its counts leave out, and which number of a group its choice finds."""


def kept_counts(found: ProjectFilter, names: Collection[str]) -> dict[str, dict[str, int]]:
    """Of the filters with these names those whose counts are kept, each with its numbers by value."""
    counted: dict[str, dict[str, int]] = {}
    for name in names:
        if name == "indicators":
            numbers = _having_indicators(found)
        elif name in _DIMENSIONS:
            numbers = _along(found, name)
        else:
            continue
        if numbers is not None:
            counted[name] = numbers
    return counted


def small_enough(found: ProjectFilter, bases: Collection[frozenset[str]]) -> set[frozenset[str]]:
    """Those of the sets of filters without which no more than `MOST_COUNTED` projects are found."""
    if not bases or _are_few(found, frozenset().union(*bases)):
        return set(bases)
    return {left_out for left_out in bases if _are_few(found, left_out)}


def _are_few(found: ProjectFilter, left_out: frozenset[str]) -> bool:
    if "q" not in left_out and (_are_frequent_words(found, left_out) or found.takes_long_anyhow):
        return False  # most likely, and to know takes longer than the counts are worth
    if kept := kept_hits(found.queryset, _without(found, left_out)):
        return kept.projects <= MOST_COUNTED
    some = found.found_without(left_out).order_by()[: MOST_COUNTED + 1]
    return some.count() <= MOST_COUNTED


def _are_frequent_words(found: ProjectFilter, left_out: frozenset[str]) -> bool:
    """Whether nothing but words is asked, that more than `MOST_COUNTED` have as far as some texts can tell."""
    words = found.with_words
    return (
        words is not None
        and not _without(found, {*left_out, "q"})
        and words.are_met_soon
        and words.expected > MOST_COUNTED
    )


def add_regions_above(counts: dict[str, int]) -> None:
    """A region's count has those of the divisions below it, as choosing it does."""
    line = Region.objects.filter(code__in=counts).values_list("code", "parent_id", "parent__parent_id")
    numbers = dict(counts)
    for code, *above in line:
        for at in filter(None, above):
            counts[at] = counts.get(at, 0) + numbers[code]


def _along(found: ProjectFilter, name: str) -> dict[str, int] | None:
    left_out, number = _DIMENSIONS[name]
    groups = kept_groups(found.queryset, _without(found, left_out), [name])
    if groups is None:
        return None
    values = {value: number(group) for (value,), group in groups}
    if name == "category":
        values.pop(NONE, None)  # which is a choice of another filter
    return {value: count for value, count in values.items() if value != _WHOLE and count}


def _having_indicators(found: ProjectFilter) -> dict[str, int] | None:
    groups = kept_groups(found.queryset, _without(found, ["indicators"]), ["category"])
    if groups is None:
        return None
    held = {value: group.held for (value,), group in groups}
    without = held.get(NONE, 0)
    return {"yes": held.get(_WHOLE, 0) - without, "no": without}


def _without(found: ProjectFilter, names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in found.asked.items() if name not in names}
