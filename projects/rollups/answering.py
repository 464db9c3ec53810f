"""Which questions the kept totals can answer, and which of their rows do. Pure: no database.

What is not answered here is counted from the projects' tallies or, as it always can be, from the projects themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from projects.funding_sources import UNLISTED
from projects.rollups.models import Level

_PLACED: Final = frozenset({"region", "own", "year", "attribute", "archived"})
"""Filters that every group of the totals is told apart by."""
_NARROWED: Final = frozenset({"source", "category"})
"""Filters that name groups of their own, where one value of one of them is asked for."""
_DIMENSIONS: Final = frozenset({"top", "region", "year", "attribute", "source", "category"})
ALL: Final = ""
PAID: Final = "+"
"""Before a source: the projects that have its money, with all their money."""


@dataclass(frozen=True, slots=True)
class Place:
    """The regions that are meant, and the division among them that nothing stands above, where all of it is meant."""

    codes: Collection[str]
    top: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The groups whose sum is the answer: conditions on columns of `Rollup`."""

    level: Level
    conditions: Mapping[str, Any]

    def of_source(self, code: str) -> Rows:
        """The same groups by what a source gives."""
        return Rows(self.level, {**self.conditions, "source": code})


def rows_of_hits(asked: Mapping[str, Any], place: Place | None) -> Rows | None:
    """The groups that add up to number and amounts of what is asked; ``None`` where none do."""
    narrowing = asked.keys() & _NARROWED
    if not asked.keys() <= _PLACED | _NARROWED or len(narrowing) > 1:
        return None
    named = {"category": ALL, "source": ALL}
    for name in narrowing:
        values = list(asked[name])
        if len(values) != 1 or values[0] == UNLISTED:
            return None
        named[name] = f"{PAID}{values[0]}" if name == "source" else values[0]
    return _rows(asked, place, named, by_class="category" in narrowing)


def rows_of_cube(asked: Mapping[str, Any], place: Place | None, dimensions: Collection[str]) -> Rows | None:
    """The groups from which a table with these dimensions can be made; ``None`` where they do not say enough."""
    if not asked.keys() <= _PLACED or not _DIMENSIONS.issuperset(dimensions):
        return None
    by_class, by_region, by_top = (name in dimensions for name in ("category", "region", "top"))
    if by_region and (by_class or by_top):
        return None
    named: dict[str, Any] = {} if by_class else {"category": ALL}
    if "source" not in dimensions:
        named["source"] = ALL
    return _rows(asked, place, named, by_class=by_class, by_region=by_region, by_top=by_top)


def _rows(
    asked: Mapping[str, Any], place: Place | None, named: Mapping[str, Any], *, by_class: bool, by_region: bool = False,
    by_top: bool = False,
) -> Rows | None:  # fmt: skip
    """The narrowest level that has what is asked: classes are told apart at the two widest only."""
    conditions: dict[str, Any] = dict(named)
    if asked.get("archived") != "all":
        conditions["is_archived"] = asked.get("archived") == "only"
    if "year" in asked:
        conditions["year"] = int(asked["year"])
    if "attribute" in asked:
        conditions["attribute"] = asked["attribute"]
    if place is None:
        return Rows(Level.REGION if by_region else Level.TOP if by_top else Level.COUNTRY, conditions)
    if place.top and not by_region:
        return Rows(Level.TOP, {**conditions, "place": place.top})
    if by_class or by_top:
        return None
    return Rows(Level.REGION, {**conditions, "place__in": sorted(place.codes)})
