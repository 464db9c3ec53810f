"""The form of target values."""

import pytest

from indicators.checks import Correction, Rule, values
from tests.indicators.checks.forms import form, found, target


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
