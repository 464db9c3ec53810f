"""Money: yuan to the fen, from every printed unit, and nothing lost on the way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals.money import LIMIT, UNITS, AmountError, format_amount, in_unit, parse_amount

amounts = st.decimals(min_value=0, max_value=LIMIT - 1, places=2)


@pytest.mark.parametrize(
    ("printed", "unit", "yuan"),
    [
        ("5,300,000", "元", "5300000.00"),
        ("19,880,424.28", "元", "19880424.28"),
        ("6516.5", "万元", "65165000.00"),
        ("30000.00", "万元", "300000000.00"),
        ("0", "元", "0.00"),
        ("530万元", "元", "5300000.00"),
        ("１２．５", "亿元", "1250000000.00"),
        (" 1 000 ", "元", "1000.00"),
    ],
)
def test_printed_amounts_become_yuan(printed: str, unit: str, yuan: str) -> None:
    assert parse_amount(printed, unit) == Decimal(yuan)


@pytest.mark.parametrize("printed", ["", "  ", "—", "-", "/"])
def test_a_blank_cell_is_not_zero(printed: str) -> None:
    assert parse_amount(printed, "元") is None
    assert parse_amount("0", "元") == Decimal("0.00")


@pytest.mark.parametrize("printed", ["一百万", "5,30", "1,2345", "-5", "1e5", "5.", ".5", "5 O0", "12%", "=1+1"])
def test_text_that_is_no_amount_is_refused_by_name(printed: str) -> None:
    with pytest.raises(AmountError, match="不是金额"):
        parse_amount(printed, "元")


@pytest.mark.parametrize("printed", ["1" + "0" * 15, "9" * 5000, "1" + "0" * 30])
def test_an_impossible_amount_is_refused(printed: str) -> None:
    with pytest.raises(AmountError, match="过大"):
        parse_amount(printed, "元")


def test_less_than_a_fen_is_refused() -> None:
    with pytest.raises(AmountError, match="不足一分"):
        parse_amount("1.23456789", "万元")


@given(amounts, st.sampled_from(sorted(UNITS)))
def test_what_is_printed_in_a_unit_reads_back_to_the_fen(yuan: Decimal, unit: str) -> None:
    printed = format_amount(yuan, unit)
    assert parse_amount(printed, unit) == yuan
    assert in_unit(yuan, unit) * UNITS[unit] == yuan


def test_zero_and_blank_print_differently() -> None:
    assert format_amount(Decimal(0), "万元") == "0.00"
    assert format_amount(None, "万元") == "—"


def test_figures_have_separators_and_at_least_two_places() -> None:
    assert format_amount(Decimal("13762740000.00"), "万元") == "1,376,274.00"
    assert format_amount(Decimal("19880424.28"), "万元") == "1,988.042428"
    assert format_amount(Decimal("100000000"), "亿元") == "1.00"


@given(st.decimals(min_value=0, max_value=10**14, places=2), st.sampled_from(list(UNITS)))
def test_digits_below_a_fen_are_never_rounded_away(yuan: Decimal, unit: str) -> None:
    printed = f"{in_unit(yuan, unit):f}"
    behind = "" if "." in printed else "."
    assert parse_amount(f"{printed}{behind}{'0' * 40}", unit) == yuan
    with pytest.raises(AmountError):
        parse_amount(f"{printed}{behind}{'0' * 40}1", unit)


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    with pytest.raises(AmountError) as error:
        parse_amount("1,200.00" * 500, "元")
    assert len(str(error.value)) < 80
