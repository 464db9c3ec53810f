"""The sums of what a filter finds, grouped: from kept totals where they say them, else counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from perfgoals.snapshot import steered
from projects.filters.texts import ROOM
from projects.rollups.counting import OWN, Condition, counted_by_tally, counted_groups
from projects.rollups.reading import Group, Values, is_everything, kept_groups, regions_meant

if TYPE_CHECKING:
    from projects.filters import ProjectFilter


def groups_of(
    found: ProjectFilter, dimensions: Sequence[str], years: Collection[int] | None = None
) -> list[tuple[Values, Group]]:
    """The sums by the values of the dimensions (keys of `projects.totals.dimensions`), in their order.

    Along ``source`` and ``category`` each value stands by itself, and the whole too, under an empty value. ``years`` are
    the only ones that are wanted, ``None``: all.
    """
    groups = kept_groups(found.queryset, found.asked, dimensions, years) if found.form.is_valid() else []
    if groups is None:
        groups = by_tally(found, dimensions, years)
    if groups is None:
        groups = counted_groups(found.qs if years is None else found.qs.filter(year__in=years), dimensions)
    return groups


def by_tally(
    found: ProjectFilter, dimensions: Sequence[str], years: Collection[int] | None = None
) -> list[tuple[Values, Group]] | None:
    """The sums without reading a project: of all by what tallies have themselves, and of those that have words; else ``None``."""
    if not is_everything(found.queryset) or not found.asked.keys() <= {*OWN, "q"}:
        return None
    also: list[Condition] = [] if years is None else [("tally.year = ANY(%s)", (list(years),))]
    if found.with_words is None:
        return counted_by_tally(found.asked, regions_meant(found.asked), dimensions, *also)
    with steered(ROOM) if found.with_words.take_long else nullcontext():
        also.append(found.with_words.of_row("tally.project_id"))
        return counted_by_tally(found.asked, regions_meant(found.asked), dimensions, *also)
