"""Choices of which a country has thousands: regions, departments and sections, taken from the projects that a person sees.

Where there are few, all are offered. Where there are many, those that were chosen are looked up by their values, and others
are searched for by name: nothing here reads all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property, reduce
from operator import and_
from typing import Final, Protocol

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from projects.filters.conditions import NONE
from projects.filters.stepping import different_values
from projects.models import Department, Region
from projects.querysets import ProjectQuerySet
from projects.region_tree import region_tree
from projects.rollups.models import ProjectTally

Tallies = QuerySet[ProjectTally]
Pairs = list[tuple[str, str]]
"""Values of the address, each with its name."""

FEW: Final = 30
"""As many choices stand in a list at once; of more, one is searched for."""
LOOKED_AT: Final = 2_000
"""Tallies that are looked at before all of them, to tell whether there are many departments."""
INDENT: Final = "\u3000"
_LONGEST_NUMBER: Final = 18
_LONGEST_SECTION: Final = 60


class Offer(Protocol):
    """The choices of one filter."""

    @property
    def is_few(self) -> bool:
        """Whether there are no more than `FEW`."""

    @property
    def few(self) -> Pairs:
        """All choices where they are few, else none."""

    def named(self, values: Collection[str]) -> Pairs:
        """Those of the values that may be chosen, in the usual order; all others are left out."""

    def matching(self, words: Collection[str], most: int) -> list[str]:
        """The first values, ``most`` of them, whose names hold every word."""


class Regions:
    """Regions with projects, and the divisions above them.

    ``everything`` names projects that are all of an archive; ``tallies`` are those of the projects where these are all of some
    regions, narrow rows beside wide ones.
    """

    def __init__(
        self, projects: ProjectQuerySet, *, everything: str | None = None, tallies: Tallies | None = None
    ) -> None:
        self._projects = projects
        self._everything = everything
        self._tallies = tallies

    @cached_property
    def _codes(self) -> set[str]:
        """Of those with projects, as many as tell whether they are few."""
        if self._everything:
            return set(different_values(self._projects, "region_id", FEW + 1, once=self._everything))
        rows = self._projects.order_by() if self._tallies is None else self._tallies
        return set(rows.values_list("region", flat=True).distinct()[: FEW + 1])

    @property
    def is_few(self) -> bool:
        """Whether few regions have projects."""
        return len(self._codes) <= FEW

    @cached_property
    def few(self) -> Pairs:
        """Those with projects, below the divisions that join several."""
        if not self.is_few:
            return []
        return [
            (branch.region.code, INDENT * branch.depth + (branch.region.short_name if branch.depth else branch.region.name))
            for branch in region_tree(self._codes)
        ]  # fmt: skip

    def named(self, values: Collection[str]) -> Pairs:
        """By the full name, which no two regions share."""
        codes = [value for value in values if value.isascii() and value.isdigit() and len(value) == 6]
        return list(self._seen().filter(code__in=codes).values_list("code", "name")) if codes else []

    def matching(self, words: Collection[str], most: int) -> list[str]:
        """Cities before their counties, as the codes have it."""
        return list(self._seen().filter(holding(words, "name")).values_list("code", flat=True)[:most])

    def path_to(self, code: str) -> Pairs:
        """The divisions of the highest level, with those below the chosen region and below every one above it."""
        chosen = Region.objects.filter(code=code).select_related("parent__parent").first()
        opened = {region.code for region in _line(chosen)}
        below: dict[str | None, list[Region]] = {}
        for region in self._seen().filter(Q(parent=None) | Q(parent__in=opened)):
            below.setdefault(region.parent_id, []).append(region)
        return list(_laid_out(below, None, 0))

    def _seen(self) -> QuerySet[Region]:
        having = (
            Exists(self._projects.filter(**{path: OuterRef("pk")}).order_by())
            for path in ("region", "region__parent", "region__parent__parent")
        )
        own, below, further = having
        return Region.objects.filter(own | below | further).order_by("code")


def _line(region: Region | None) -> Iterable[Region]:
    while region is not None:
        yield region
        region = region.parent


def _laid_out(below: dict[str | None, list[Region]], above: str | None, depth: int) -> Iterable[tuple[str, str]]:
    for region in below.get(above, ()):
        yield region.code, INDENT * depth + (region.short_name if depth else region.name)
        yield from _laid_out(below, region.code, depth + 1)


_UNNAMED: Final = [(NONE, "未列明部门")]


class Departments:
    """Departments with projects, by number, and ``none``. ``everything`` and ``tallies`` are as of `Regions`."""

    def __init__(
        self, projects: ProjectQuerySet, *, everything: str | None = None, tallies: Tallies | None = None
    ) -> None:
        self._projects = projects
        self._everything = everything
        self._tallies = tallies

    @cached_property
    def _keys(self) -> set[int | None]:
        """Of their numbers, as many as tell whether they are few; ``None`` is of projects without a department."""
        if self._tallies is not None:
            numbers = self._tallies.values_list("department", flat=True)
            # The first of thousands tell already that there are many.
            keys = set(numbers[:LOOKED_AT])
            if len(keys) <= FEW + 1:
                keys = set(numbers.distinct()[: FEW + 2])
            return {key or None for key in keys}
        if not self._everything:
            # As a sum, so that no index has it in order: PostgreSQL, which cannot tell how many projects a region has, would
            # go through all of them by department until it has met enough of those few that lie there.
            return set(self._projects.order_by().values_list(F("department") + 0, flat=True).distinct()[: FEW + 2])
        named = set(different_values(self._projects, "department_id", FEW + 1, once=self._everything))
        return named if len(named) > FEW or not self._has_unnamed else named | {None}

    @property
    def is_few(self) -> bool:
        """Whether few departments have projects."""
        return len(self._keys - {None}) <= FEW

    @cached_property
    def few(self) -> Pairs:
        """Those of one name told apart by their region."""
        if not self.is_few:
            return []
        rows = Department.objects.filter(pk__in=[key for key in self._keys if key is not None])
        named = told_apart(list(rows.values_list("pk", "name", "region__short_name", "region__name")))
        return named + (_UNNAMED if None in self._keys else [])

    def named(self, values: Collection[str]) -> Pairs:
        """Each with its region, unless its name begins with it: among thousands, most names are those of many departments."""
        keys = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER]
        rows = self._seen().filter(pk__in=keys).values_list("pk", "name", "region__name") if keys else ()
        named = [(str(pk), name if name.startswith(region) else f"{name}（{region}）") for pk, name, region in rows]
        return named + _UNNAMED if NONE in values and self._has_unnamed else named

    @cached_property
    def _has_unnamed(self) -> bool:
        return self._projects.filter(department=None).exists()

    def matching(self, words: Collection[str], most: int) -> list[str]:
        """By words of their own and their region's name; the shorter the name, the closer it is."""
        found = self._seen().filter(holding(words, "name", "region__name")).order_by(Length("name"), "region", "name")
        return [str(pk) for pk in found.values_list("pk", flat=True)[:most]]

    def _seen(self) -> QuerySet[Department]:
        return Department.objects.filter(Exists(self._projects.filter(department=OuterRef("pk")).order_by()))


def told_apart(rows: Collection[tuple[int, str, str, str]]) -> Pairs:
    """Departments (number, name, short and full name of the region): those of one name with their region, which has its
    full name where its short one is that of several."""
    names = Counter(name for _, name, _, _ in rows)
    places = Counter((name, short) for _, name, short, _ in rows)
    return [
        (str(pk), name if names[name] == 1 else f"{name}（{short if places[name, short] == 1 else full}）")
        for pk, name, short, full in rows
    ]


class Sections:
    """Sections as printed, and ``none``. ``everything`` and ``tallies`` are as of `Regions`."""

    def __init__(
        self, projects: ProjectQuerySet, *, everything: str | None = None, tallies: Tallies | None = None
    ) -> None:
        self._projects = projects
        self._everything = everything
        self._tallies = tallies

    @cached_property
    def _printed(self) -> set[str]:
        """Of the sections, as many as tell whether they are few; one is empty where projects have none."""
        if self._everything:
            return set(different_values(self._projects, "section", FEW + 2, once=self._everything))
        rows = self._sections() if self._tallies is None else self._tallies.distinct()
        return set(rows.values_list("section", flat=True)[: FEW + 2])

    @property
    def is_few(self) -> bool:
        """Whether projects name few sections."""
        return len(self._printed - {""}) <= FEW

    @cached_property
    def few(self) -> Pairs:
        """Nothing at all where no project names its section."""
        named = [(section, section) for section in sorted(self._printed - {""})] if self.is_few else []
        return [*named, (NONE, "未列明科室")] if named and "" in self._printed else named

    def named(self, values: Collection[str]) -> Pairs:
        """As printed."""
        asked = [value for value in values if value and "\0" not in value and len(value) <= _LONGEST_SECTION]
        stored = ["" if value == NONE else value for value in asked]
        known = set(self._sections().filter(section__in=stored).values_list("section", flat=True)) if stored else set()
        return [
            (value, "未列明科室" if value == NONE else value)
            for value in asked
            if ("" if value == NONE else value) in known
        ]

    def matching(self, words: Collection[str], most: int) -> list[str]:
        """In the order of their characters."""
        found = self._sections().exclude(section="").filter(holding(words, "section"))
        return list(found.order_by("section").values_list("section", flat=True)[:most])

    def _sections(self) -> ProjectQuerySet:
        return self._projects.order_by().values("section").distinct()  # type: ignore[return-value]  # rows of one column


def holding(words: Collection[str], *fields: str) -> Q:
    """The condition that each word stands in one of the fields."""
    each = (
        reduce(lambda one, other: one | other, (Q(**{f"{field}__contains": word}) for field in fields))
        for word in words
    )
    return reduce(and_, each, Q())
