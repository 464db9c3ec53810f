"""The sums of what a filter finds, grouped: from kept totals where they say them, else counted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from perfgoals.snapshot import steered
from projects.filters.texts import ROOM
from projects.querysets import scope_of
from projects.rollups.counting import OWN, counted_among, counted_by_tally, counted_groups
from projects.rollups.parts import EVERY, Part
from projects.rollups.reading import Group, Values, kept_groups, regions_meant

if TYPE_CHECKING:
    from projects.filters import ProjectFilter


def groups_of(found: ProjectFilter, dimensions: Sequence[str], part: Part = EVERY) -> list[tuple[Values, Group]]:
    """The sums by the values of the dimensions (keys of `projects.totals.dimensions`), in their order, of a part of what is found.

    Along ``source`` and ``category`` each value stands by itself, and the whole too, under an empty value.
    """
    groups: list[tuple[Values, Group]] | None = []
    if found.form.is_valid():
        groups = kept_groups(found.queryset, found.asked, dimensions, part)
    if groups is None:
        groups = by_tally(found, dimensions, part)
    if groups is None and found.numbers is not None:
        groups = counted_among(found.numbers, dimensions, part)
    return counted_groups(found.qs, dimensions, part) if groups is None else groups


def by_tally(found: ProjectFilter, dimensions: Sequence[str], part: Part = EVERY) -> list[tuple[Values, Group]] | None:
    """The sums without reading a project: by what tallies have themselves, and of those that have words; else ``None``."""
    scope = scope_of(found.queryset)
    if scope is None or not found.asked.keys() <= {*OWN, "q"}:
        return None
    regions = regions_meant(found.asked, scope)
    conditions = [*part.of_tallies(), *part.of_few(regions)]
    if found.with_words is None:
        return counted_by_tally(found.asked, regions, dimensions, *conditions)
    with steered(ROOM) if found.with_words.take_long else nullcontext():
        words = found.with_words.of_row("tally.project_id")
        return counted_by_tally(found.asked, regions, dimensions, *conditions, words)
