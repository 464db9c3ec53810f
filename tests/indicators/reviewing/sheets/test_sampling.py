"""Samples of projects: reproducible, without replacement, with chances in proportion to money."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.reviewing.sheets.sampling import Largest, drawn_by_money, places_at_random

REGIONS = ("140403", "140404", "140423")
YUAN = st.none() | st.decimals(0, 10**9, places=2, allow_nan=False)
AMOUNTS = st.dictionaries(st.integers(1, 500), st.tuples(st.sampled_from(REGIONS), YUAN), max_size=40)
Amounts = Mapping[int, tuple[str, Decimal | None]]


def drawn(amounts: Amounts, size: int, seed: int, read: list[str] | None = None) -> dict[int, Decimal]:
    """A sample of projects in memory. Notes the regions that were read."""
    having = {number: (region, amount) for number, (region, amount) in amounts.items() if amount}
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for region, amount in having.values():
        sums[region] += amount

    def amounts_in(regions: Collection[str]) -> dict[str, dict[int, Decimal]]:
        (read if read is not None else []).extend(regions)
        return {
            wanted: {number: own for number, (region, own) in having.items() if region == wanted} for wanted in regions
        }

    largest = sorted(having.items(), key=lambda one: (-one[1][1], one[0]))[:size]
    return drawn_by_money([Largest(number, *rest) for number, rest in largest], sums, amounts_in, size, seed)


@given(AMOUNTS, st.integers(1, 30), st.integers(0, 99))
def test_a_sample_by_money_has_the_size_and_nothing_without_money(amounts: Amounts, size: int, seed: int) -> None:
    chances = drawn(amounts, size, seed)
    with_money = {number for number, (_, amount) in amounts.items() if amount}
    assert set(chances) <= with_money
    assert len(chances) == min(size, len(with_money))


@given(AMOUNTS, st.integers(1, 30), st.integers(0, 99))
def test_the_same_seed_draws_the_same(amounts: Amounts, size: int, seed: int) -> None:
    again = dict(reversed(amounts.items()))
    assert drawn(amounts, size, seed) == drawn(again, size, seed)
    assert places_at_random(len(amounts), size, seed) == places_at_random(len(amounts), size, seed)


@given(AMOUNTS, st.integers(1, 30))
def test_chances_are_the_share_of_the_money_that_is_left_after_what_is_certain(amounts: Amounts, size: int) -> None:
    chances = drawn(amounts, size, 1)
    uncertain = {number: chance for number, chance in chances.items() if chance < 1}
    left = sum(amount or 0 for number, (_, amount) in amounts.items() if chances.get(number) != 1)
    for number, chance in uncertain.items():
        assert abs(chance - (amounts[number][1] or 0) * len(uncertain) / left) < Decimal("1e-20")
        assert chance > 0


def test_what_is_as_large_as_the_interval_is_always_drawn() -> None:
    amounts = {1: ("140404", Decimal(900)), **{number: ("140404", Decimal(10)) for number in range(2, 12)}}
    for seed in range(30):
        assert drawn(amounts, 3, seed)[1] == 1


def test_twice_the_money_is_drawn_about_twice_as_often() -> None:
    amounts = {number: (REGIONS[number % 3], Decimal(100 if number <= 20 else 200)) for number in range(1, 41)}
    seen = Counter(number for seed in range(600) for number in drawn(amounts, 6, seed))
    small, large = (sum(seen[number] for number in span) for span in (range(1, 21), range(21, 41)))
    assert 1.8 < large / small < 2.2


def test_each_region_is_drawn_from_as_often_as_it_has_money() -> None:
    amounts = {number: (REGIONS[number % 3], Decimal(100)) for number in range(60)}
    for seed in range(50):
        assert set(Counter(amounts[number][0] for number in drawn(amounts, 6, seed)).values()) == {2}


def test_only_regions_that_a_cut_falls_into_are_read() -> None:
    read: list[str] = []
    amounts = {number: (f"{number // 10:06}", Decimal(number % 7 + 1)) for number in range(1000)}
    assert len(drawn(amounts, 8, 3, read)) == 8
    assert len(set(read)) <= 8


def test_at_random_all_are_drawn_about_as_often() -> None:
    seen = Counter(number for seed in range(800) for number in places_at_random(10, 3, seed))
    assert all(180 < seen[number] < 300 for number in range(10))


def test_more_than_there_are_is_all_of_them() -> None:
    assert places_at_random(3, 9, 1) == [0, 1, 2]
    assert places_at_random(0, 9, 1) == []
