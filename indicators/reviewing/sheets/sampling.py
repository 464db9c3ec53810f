"""Drawing a sample of projects with a stated seed: the same seed gives the same sample of the same projects. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

METHODS: Final = {"all": "全部", "random": "简单随机抽样", "money": "按金额抽样（PPS）"}
EXPLAINED: Final = {
    "all": "筛选到的项目全部列入。",
    "random": "每个项目入样的机会相同，不重复抽取。",
    "money": "按年度金额系统抽样，不重复抽取：各行政区划的金额依次排列，按相等的间隔抽取，入样机会与金额成正比，金额达到抽样间隔的项目必定入样；没有金额或金额为 0 的项目不会入样。",
}


AmountsIn = Callable[[Collection[str]], Mapping[str, Mapping[int, Decimal]]]
"""Region → number → yuan, of the projects with money in the regions asked for."""


_BITS: Final = 64
"""How finely a random start is told."""


class Sample(NamedTuple):
    """Projects drawn, each with its chance of being drawn (1: for certain)."""

    chances: Mapping[int, Decimal]
    population: int
    """How many projects it was drawn from."""


def places_at_random(population: int, size: int, seed: int) -> list[int]:
    """``size`` of the places from 0, all with the same chance; all of them where there are no more. In their order.

    They are places in the order of the projects' numbers, so that of very many projects none has to be read for it.
    """
    chosen = random.Random(seed).sample(range(population), min(size, population))  # noqa: S311  # to be drawn again
    return sorted(chosen)


class Largest(NamedTuple):
    """A project with much money: where it lies, its yuan."""

    number: int
    region: str
    amount: Decimal


def drawn_by_money(
    largest: Sequence[Largest], sums: Mapping[str, Decimal], amounts_in: AmountsIn, size: int, seed: int
) -> dict[int, Decimal]:
    """At most ``size`` projects and their chances, in proportion to their yuan: systematic, without replacement.

    ``largest``: as many of the projects with most money as are wanted, the first the largest (none without money);
    ``sums``: region → yuan of all its projects.

    What is as large as the interval is taken for certain, and the interval reckoned anew for the rest, until nothing
    is. The rest is laid end to end, region after region, within each in an order by the seed, and cut at equal distances
    from a random start: money in one region is drawn as often as it is there. Only the regions where a cut falls are read.
    """
    left, rest = min(size, len(largest)), {region: _fen(amount) for region, amount in sorted(sums.items())}
    total = sum(rest.values())
    chances = dict[int, Decimal]()
    # The interval only shrinks with each that is taken, so that these are the largest, one after the other.
    for number, region, amount in largest[:left]:
        if _fen(amount) * left < total:
            break
        total -= _fen(amount)
        rest[region] -= _fen(amount)
        chances[number] = Decimal(1)
        left -= 1
    if left:
        start = random.Random(seed).getrandbits(_BITS)  # noqa: S311  # to be drawn again
        # A cut inside a fen belongs to that fen: rounded down it is exact, and falls where it would.
        marks = [total * (start + (step << _BITS)) // (left << _BITS) for step in range(left)]
        cuts = _by_region(rest, marks)
        for region, amounts in amounts_in(list(cuts)).items():
            pool = {number: _fen(amount) for number, amount in sorted(amounts.items()) if number not in chances}
            order = list(pool)
            random.Random(f"{seed} {region}").shuffle(order)  # noqa: S311  # as above
            chances |= {number: Decimal(pool[number] * left) / total for number in _cut(pool, order, cuts[region])}
    return dict(sorted(chances.items()))


def _fen(yuan: Decimal) -> int:
    return int(yuan.scaleb(2))


def _by_region(sums: Mapping[str, int], marks: Iterable[int]) -> dict[str, list[int]]:
    """Region → the marks that fall into it, from where its own money begins; each is below the sum of all."""
    found: dict[str, list[int]] = {}
    regions, begin, end, region = iter(sums.items()), 0, 0, ""
    for mark in marks:
        while mark >= end:
            region, amount = next(regions)
            begin, end = end, end + amount
        found.setdefault(region, []).append(mark - begin)
    return found


def _cut(pool: Mapping[int, int], order: Iterable[int], marks: Sequence[int]) -> Iterator[int]:
    """Every amount is below the distance of two marks, so that no project can hold both."""
    reached, waiting = 0, list(reversed(marks))
    for number in order:
        reached += pool[number]
        if waiting and waiting[-1] < reached:
            waiting.pop()
            yield number
