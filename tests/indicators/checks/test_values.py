"""The form of target values."""

import pytest

from indicators.checks import Correction, Rule, values, values_units
from tests.indicators.checks.forms import form, found, messages, target


def says(rule: Rule, name: str, value: str) -> bool:
    return bool(found(rule, form(target("output.quality", name, value))))


@pytest.mark.parametrize("value", ["", " ", "/", "—", "≥", "≥%", "≤万元"])
def test_a_value_that_is_not_there_is_found(value: str) -> None:
    assert says(values.lost, "转运及时率", value)


@pytest.mark.parametrize(
    ("name", "value"), [("安全事故", "无"), ("转运及时率", "≥95%"), ("", ""), ("水质", "≥国家标准")]
)
def test_values_that_say_something_are_not_lost(name: str, value: str) -> None:
    assert not says(values.lost, name, value)


@pytest.mark.parametrize("value", ["时效指标", "社会效益", "服务对象满意度指标", "可持续影响 指标"])
def test_the_name_of_a_class_is_no_value(value: str) -> None:
    assert says(values.class_name, "转运及时性", value)


@pytest.mark.parametrize("value", ["可持续", "质量", "经济", "完成年度指标", "≥95%"])
def test_words_that_are_no_class_are_left_alone(value: str) -> None:
    assert not says(values.class_name, "转运及时性", value)


def test_name_and_value_in_each_others_cells_are_exchanged() -> None:
    row = target("satisfaction.served", "≥95%", "居民满意度")
    (finding,) = found(values.exchanged, form(row))
    assert finding.corrections == (Correction(row.at("name"), "居民满意度"), Correction(row.at("value"), "≥95%"))


@pytest.mark.parametrize(("name", "value"), [("居民满意度", "≥95%"), ("5G基站", "全覆盖"), ("3个村道路", "改善明显")])
def test_names_with_numbers_are_not_exchanged(name: str, value: str) -> None:
    assert not says(values.exchanged, name, value)


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


@pytest.mark.parametrize(
    ("name", "value"),
    [("促进产业发展", "促进"), ("提升水平", "提升水平"), ("群众生活便利", "便利"), ("带动增收", "带动")],
)
def test_a_value_that_repeats_the_name_is_found(name: str, value: str) -> None:
    assert says(values.repeats_name, name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("机制是否健全", "健全"),
        ("招标规范性", "规范"),
        ("工作完成情况", "完成"),
        ("环境改善", "明显改善"),
        ("造林100亩", "100亩"),
        ("拨付及时率", "及时"),
    ],
)
def test_answers_to_the_name_are_left_alone(name: str, value: str) -> None:
    assert not says(values.repeats_name, name, value)


def test_figures_without_a_comparator_are_one_hint_for_the_form() -> None:
    rows = [target("output.quantity", f"道路{number}", f"{number}公里") for number in range(1, 6)]
    (finding,) = found(values.no_comparator, form(*rows, target("output.quality", "合格率", "100%")))
    assert len(finding.fields) == 5
    assert "等 5 项" in finding.message


def test_figures_with_a_comparator_are_silent() -> None:
    assert not says(values.no_comparator, "道路", "≥5公里")
