"""Rules on money."""

from decimal import Decimal

from indicators.checks import money
from tests.indicators.checks.forms import form, found, messages


def test_a_period_has_no_less_money_than_its_year() -> None:
    (finding,) = found(money.period_below_annual, form(amount=9_000_000, period_amount=0))
    assert finding.fields[0] == "funding.period.total"
    assert "0.00 元少于年度资金总额 9,000,000.00 元" in finding.message


def test_a_blank_total_is_not_compared() -> None:
    assert not found(money.period_below_annual, form(amount=9_000_000, period_amount=None))


def test_sources_that_do_not_add_to_the_total_are_told_with_the_difference() -> None:
    funding = {"annual": {"central": Decimal(60), "local": None, "other": Decimal(30)}}
    assert "相差 10.00 元" in messages(money.sources_differ, form(amount=100, funding=funding))[0]


def test_blank_sources_say_nothing() -> None:
    assert not found(money.sources_differ, form(amount=100, funding={"annual": {"central": None}}))
