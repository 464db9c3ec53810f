"""Sums of projects grouped by the database, and added up to every total that a table of two or three dimensions shows.

One project has one region, department, section, attribute and year: there a total is the sum of its parts, and is made
of them here. It may have several funding sources and several classes of indicators: there the database counts the whole
by itself, so that no project counts twice in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, Sum
from django.db.models.expressions import Combinable, Exists

from projects.filters import ProjectFilter
from projects.filters.conditions import all_of, has_money_of, indicator_conditions
from projects.funding_sources import UNLISTED
from projects.models import Project, Scope
from projects.querysets import ProjectQuerySet
from projects.totals.dimensions import NONE, Dimension, Member
from projects.totals.summary import Money, plus, unexplained

ALL: Final = ""
"""In a key: whatever value the dimension has."""

Key = tuple[str, ...]
"""One value a dimension, or `ALL`."""


@dataclass(slots=True)
class Sums:
    """What some projects add up to. Blank amounts are passed over; of blanks only, the sum is ``None``."""

    count: int = 0
    amount: Money = None
    period: Money = None
    indicators: int = 0

    def add(self, other: Sums) -> None:
        """Take other projects in."""
        self.count += other.count
        self.indicators += other.indicators
        self.amount = _plus(self.amount, other.amount)
        self.period = _plus(self.period, other.period)


NOTHING: Final = Sums()


def add_up(parts: Iterable[Sums]) -> Sums:
    """The sums of projects that are in one part each."""
    together = Sums()
    for part in parts:
        together.add(part)
    return together


class Cube:
    """The sums of the projects found, for every combination of values and groups of the dimensions."""

    def __init__(self, found: ProjectFilter, dimensions: Sequence[Dimension], *, indicators: bool = False) -> None:
        projects = Project.objects.filter(pk__in=found.qs.order_by().values("pk"))
        facts = list(_facts(projects, matching_indicators(found), dimensions, indicators))
        self.members = [
            dimension.members(dict.fromkeys(key[at] for key, _ in facts if key[at] != ALL), projects)
            for at, dimension in enumerate(dimensions)
        ]
        self._sums: dict[Key, Sums] = {}
        above = [_ways_up(dimension, members) for dimension, members in zip(dimensions, self.members, strict=True)]
        for key, sums in facts:
            for total in product(*(ways.get(value, (value,)) for ways, value in zip(above, key, strict=True))):
                self._sums.setdefault(total, Sums()).add(sums)

    def __getitem__(self, key: Key) -> Sums:
        return self._sums.get(key, NOTHING)

    def __contains__(self, key: Key) -> bool:
        return key in self._sums

    def gathered(self, at: int, values: Collection[str]) -> Mapping[Key, Sums]:
        """For every key with the dimension ``at`` left out, the sums of ``values`` of that dimension together."""
        together: dict[Key, Sums] = {}
        for key, sums in self._sums.items():
            if key[at] in values:
                together.setdefault(key[:at] + key[at + 1 :], Sums()).add(sums)
        return together


def matching_indicators(found: ProjectFilter) -> Q | None:
    """The condition on a project's indicators that the filters state, ``None`` where they state none."""
    conditions = indicator_conditions(found.asked)
    return all_of(conditions.values()) if conditions else None


def _plus(one: Money, other: Money) -> Money:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _ways_up(dimension: Dimension, members: Sequence[Member]) -> dict[str, tuple[str, ...]]:
    """Value → the keys of all totals that it is part of; what is counted by itself is part of itself alone."""
    if dimension.overlaps:
        return {}
    ways: dict[str, tuple[str, ...]] = {}
    for member in members:
        _climb(member, (ALL,), ways)
    return ways


def _climb(member: Member, above: tuple[str, ...], ways: dict[str, tuple[str, ...]]) -> None:
    ways[member.key] = (*above, member.key)
    for child in member.children:
        _climb(child, ways[member.key], ways)


def _facts(
    projects: ProjectQuerySet, matching: Q | None, dimensions: Sequence[Dimension], indicators: bool
) -> Iterator[tuple[Key, Sums]]:
    """Every sum that the database makes, variant by variant: each dimension at one of its levels."""
    keys = [dimension.key for dimension in dimensions]
    with_source = "source" in keys
    wholes: dict[tuple[Combinable | None, ...], dict[Key, _Whole]] = {}
    for levels in product(*(dimension.levels for dimension in dimensions)):
        grouping = _Grouping(dict(zip(keys, levels, strict=True)), matching)
        if grouping.levels.get("source") is None:
            wholes[levels] = dict(_wholes(projects, grouping, with_source))
            found = {key: whole.sums for key, whole in wholes[levels].items()}
        else:
            at = keys.index("source")
            found = dict(_of_sources(projects, grouping))
            found.update(_unlisted(wholes[(*levels[:at], None, *levels[at + 1 :])], found, at))
        if indicators:
            _add_indicators(projects, grouping, found)
        yield from found.items()
    if "category" in keys and matching is None:
        yield from _without_indicators(projects, dimensions)


@dataclass(frozen=True, slots=True)
class _Whole:
    sums: Sums
    unlisted: int
    """How many of the projects have money that no source explains."""


class _Grouping:
    """What one statement groups by. ``levels``: dimension → what of it, ``None`` for not at all."""

    def __init__(self, levels: Mapping[str, Combinable | None], matching: Q | None) -> None:
        self.levels = levels
        self.matching = matching or Q(indicators__isnull=False)

    @property
    def by_class(self) -> Combinable | None:
        return self.levels.get("category")

    def group(self, projects: ProjectQuerySet, **sums: Any) -> Iterator[tuple[Key, dict[str, Any]]]:
        """The sums by key. What is grouped by gets names of its own, which no field has."""
        names = {f"by_{name}": level for name, level in self.levels.items() if level is not None}
        if not names:
            yield tuple(ALL for _ in self.levels), projects.order_by().aggregate(**sums)
            return
        for row in projects.order_by().annotate(**names).values(*names).annotate(**sums):
            yield tuple(_text(row, f"by_{name}") for name in self.levels), row

    def once_a_class(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """The projects joined to one indicator of each of their classes, where classes are grouped by."""
        if not isinstance(self.by_class, F):
            return projects
        path: str = self.by_class.name  # type: ignore[attr-defined]  # the stubs leave it out
        ones = projects.filter(self.matching).order_by("pk", path, "indicators__pk").distinct("pk", path)
        return Project.objects.filter(indicators__pk__in=ones.values("indicators__pk"))


def _text(row: Mapping[str, Any], name: str) -> str:
    """A group's value as part of a key: blank and empty both are `NONE`."""
    return ALL if name not in row else str(row[name] or NONE)


def _wholes(projects: ProjectQuerySet, grouping: _Grouping, with_source: bool) -> Iterator[tuple[Key, _Whole]]:
    sums = {"n": Count("pk"), "annual": Sum("amount"), "period": Sum("period_amount")}
    if with_source:
        sums["unlisted"] = Count("pk", filter=has_money_of(UNLISTED))
    for key, row in grouping.group(grouping.once_a_class(projects), **sums):
        if row["n"]:
            yield key, _Whole(Sums(row["n"], row["annual"], row["period"]), row.get("unlisted", 0))


def _of_sources(projects: ProjectQuerySet, grouping: _Grouping) -> Iterator[tuple[Key, Sums]]:
    """Projects with money of a source in the year, and all money of the source in the year and in the period."""
    annual = Q(funding__scope=Scope.ANNUAL)
    found = grouping.once_a_class(projects).filter(funding__isnull=False)
    for key, row in grouping.group(
        found,
        n=Count("pk", filter=annual & Q(funding__amount__gt=0)),
        annual=Sum("funding__amount", filter=annual),
        period=Sum("funding__amount", filter=Q(funding__scope=Scope.PERIOD)),
    ):
        yield key, Sums(row["n"], row["annual"], row["period"])


def _unlisted(wholes: Mapping[Key, _Whole], of_sources: Mapping[Key, Sums], at: int) -> Iterator[tuple[Key, Sums]]:
    """What no source explains: the whole less its sources. ``at`` is the place of the source in keys."""
    explained: dict[Key, list[Sums]] = {}
    for key, sums in of_sources.items():
        explained.setdefault((*key[:at], ALL, *key[at + 1 :]), []).append(sums)
    for key, whole in wholes.items():
        parts = explained.get(key, [])
        yield (
            (*key[:at], UNLISTED, *key[at + 1 :]),
            Sums(
                whole.unlisted,
                unexplained(whole.sums.amount, plus(part.amount for part in parts)),
                unexplained(whole.sums.period, plus(part.period for part in parts)),
            ),
        )


def _add_indicators(projects: ProjectQuerySet, grouping: _Grouping, found: dict[Key, Sums]) -> None:
    """How many indicators; under a funding source, those of the projects that have money of it."""
    counted = projects.filter(grouping.matching)
    if grouping.levels.get("source") is None:
        counts = dict(grouping.group(counted, n=Count("indicators__pk")))
    else:
        paid = counted.filter(funding__scope=Scope.ANNUAL, funding__amount__gt=0)
        counts = dict(grouping.group(paid, n=Count("indicators__pk")))
        ungrouped = {**grouping.levels, "source": None}
        rest = _Grouping(ungrouped, grouping.matching).group(
            counted.filter(has_money_of(UNLISTED)), n=Count("indicators__pk")
        )
        at = list(grouping.levels).index("source")
        counts |= {(*key[:at], UNLISTED, *key[at + 1 :]): row for key, row in rest}
    for key, row in counts.items():
        if key in found:
            found[key].indicators = row["n"]


def _without_indicators(projects: ProjectQuerySet, dimensions: Sequence[Dimension]) -> Iterator[tuple[Key, Sums]]:
    """The projects that have no indicator, as a class of their own."""
    has_some = Exists(Project.objects.filter(pk=OuterRef("pk"), indicators__isnull=False))
    others = [dimension for dimension in dimensions if dimension.key != "category"]
    at = [dimension.key for dimension in dimensions].index("category")
    for key, sums in _facts(projects.filter(~has_some), None, others, indicators=False):
        yield (*key[:at], NONE, *key[at:]), sums
