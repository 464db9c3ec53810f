"""Bounds as people type them."""

from decimal import Decimal

import pytest

from projects.filters.bounds import (
    Bound,
    BoundError,
    amounts_in_words,
    numbers_in_words,
    read_amount,
    read_bound,
    refuse_empty_range,
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("90", Bound(Decimal(90), False, None)), ("90%", Bound(Decimal(90), False, "%")),
        ("<90%", Bound(Decimal(90), True, "%")), ("＜ ９０ ％", Bound(Decimal(90), True, "%")),
        ("≤1,338.5万元", Bound(Decimal("1338.5"), False, "万元")), ("-1", Bound(Decimal(-1), False, None)),
    ],
)  # fmt: skip
def test_an_upper_bound_may_carry_sign_and_unit(typed: str, bound: Bound) -> None:
    assert read_bound(typed, is_upper=True) == bound


@pytest.mark.parametrize("typed", ["", "高", "90 以上", "1.2.3", "9" * 30, "80-90", "%"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BoundError, match="不是可用的目标值"):
        read_bound(typed, is_upper=False)


def test_a_sign_that_points_the_other_way_is_refused() -> None:
    with pytest.raises(BoundError, match="下限只能写"):
        read_bound("<90", is_upper=False)
    with pytest.raises(BoundError, match="上限只能写"):
        read_bound("≥90", is_upper=True)


@pytest.mark.parametrize(("lower", "upper"), [("90", "80"), (">90", "90"), ("80%", "90户")])
def test_a_range_that_holds_nothing_is_refused(lower: str, upper: str) -> None:
    with pytest.raises(BoundError):
        refuse_empty_range(read_bound(lower, is_upper=False), read_bound(upper, is_upper=True))


def test_per_cent_is_printed_in_two_ways() -> None:
    assert read_bound("90%", is_upper=True).units == read_bound("90百分比", is_upper=True).units
    assert read_bound("90", is_upper=True).units == ()


def test_an_amount_may_name_its_own_unit() -> None:
    assert read_amount("500", "万元") == Decimal(5_000_000)
    assert read_amount("3亿元", "万元") == Decimal(300_000_000)


@pytest.mark.parametrize("typed", ["-", "-5", "abc", "0.0000001", "1e5", "9" * 40])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(BoundError, match="不是可用的金额"):
        read_amount(typed, "万元")


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        (None, "<90%", "< 90%"), ("80", None, "≥ 80"), ("80", "90%", "80–90%"), (">80%", "90%", "> 80% 且 ≤ 90%"),
    ],
)  # fmt: skip
def test_ranges_of_numbers_in_words(lower: str | None, upper: str | None, words: str) -> None:
    ends = [read_bound(typed, is_upper=bool(at)) if typed else None for at, typed in enumerate((lower, upper))]
    assert numbers_in_words(*ends) == words


def test_ranges_of_amounts_in_words() -> None:
    assert amounts_in_words(Decimal(5_000_000), None, "万元") == "≥ 500 万元"
    assert amounts_in_words(Decimal(5_000), Decimal(10_000), "元") == "5,000–10,000 元"
