"""Counts in texts and names against targets, and quantity by price."""

import pytest

from indicators.checks import amounts_counts
from tests.indicators.checks.forms import form, found, target

QUANTITY = "output.quantity"


def test_a_count_of_the_text_that_is_not_the_targets_is_found() -> None:
    given = form(target(QUANTITY, "奖补对象数", "≥4家"), overview="2025年需兑现的企业有7家。")
    (finding,) = found(amounts_counts.count_differs, given)
    assert "“2025年需兑现的企业有7家”" in finding.message
    assert finding.fields[-1] == "overview"


def test_a_common_unit_needs_a_common_noun() -> None:
    row = target(QUANTITY, "改造卫生室", "≥6个")
    assert found(amounts_counts.count_differs, form(row, overview="计划改造卫生室8个。"))
    assert not found(amounts_counts.count_differs, form(row, overview="计划安装路灯8个。"))


@pytest.mark.parametrize(
    "overview",
    [
        "扶持企业4家。", "全县现有企业7家。", "2024年扶持企业7家。", "扶持企业7家，其中4家为新办。", "扶持企业约7家。",
        "扶持企业7家以上。", "扶持企业7家，培训企业9家。", "7家企业。",
    ],
)  # fmt: skip
def test_counts_that_agree_or_speak_of_something_else_are_left_alone(overview: str) -> None:
    assert not found(amounts_counts.count_differs, form(target(QUANTITY, "奖补企业数", "≥4家"), overview=overview))


def test_two_targets_of_one_unit_are_not_compared() -> None:
    rows = (target(QUANTITY, "奖补企业", "≥4家"), target(QUANTITY, "培训企业", "≥5家"))
    assert not found(amounts_counts.count_differs, form(*rows, overview="扶持企业7家。"))


def test_another_count_in_the_name_is_found() -> None:
    assert found(amounts_counts.name_differs, form(target(QUANTITY, "新建公厕12座", "10座")))


@pytest.mark.parametrize(
    ("name", "value"),
    [("新建公厕12座", "12座"), ("第3期", "5期"), ("新建公厕", "10座"), ("改造3个村道路", "12公里"), ("12座", "10座")],
)
def test_counts_that_agree_or_belong_to_the_name_are_left_alone(name: str, value: str) -> None:
    assert not found(amounts_counts.name_differs, form(target(QUANTITY, name, value)))


def priced(count: str, price: str, **money: int) -> list[object]:
    rows = (target(QUANTITY, "补助人数", count), target("output.cost", "补助标准", price))
    return list(found(amounts_counts.quantity_by_price, form(*rows, **money)))


def test_quantity_by_price_above_the_money_is_found() -> None:
    (finding,) = priced("800人", "2000元/人")
    assert "1,600,000.00 元，超过年度资金总额 1,000,000.00 元" in finding.message  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("count", "price"),
    [
        ("500人", "2000元/人"),
        ("800户", "2000元/人"),
        ("800人", "2000元/人·月"),
        ("≤800人", "2000元/人"),
        ("800人", "2000元"),
    ],
)
def test_products_within_the_money_or_of_other_units_are_left_alone(count: str, price: str) -> None:
    assert not priced(count, price)
