"""Drawing a sample of projects with a stated seed: the same seed gives the same sample of the same projects. Pure."""

from __future__ import annotations

import heapq
import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

METHODS: Final = {"all": "全部", "random": "简单随机抽样", "money": "按金额抽样（PPS）"}
EXPLAINED: Final = {
    "all": "筛选到的项目全部列入。",
    "random": "每个项目入样的机会相同，不重复抽取。",
    "money": "按年度金额系统抽样，不重复抽取：入样机会与金额成正比，金额达到抽样间隔的项目必定入样；没有金额或金额为 0 的项目不会入样。",
}


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


def drawn_by_money(amounts: Mapping[int, Decimal | None], size: int, seed: int) -> Sample:
    """``size`` of the projects, with chances in proportion to their yuan: systematic, without replacement.

    What is as large as the interval is taken for certain, and the interval reckoned anew for the rest, until nothing
    is. The rest is put into an order by the seed, laid end to end, and cut at equal distances from a random start.
    """
    pool = {number: amount for number, amount in sorted(amounts.items()) if amount and amount > 0}
    left, total = min(size, len(pool)), sum(pool.values(), Decimal(0))
    chances = dict[int, Decimal]()
    # The interval only shrinks with each that is taken, so that these are the largest, one after the other.
    for number in heapq.nlargest(left, pool, key=pool.__getitem__):
        if pool[number] * left < total:
            break
        total -= pool.pop(number)
        chances[number] = Decimal(1)
        left -= 1
    if left:
        chances |= _cut(pool, total / left, left, random.Random(seed))  # noqa: S311  # as above
    return Sample(dict(sorted(chances.items())), len(amounts))


def _cut(pool: Mapping[int, Decimal], interval: Decimal, size: int, source: random.Random) -> dict[int, Decimal]:
    order = list(pool)
    source.shuffle(order)
    marks = [interval * (Decimal(source.random()) + step) for step in range(size)]
    found: dict[int, Decimal] = {}
    reached = Decimal(0)
    for number in order:
        reached += pool[number]
        # Every amount is below the interval, so that no project can hold two marks.
        if len(found) < size and marks[len(found)] < reached:
            found[number] = pool[number] / interval
    return found
