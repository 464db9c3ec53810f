"""Numbers and units of target values."""

import pytest

from indicators.checks import Correction, Rule, values_units
from tests.indicators.checks.forms import form, found, messages, target


def says(rule: Rule, name: str, value: str) -> bool:
    return bool(found(rule, form(target("output.quality", name, value))))


@pytest.mark.parametrize(("name", "value"), [("按时支付率", "及时"), ("合格率（%）", "合格"), ("参与率", "逐年提高")])
def test_a_share_without_a_number_is_found(name: str, value: str) -> None:
    assert says(values_units.rate_without_number, name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("办事效率", "提高"), ("设备功率", "达标"), ("发挥表率", "良好"), ("合格率", "95%以上"), ("合格率", "70%-80%"),
        ("覆盖率", "全覆盖"), ("合格率", "百分之九十"), ("合格率", ""), ("频率", "每周"),
    ],
)  # fmt: skip
def test_other_words_on_rate_are_left_alone(name: str, value: str) -> None:
    assert not says(values_units.rate_without_number, name, value)


def test_a_share_in_pieces_is_found() -> None:
    assert says(values_units.rate_with_other_unit, "培训合格率", "≥95人")
    assert not says(values_units.rate_with_other_unit, "培训合格率", "≥95%")
    assert not says(values_units.rate_with_other_unit, "合格产品数", "≥95件")


def test_a_number_has_a_unit() -> None:
    assert says(values_units.number_without_unit, "项目成本", "16453725")
    assert (
        "应为“≥98%”" in messages(values_units.number_without_unit, form(target("output.quality", "合格率", "≥98")))[0]
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("受训人数（人）", "300"), ("空气质量指数", "≤100"), ("PH值", "7"), ("安全事故", "0"), ("完成时间", "202511"),
        ("完成时间", "2025.12"), ("排名", "3"), ("受训人数", "300人"),
    ],
)  # fmt: skip
def test_numbers_that_need_no_unit_are_left_alone(name: str, value: str) -> None:
    assert not says(values_units.number_without_unit, name, value)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("100百分比", "100%"),
        ("≥95百分比", "≥95%"),
        ("百分之九十五", "95%"),
        ("≥百分之90", "≥90%"),
        ("百分之百", "100%"),
    ],
)
def test_percent_is_written_as_a_sign(value: str, meant: str) -> None:
    row = target("output.quality", "合格率", value)
    (finding,) = found(values_units.percent_spelled, form(row))
    assert finding.corrections == (Correction(row.at("value"), meant),)


@pytest.mark.parametrize("value", ["≥95%", "百分之五百", "提高2个百分点", "百分比"])
def test_what_is_no_percentage_stays(value: str) -> None:
    assert not says(values_units.percent_spelled, "合格率", value)
