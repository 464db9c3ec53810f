"""How many projects there are in which region and year, which of them recur, and which bodies they belong to. Pure.

A number of projects is spread over regions by Zipf's law and over years with some growth. Within a region projects are
lines that live for one, a few or all years: each year's projects are the lines of three windows, which move on as old
ones end and new ones begin. So any project can be made by its number alone, without those before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from benchmarks.generating.draws import Draws, mixed
from benchmarks.generating.places import counties
from benchmarks.generating.words import BODIES
from projects.regions import RegionRef

YEARS: Final = range(2016, 2026)
LONG, SEVERAL, ONCE = range(3)
KINDS: Final = (LONG, SEVERAL, ONCE)
_SHARES: Final = {LONG: 0.35, SEVERAL: 0.30}
_LEAVING: Final = {LONG: 0.08, SEVERAL: 0.34, ONCE: 1.0}
"""The share of a year's lines that the next year no longer has."""
_ZIPF: Final = 0.6
_FEWEST_BODIES: Final = 15


class Line(NamedTuple):
    """One project over all of its years: which in its region, and how long it lives."""

    number: int
    kind: int
    ordinal: int
    """Which of its kind."""


class Lot(NamedTuple):
    """The projects of one region and year: what one file brings."""

    number: int
    place: int
    """Index of the region."""
    year: int
    first: int
    """Number of its first project, counted from 0."""
    windows: tuple[tuple[int, int], ...]
    """First line and number of lines of each kind."""

    @property
    def size(self) -> int:
        """How many projects."""
        return sum(count for _, count in self.windows)

    def lines(self) -> Iterator[Line]:
        """The projects in the order of their numbers."""
        for kind, (first, count) in enumerate(self.windows):
            for ordinal in range(first, first + count):
                yield Line(ordinal * len(KINDS) + kind, kind, ordinal)


@dataclass
class Plan:
    """Which projects a seed means. ``regions`` are fewer in tests only."""

    projects: int
    seed: int
    most_regions: int | None = None
    regions: list[RegionRef] = field(init=False)

    def __post_init__(self) -> None:
        self.regions = counties()[: self.most_regions]

    @cached_property
    def weights(self) -> list[float]:
        """How much of everything a region has."""
        ranks = list(range(1, len(self.regions) + 1))
        Draws(self.seed, 1).shuffle(ranks)
        return [rank**-_ZIPF for rank in ranks]

    @cached_property
    def lots(self) -> list[Lot]:
        """Every region and year with projects, by year and then by region."""
        windows = [self._windows(place, counts) for place, counts in enumerate(self._counts())]
        lots: list[Lot] = []
        first = 0
        for at, year in enumerate(YEARS):
            for place in range(len(self.regions)):
                lot = Lot(len(lots), place, year, first, windows[place][at])
                if lot.size:
                    lots.append(lot)
                    first += lot.size
        return lots

    def _counts(self) -> list[list[int]]:
        """Projects by region and year. They sum up to all."""
        total = sum(self.weights)
        ends = [int(self.projects * upto / total + 1e-6) for upto in accumulate(self.weights)]
        ends[-1] = self.projects
        sizes = [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]
        return [_over_years(size, mixed(self.seed, 2, place)) for place, size in enumerate(sizes)]

    def _windows(self, place: int, counts: list[int]) -> list[tuple[tuple[int, int], ...]]:
        shift = mixed(self.seed, 3, place) / 2**64
        firsts, before, found = [0, 0, 0], [0, 0, 0], []
        for count in counts:
            long, several = int(count * _SHARES[LONG] + shift * 0.9), int(count * _SHARES[SEVERAL] + (1 - shift) * 0.9)
            now = [min(long, count), min(several, count - min(long, count))]
            now.append(count - sum(now))
            for kind in KINDS:
                firsts[kind] += int(before[kind] * _LEAVING[kind] + (shift if kind != ONCE else 0))
            found.append(tuple(zip(firsts, now, strict=True)))
            before = now
        return found

    @cached_property
    def bodies(self) -> list[int]:
        """How many bodies each region may have projects of: fifteen to sixty, larger regions more."""
        largest, more = max(self.weights), len(BODIES) - _FEWEST_BODIES
        spreads = [0.6 + 1.4 * (mixed(self.seed, 4, place) / 2**64) for place in range(len(self.regions))]
        sizes = zip(self.weights, spreads, strict=True)
        return [min(len(BODIES), _FEWEST_BODIES + int((one / largest) ** 0.2 * spread * more)) for one, spread in sizes]

    def body_of(self, place: int, line: Line) -> int:
        """Which body's project it is (an index of `BODIES`): the first ones have most."""
        if line.kind == LONG:
            return line.ordinal % self.bodies[place]
        drawn = (mixed(self.seed, 5, place, line.number) >> 40) / 2**24
        return int(self.bodies[place] * drawn**2.2)

    @cached_property
    def departments(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The bodies that have projects, by region and body: their number, counted from 1, and their first lot."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for lot in self.lots:
            for line in lot.lines():
                key = lot.place, self.body_of(lot.place, line)
                if key not in found:
                    found[key] = len(found) + 1, lot.number
        return found


def _over_years(count: int, drawn: int) -> list[int]:
    """A region's projects by year, growing by three of a hundred a year; small remainders fall on any year."""
    weights = [1.03**at for at in range(len(YEARS))]
    total, shift = sum(weights), drawn / 2**64
    ends = [int(count * upto / total + shift) for upto in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends[:-1]], [*ends[:-1], count], strict=True)]
