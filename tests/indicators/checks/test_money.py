"""Rules on money."""

from decimal import Decimal

import pytest

from indicators.checks import Severity, money
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


def test_a_project_of_one_year_has_the_same_money_in_both_scopes() -> None:
    (finding,) = found(money.one_year_totals_differ, form(amount=3_000_000, period_amount=5_300_000, duration="1年"))
    assert "5,300,000.00 元与年度资金总额 3,000,000.00 元应当相等" in finding.message
    assert finding.severity is None
    assert "duration" in finding.fields


def test_once_without_a_duration_is_less_certain() -> None:
    (finding,) = found(money.one_year_totals_differ, form(amount=3, period_amount=5, duration=""))
    assert finding.severity is Severity.SHOULD


@pytest.mark.parametrize(
    "given",
    [
        {"amount": 3, "period_amount": 5, "duration": "2年"},
        {"amount": 3, "period_amount": 5, "duration": "", "attribute": "延续性项目"},
        {"amount": 5, "period_amount": 3, "duration": "1年"},
        {"amount": 5, "period_amount": 5, "duration": "1年"},
        {"amount": 5, "period_amount": None, "duration": "1年"},
    ],
)
def test_totals_that_may_differ_are_left_alone(given: dict[str, object]) -> None:
    assert not found(money.one_year_totals_differ, form(**given))  # type: ignore[arg-type]


def test_sources_without_a_total_are_found() -> None:
    funding = {"annual": {"central": None, "local": Decimal(500_000)}}
    (finding,) = found(money.total_blank, form(amount=None, funding=funding))
    assert finding.fields == ("funding.annual.total", "funding.annual.local")
    assert "500,000.00 元" in finding.message


@pytest.mark.parametrize("cell", [None, Decimal(0)])
def test_sources_of_nothing_need_no_total(cell: Decimal | None) -> None:
    assert not found(money.total_blank, form(amount=None, funding={"annual": {"local": cell}}))


def test_a_project_without_money_is_found() -> None:
    assert found(money.only_zero, form(amount=0, period_amount=0))
    assert found(money.only_zero, form(amount=0, period_amount=None))


@pytest.mark.parametrize(("amount", "period"), [(0, 500), (500, 500), (None, None)])
def test_money_in_either_scope_or_in_none_is_no_zero(amount: int | None, period: int | None) -> None:
    assert not found(money.only_zero, form(amount=amount, period_amount=period))
