"""Amounts in the texts against the funding table, the targets and one another."""

from decimal import Decimal

import pytest

from indicators.checks import Form, Severity, amounts
from tests.indicators.checks.forms import form, found, messages, target

LOCAL = {scope: {"central": Decimal(0), "local": Decimal(1_000_000)} for scope in ("period", "annual")}


def says(overview: str, **others: object) -> Form:
    return form(overview=overview, funding=LOCAL, **others)  # type: ignore[arg-type]


def test_money_of_a_source_that_the_table_does_not_have_is_found() -> None:
    (finding,) = found(amounts.source_differs, says("区级资金240万元，用于修路。"))
    assert finding.fields == ("overview",)
    assert "“区级资金240万元”（2,400,000.00 元）与资金表中市县（区）财政资金为 1,000,000.00 元不符" in finding.message


@pytest.mark.parametrize(
    "overview",
    [
        "区级资金100万元。", "县级配套资金60万元，市级资金40万元。", "2024年已安排区级资金240万元。", "累计投入县级资金240万元。",
        "县级资金40万元用于设备。", "争取资金240万元。", "合同约定县级资金240万元。",
    ],
)  # fmt: skip
def test_sources_that_agree_or_speak_of_other_money_are_left_alone(overview: str) -> None:
    assert not found(amounts.source_differs, says(overview))


@pytest.mark.parametrize(
    "overview", ["项目预算金额180万元。", "申请全年运行费用180万元。", "资金共计180万元。", "共需资金180万元。"]
)
def test_a_budget_that_is_not_the_tables_is_found(overview: str) -> None:
    (finding,) = found(amounts.budget_differs, says(overview))
    assert finding.severity is None
    assert "180万元”（1,800,000.00 元）与年度资金总额 1,000,000.00 元不符" in finding.message


def test_a_smaller_budget_may_be_a_part() -> None:
    (finding,) = found(amounts.budget_differs, says("项目预算金额80万元。"))
    assert finding.severity is Severity.HINT
    assert not found(amounts.budget_differs, says("项目预算金额80万元，另有设备20万元。"))


@pytest.mark.parametrize(
    "overview",
    [
        "项目预算金额100万元。",
        "申请资金60万元，申请经费40万元。",
        "上年预算资金180万元。",
        "2023年预算金额180万元。",
        "分年安排，共需资金300万元。",
    ],
)
def test_budgets_that_agree_or_speak_of_other_years_are_left_alone(overview: str) -> None:
    assert not found(amounts.budget_differs, says(overview))


def test_a_budget_that_a_cost_target_repeats_is_left_to_the_rule_on_costs() -> None:
    given = form(target("output.cost", "成本", "≤180万元"), overview="资金共计180万元。")
    assert not found(amounts.budget_differs, given)


def test_an_investment_other_than_the_periods_money_is_a_hint() -> None:
    (finding,) = found(amounts.investment_differs, says("项目总投资630万元。"))
    assert finding.severity is None
    assert "funding.period.total" in finding.fields


def test_an_investment_below_the_money_is_graver() -> None:
    assert found(amounts.investment_differs, says("项目总投资63万元。"))[0].severity is Severity.SHOULD


@pytest.mark.parametrize(
    "overview",
    [
        "项目总投资100万元。", "项目总投资630万元，按进度款支付。", "总投资630万元，2024年已支付530万元。", "总投资630万元，合同价600万元。",
        "甲总投资630万元，乙总投资200万元。", "采用PPP模式，总投资630万元。", "总投资约101万元。", "总投资约1980万元，本年度安排100万元。", "企业总投资630万元，财政奖补100万元。",
    ],
)  # fmt: skip
def test_investments_of_several_years_or_projects_are_left_alone(overview: str) -> None:
    assert not found(amounts.investment_differs, says(overview))


def test_a_row_of_a_list_has_no_period_to_compare_with() -> None:
    row = says("项目总投资630万元。", is_form=False)
    assert not found(amounts.investment_differs, row)


@pytest.mark.parametrize("overview", ["总投资1000000万元。", "项目预算金额100元。"])
def test_ten_thousand_times_is_a_slip_of_units(overview: str) -> None:
    assert "一万倍" in messages(amounts.unit_slip, says(overview))[0]
    assert not found(amounts.investment_differs, says(overview))
    assert not found(amounts.budget_differs, says(overview))


def test_a_price_is_no_slip() -> None:
    assert not found(amounts.unit_slip, says("补助标准100元，总投资100万元。"))


def test_one_digit_off_a_cost_target_is_a_contradiction() -> None:
    given = form(target("output.cost", "预算控制", "≤3857.74万元"), overview="概算投资3857.4万元。", amount=40_000_000)
    (finding,) = found(amounts.texts_disagree, given)
    assert "只差一个数字" in finding.message


@pytest.mark.parametrize("said", ["3857.74", "3857.7", "3858", "2100", "385.774"])
def test_the_same_rounded_or_quite_other_figures_are_no_slips(said: str) -> None:
    given = form(target("output.cost", "预算控制", "≤3857.74万元"), overview=f"概算投资{said}万元。", amount=40_000_000)
    assert not found(amounts.texts_disagree, given)


def test_two_texts_with_two_investments_contradict_each_other() -> None:
    (finding,) = found(amounts.texts_disagree, says("总投资630万元。", content="项目总投资650万元。"))
    assert finding.fields == ("overview", "content")
    assert not found(amounts.texts_disagree, says("总投资630万元。", content="项目总投资630.00万元。"))


def test_every_way_of_naming_points_at_an_existing_text() -> None:
    goals = {"period": "完成总投资630万元。", "annual": ""}
    assert found(amounts.investment_differs, form(goals=goals))[0].fields[0] == "goals.period"
