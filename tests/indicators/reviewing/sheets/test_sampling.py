"""Samples of projects: reproducible, without replacement, with chances in proportion to money."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.reviewing.sheets.sampling import drawn_by_money, places_at_random

AMOUNTS = st.dictionaries(
    st.integers(1, 500), st.none() | st.decimals(0, 10**9, places=2, allow_nan=False), max_size=40
)


@given(AMOUNTS, st.integers(1, 30), st.integers(0, 99))
def test_a_sample_by_money_has_the_size_and_nothing_without_money(
    amounts: dict[int, Decimal | None], size: int, seed: int
) -> None:
    sample = drawn_by_money(amounts, size, seed)
    with_money = {number for number, amount in amounts.items() if amount}
    assert set(sample.chances) <= with_money
    assert len(sample.chances) == min(size, len(with_money))
    assert sample.population == len(amounts)


@given(AMOUNTS, st.integers(1, 30), st.integers(0, 99))
def test_the_same_seed_draws_the_same(amounts: dict[int, Decimal | None], size: int, seed: int) -> None:
    again = dict(reversed(amounts.items()))
    assert drawn_by_money(amounts, size, seed) == drawn_by_money(again, size, seed)
    assert places_at_random(len(amounts), size, seed) == places_at_random(len(amounts), size, seed)


@given(AMOUNTS, st.integers(1, 30), st.integers(0, 99))
def test_chances_lie_between_none_and_certainty(amounts: dict[int, Decimal | None], size: int, seed: int) -> None:
    assert all(0 < chance <= 1 for chance in drawn_by_money(amounts, size, seed).chances.values())


def test_what_is_as_large_as_the_interval_is_always_drawn() -> None:
    amounts = {1: Decimal(900), **{number: Decimal(10) for number in range(2, 12)}}
    for seed in range(30):
        assert drawn_by_money(amounts, 3, seed).chances[1] == 1


def test_twice_the_money_is_drawn_about_twice_as_often() -> None:
    amounts = {number: Decimal(100 if number <= 20 else 200) for number in range(1, 41)}
    seen = Counter(number for seed in range(600) for number in drawn_by_money(amounts, 6, seed).chances)
    small, large = (sum(seen[number] for number in span) for span in (range(1, 21), range(21, 41)))
    assert 1.8 < large / small < 2.2


def test_at_random_all_are_drawn_about_as_often() -> None:
    seen = Counter(number for seed in range(800) for number in places_at_random(10, 3, seed))
    assert all(180 < seen[number] < 300 for number in range(10))


def test_more_than_there_are_is_all_of_them() -> None:
    assert places_at_random(3, 9, 1) == [0, 1, 2]
    assert places_at_random(0, 9, 1) == []
