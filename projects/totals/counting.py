"""Sums of projects grouped by the database, and added up to every total that a table of two or three dimensions shows.

One project has one region, department, section, attribute and year: there a total is the sum of its parts, and is made
of them here. It may have several classes of indicators: the database groups projects by the whole set, of which there
are few, and each set counts here once in every class that it has, in the classes above them and in the whole. Of
several funding sources each has money of its own: there the database counts the whole by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import chain, product
from typing import Any, Final, Protocol

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.expressions import Combinable

from projects.filters import ProjectFilter
from projects.filters.conditions import all_of, has_money_of, indicator_conditions
from projects.funding_sources import UNLISTED
from projects.models import Project, Scope
from projects.querysets import ProjectQuerySet
from projects.rollups.groups import groups_of
from projects.rollups.parts import EVERY, Part
from projects.totals.dimensions import Dimension
from projects.totals.members import NONE, Member
from projects.totals.summary import Money, plus, unexplained

ALL: Final = ""
"""In a key: whatever value the dimension has."""
JOINED: Final = ","
"""Between the classes of a set."""

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


class SumsByKey(Protocol):
    """Sums for combinations of values and groups of some dimensions, as a table of totals asks for them: all counted at once
    (`Cube`), or what is in the rows of a page when it is fetched (`projects.totals.apart`)."""

    members: list[list[Member]]
    """What stands along each dimension."""

    def __getitem__(self, key: Key, /) -> Sums:
        """The sums of a key; `NOTHING` where no project has it. Raises `KeyError` where they have to be fetched before."""

    def fetch(self, values: Collection[str], /) -> None:
        """Have what is in the rows of these values of the first dimension."""

    def over_last(self) -> SumsByKey:
        """The sums over all values of the last dimension, of which each project must have one."""

    def gathered(self, at: int, values: Collection[str], /) -> Mapping[Key, Sums]:
        """For every key with the dimension ``at`` left out, the sums of ``values`` of that dimension together."""

    def together(self, values: Collection[str], /) -> Mapping[str, Sums]:
        """What some values of the first of two dimensions have together, by the values of the second."""


class Cube:
    """The sums of the projects found, for every combination of values and groups of the dimensions.

    ``part`` says which of them are wanted, where not all are; ``members`` are those of the first dimensions where a cube of all
    has found them already.
    """

    def __init__(
        self, found: ProjectFilter, dimensions: Sequence[Dimension], *, indicators: bool = False, part: Part = EVERY,
        members: Sequence[list[Member]] = (),
    ) -> None:  # fmt: skip
        projects = Project.objects.filter(part.of_projects(), pk__in=found.qs.order_by().values("pk"))
        # What indicators have to be like changes nothing in what their projects add up to, but over classes.
        is_of_indicators = indicators or any(dimension.key == "category" for dimension in dimensions)
        matching = matching_indicators(found) if is_of_indicators else None
        if matching is None:
            facts = list(_facts_of_groups(found, dimensions, indicators, part))
        else:
            facts = list(_facts(projects, matching, dimensions, indicators))
        values = [dict.fromkeys(key[at] for key, _ in facts if key[at] != ALL) for at in range(len(dimensions))]
        self.members = [
            *members,
            *(
                dimension.members(dict.fromkeys(part for value in own for part in value.split(JOINED)), projects)
                for dimension, own in list(zip(dimensions, values, strict=True))[len(members) :]
            ),
        ]
        self._sums: dict[Key, Sums] = {}
        for key, sums in facts:
            if key in self._sums:  # of sources, what indicators say comes apart from what projects say
                self._sums[key].add(sums)
            else:
                self._sums[key] = sums
        for at, (dimension, own) in enumerate(zip(dimensions, self.members, strict=True)):
            # What is counted by itself is part of itself alone.
            if not (matching is None and dimension.overlaps) and None not in dimension.levels:
                self._sums = _with_totals(self._sums, at, own)

    def __getitem__(self, key: Key) -> Sums:
        return self._sums.get(key, NOTHING)

    def fetch(self, values: Collection[str]) -> None:
        """What is in the rows of these values is counted already."""

    def over_last(self) -> Cube:
        """The sums over all values of the last dimension, of which each project must have one."""
        whole = copy(self)
        whole.members = self.members[:-1]
        whole._sums = {key[:-1]: sums for key, sums in self._sums.items() if key[-1] == ALL}
        return whole

    def gathered(self, at: int, values: Collection[str]) -> Mapping[Key, Sums]:
        """For every key with the dimension ``at`` left out, the sums of ``values`` of that dimension together."""
        together: dict[Key, Sums] = {}
        for key, sums in self._sums.items():
            if key[at] in values:
                together.setdefault(key[:at] + key[at + 1 :], Sums()).add(sums)
        return together

    def together(self, values: Collection[str]) -> Mapping[str, Sums]:
        """What some values of the first of two dimensions have together, by the values of the second."""
        return {other: sums for (other,), sums in self.gathered(0, values).items()}


def matching_indicators(found: ProjectFilter) -> Q | None:
    """The condition on a project's indicators that the filters state, ``None`` where they state none."""
    conditions = indicator_conditions(found.asked)
    return all_of(conditions.values()) if conditions else None


def _plus(one: Money, other: Money) -> Money:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _with_totals(facts: Mapping[Key, Sums], at: int, members: Sequence[Member]) -> dict[Key, Sums]:
    """The sums and, along the dimension ``at``, those of every member above and of all: each made of those below it."""
    if not any(member.children for member in members) and not any(JOINED in key[at] for key in facts):
        return _with_whole(facts, at, members)
    own: dict[str, dict[Key, Sums]] = {}
    for key, sums in facts.items():
        own.setdefault(key[at], {})[key[:at] + key[at + 1 :]] = sums
    totals: dict[str, dict[Key, Sums]] = {}
    totals[ALL] = _together(_climb(member, own, totals) for member in members)
    # A set counts once in each of its classes, in those above them and in the whole; in none that came after the members
    # were found, as any other value.
    sets = [value for value in own if JOINED in value]
    ways = _ways_up(members) if sets else {}
    for value in sets:
        for total in dict.fromkeys(way for part in value.split(JOINED) for way in ways.get(part, ())):
            totals[total] = _together([totals[total], own[value]])
    return {(*key[:at], value, *key[at:]): sums for value, parts in totals.items() for key, sums in parts.items()}


def _with_whole(facts: Mapping[Key, Sums], at: int, members: Sequence[Member]) -> dict[Key, Sums]:
    """The same along a dimension of which each value stands by itself: thousands of bodies, in one turn."""
    known = {member.key for member in members}
    kept = {key: sums for key, sums in facts.items() if key[at] in known}
    whole: dict[Key, Sums] = {}
    for key, sums in kept.items():
        whole.setdefault((*key[:at], ALL, *key[at + 1 :]), Sums()).add(sums)
    return {**kept, **whole}


def _climb(member: Member, own: Mapping[str, dict[Key, Sums]], totals: dict[str, dict[Key, Sums]]) -> dict[Key, Sums]:
    found = own.get(member.key, {})
    if member.children:
        found = _together([found, *(_climb(child, own, totals) for child in member.children)])
    totals[member.key] = found
    return found


def _together(parts: Iterable[Mapping[Key, Sums]]) -> dict[Key, Sums]:
    together: dict[Key, Sums] = {}
    for part in parts:
        for key, sums in part.items():
            together.setdefault(key, Sums()).add(sums)
    return together


def _ways_up(members: Iterable[Member], above: tuple[str, ...] = (ALL,)) -> dict[str, tuple[str, ...]]:
    """Key → the keys of all totals that it is part of."""
    ways: dict[str, tuple[str, ...]] = {}
    for member in members:
        ways[member.key] = (*above, member.key)
        ways |= _ways_up(member.children, ways[member.key])
    return ways


def _facts_of_groups(
    found: ProjectFilter, dimensions: Sequence[Dimension], indicators: bool, part: Part
) -> Iterator[tuple[Key, Sums]]:
    """What the groups of the projects found say; of sources also what none of them explains."""
    groups = groups_of(found, [dimension.key for dimension in dimensions], part)
    at = next((place for place, dimension in enumerate(dimensions) if dimension.key == "source"), None)
    wholes: dict[Key, Sums] = {}
    of_sources: dict[Key, Sums] = {}
    unlisted: dict[Key, Sums] = {}
    for key, group in groups:
        sums = Sums(group.projects, group.amount, group.period, group.indicators if indicators else 0)
        kind = wholes if at is None or key[at] == ALL else unlisted if key[at] == UNLISTED else of_sources
        kind[key] = sums
    yield from wholes.items()
    if at is None:
        return
    yield from of_sources.items()
    counted = {
        key: _Whole(sums, unlisted.get((*key[:at], UNLISTED, *key[at + 1 :]), NOTHING).count)
        for key, sums in wholes.items()
    }
    for key, sums in _unlisted(counted, of_sources, at):
        yield key, Sums(sums.count, sums.amount, sums.period, unlisted.get(key, NOTHING).indicators)


def _facts(
    projects: ProjectQuerySet, matching: Q | None, dimensions: Sequence[Dimension], indicators: bool
) -> Iterator[tuple[Key, Sums]]:
    """Every sum that the database makes, variant by variant: each dimension at one of its levels."""
    keys = [dimension.key for dimension in dimensions]
    with_source = "source" in keys
    whole: dict[Key, _Whole] = {}
    for levels in product(*(dimension.levels for dimension in dimensions)):
        grouping = _Grouping(dict(zip(keys, levels, strict=True)), matching)
        if grouping.levels.get("source") is None:
            whole = dict(_wholes(projects, grouping, with_source))
            found = {key: one.sums for key, one in whole.items()}
        else:
            found = dict(_of_sources(projects, grouping))
            found.update(_unlisted(whole, found, keys.index("source")))
        yield from found.items()
        if indicators:
            yield from _of_indicators(projects, grouping)


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

    def projects(self, projects: ProjectQuerySet, **sums: Any) -> Iterator[tuple[Key, dict[str, Any]]]:
        """Sums over projects by key, grouped by the set of their classes where classes are grouped by."""
        sets = {"category": set_of("indicators__category_id", self.matching)} if "category" in self.levels else {}
        return _grouped(projects, {**self.levels, **sets}, sums)

    def indicators(self, projects: ProjectQuerySet, **sums: Any) -> Iterator[tuple[Key, dict[str, Any]]]:
        """Sums over the projects' matching indicators by key."""
        return _grouped(projects.filter(self.matching), self.levels, sums)


def set_of(path: str, matching: Q) -> Subquery:
    """The different values of a project's matching indicators, joined."""
    own = Project.objects.filter(matching, pk=OuterRef("pk")).order_by().values("pk")
    return Subquery(own.annotate(together=StringAgg(path, JOINED, distinct=True)).values("together"))


def _grouped(
    projects: ProjectQuerySet, levels: Mapping[str, Combinable | None], sums: Mapping[str, Any]
) -> Iterator[tuple[Key, dict[str, Any]]]:
    # What is grouped by gets names of its own, which no field has.
    names = {f"by_{name}": level for name, level in levels.items() if level is not None}
    if not names:
        yield tuple(ALL for _ in levels), projects.order_by().aggregate(**sums)
        return
    for row in projects.order_by().annotate(**names).values(*names).annotate(**sums):
        yield tuple(_text(row, f"by_{name}") for name in levels), row


def _text(row: Mapping[str, Any], name: str) -> str:
    """A group's value as part of a key: blank and empty both are `NONE`."""
    return ALL if name not in row else str(row[name] or NONE)


def _wholes(projects: ProjectQuerySet, grouping: _Grouping, with_source: bool) -> Iterator[tuple[Key, _Whole]]:
    sums = {"n": Count("pk"), "annual": Sum("amount"), "period": Sum("period_amount")}
    if with_source:
        sums["unlisted"] = Count("pk", filter=has_money_of(UNLISTED))
    for key, row in grouping.projects(projects, **sums):
        if row["n"]:
            yield key, _Whole(Sums(row["n"], row["annual"], row["period"]), row.get("unlisted", 0))


def _of_sources(projects: ProjectQuerySet, grouping: _Grouping) -> Iterator[tuple[Key, Sums]]:
    """Projects with money of a source in the year, and all money of the source in the year and in the period."""
    annual = Q(funding__scope=Scope.ANNUAL)
    for key, row in grouping.projects(
        projects.filter(funding__amount__isnull=False),
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


def _of_indicators(projects: ProjectQuerySet, grouping: _Grouping) -> Iterator[tuple[Key, Sums]]:
    """How many indicators; under a funding source, those of the projects that have money of it."""
    number = {"n": Count("indicators__pk")}
    if grouping.levels.get("source") is None:
        counts = grouping.indicators(projects, **number)
    else:
        paid = projects.filter(funding__scope=Scope.ANNUAL, funding__amount__gt=0)
        ungrouped = _Grouping({**grouping.levels, "source": None}, grouping.matching)
        rest = ungrouped.indicators(projects.filter(has_money_of(UNLISTED)), **number)
        at = list(grouping.levels).index("source")
        unlisted = (((*key[:at], UNLISTED, *key[at + 1 :]), row) for key, row in rest)
        counts = chain(grouping.indicators(paid, **number), unlisted)
    return ((key, Sums(indicators=row["n"])) for key, row in counts if row["n"])
