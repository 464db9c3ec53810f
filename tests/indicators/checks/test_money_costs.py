"""Cost targets against the money of their scope."""

import pytest

from indicators.checks import Form, Severity, money_costs
from tests.indicators.checks.forms import form, found, messages, target

COST = "output.cost"


def with_costs(*rows: tuple[str, str], scope: str = "annual", **money: object) -> Form:
    return form(*(target(COST, name, value, scope=scope) for name, value in rows), **money)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["≤120万元", "120万元", "1200001元", "≤0.012亿元", "≤120万"])
def test_a_cost_above_the_money_is_found(value: str) -> None:
    (finding,) = found(money_costs.cost_above_budget, with_costs(("项目成本", value)))
    assert "1,000,000.00 元" in finding.message
    assert finding.fields[-1] == "funding.annual.total"


def test_halves_that_agree_are_one_finding() -> None:
    both = form(target(COST, "项目成本", "≤120万元"), target(COST, "项目成本", "≤120万元", scope="period"))
    (finding,) = found(money_costs.cost_above_budget, both)
    assert len(finding.fields) == 4
    assert "实施期和年度“项目成本”的指标值“≤120万元”" in finding.message
    assert "超过实施期和年度资金总额" in finding.message


def test_ten_thousand_times_the_money_is_told_as_a_slip_of_units() -> None:
    assert "疑把元写成了万元" in messages(money_costs.cost_above_budget, with_costs(("成本", "≤1000000万元")))[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("项目成本", "≤100万元"),
        ("亩均补贴标准", "≤1500000元"),
        ("设备单价", "≤120万元"),
        ("人均成本", "≤120万元"),
        ("节约成本", "120万元"),
        ("带动社会投资", "≤500万元"),
        ("补助标准", "≤500元/人"),
        ("成本控制率", "≤100%"),
        ("项目成本", "≥120万元"),
        ("成本控制", "有效"),
    ],
)
def test_what_is_within_or_no_sum_is_left_alone(name: str, value: str) -> None:
    assert not found(money_costs.cost_above_budget, with_costs((name, value)))


def test_rounding_of_the_last_place_is_no_excess() -> None:
    assert not found(money_costs.cost_above_budget, with_costs(("成本", "≤198.8万元"), amount="1987804.28"))
    assert found(money_costs.cost_above_budget, with_costs(("成本", "≤199.8万元"), amount="1987804.28"))


def test_the_whole_investment_beside_one_years_money_is_no_contradiction() -> None:
    of_three_years = {"amount": 1_000_000, "period_amount": 3_000_000, "duration": "3年"}
    assert not found(money_costs.cost_above_budget, with_costs(("项目总投资", "≤300万元"), **of_three_years))
    assert found(money_costs.cost_above_budget, with_costs(("项目总投资", "≤400万元"), **of_three_years))
    assert found(money_costs.cost_above_budget, with_costs(("材料费", "≤300万元"), **of_three_years))


def test_a_period_without_money_is_measured_by_the_year() -> None:
    broken = with_costs(("成本", "≤100万元"), scope="period", period_amount=0)
    assert not found(money_costs.cost_above_budget, broken)


def test_costs_that_add_to_less_are_a_hint_with_both_figures() -> None:
    (finding,) = found(money_costs.costs_differ, with_costs(("工程费", "≤60万元"), ("设备费", "≤30万元")))
    assert finding.severity is Severity.HINT
    assert "合计 900,000.00 元，资金总额 1,000,000.00 元，相差 100,000.00 元" in finding.message


def test_whole_numbers_beside_whole_money_are_exact() -> None:
    rows = (("工程费", "≤60万元"), ("设备费", "≤39万元"))
    assert found(money_costs.costs_differ, with_costs(*rows))
    assert not found(money_costs.costs_differ, with_costs(*rows, amount="993000"))


def test_costs_that_add_to_more_are_graver() -> None:
    (finding,) = found(money_costs.costs_differ, with_costs(("工程费", "≤60万元"), ("设备费", "≤50万元")))
    assert finding.severity is Severity.SHOULD
    assert "超过 100,000.00 元" in finding.message


def test_a_cost_in_yuan_that_was_meant_in_ten_thousands_is_told() -> None:
    (finding,) = found(money_costs.costs_differ, with_costs(("成本", "≤100元")))
    assert "一万倍" in finding.message


@pytest.mark.parametrize(
    "rows",
    [
        [("成本", "≤100万元")],
        [("工程费", "≤60万元"), ("设备费", "≤40万元")],
        [("总成本", "≤100万元"), ("工程费", "≤60万元")],
        [("工程费", "≤60万元"), ("单价", "≤40元/平方米")],
        [("材料费", "≤60万元"), ("人均标准", "≤400元")],
        [("材料费", "≤60万元"), ("村均工作经费", "≤4400元")],
        [("材料费", "≤60万元"), ("单盏改造成本", "≤1500元")],
        [("成本控制率", "≤100%")],
        [("成本", "≤100万元"), ("其中：设备费", "≤40万元")],
        [("总费用", "≤100.00万元"), ("甲", "≤50万元"), ("乙", "≤50万元")],
    ],
)
def test_costs_that_agree_or_cannot_be_added_are_left_alone(rows: list[tuple[str, str]]) -> None:
    assert not found(money_costs.costs_differ, with_costs(*rows))


def test_the_periods_money_in_the_annual_half_is_no_difference() -> None:
    both = {"amount": 1_000_000, "period_amount": 3_000_000, "duration": "3年"}
    assert not found(money_costs.costs_differ, with_costs(("总投资", "≤300万元"), **both))


def test_parts_above_their_cost_are_found() -> None:
    rows = (("成本", "≤100万元"), ("其中：设备费", "≤80万元"), ("其中：安装费", "≤40万元"))
    assert "合计 1,200,000.00 元" in messages(money_costs.parts_exceed, with_costs(*rows))[0]


def test_other_costs_beside_the_whole_are_its_parts() -> None:
    rows = (("总成本", "≤100万元"), ("设备费", "≤80万元"), ("安装费", "≤40万元"))
    assert found(money_costs.parts_exceed, with_costs(*rows))


@pytest.mark.parametrize(
    "rows",
    [
        [("总成本", "≤100万元"), ("设备费", "≤80万元"), ("安装费", "≤20万元")],
        [("总成本", "≤100万元"), ("县级资金", "≤80万元"), ("设备费", "≤40万元")],
        [("总成本", "≤100万元"), ("甲", "≤60万元"), ("乙", "≤40万元"), ("丙", "≤70万元"), ("丁", "≤30万元")],
    ],
)
def test_parts_that_fit_and_two_ways_of_dividing_are_left_alone(rows: list[tuple[str, str]]) -> None:
    assert not found(money_costs.parts_exceed, with_costs(*rows))
