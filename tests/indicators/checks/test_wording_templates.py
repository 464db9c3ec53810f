"""What templates left behind."""

import pytest

from indicators.checks import wording_templates
from tests.indicators.checks.forms import form, found, target


def says(name: str, value: str = "≥5个") -> bool:
    return bool(found(wording_templates.template, form(target("benefit.social", name, value))))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("××村道路", "≥3公里"),
        ("XX改造", "好"),
        ("指标1", "≥3个"),
        ("机制", "……"),
        ("村民**收入", "好"),
        ("机制", "□"),
        ("三级指标", "好"),
    ],
)
def test_what_a_template_left_in_a_cell_is_found(name: str, value: str) -> None:
    assert says(name, value)


@pytest.mark.parametrize("name", ["3×4米板房", "XXL号工装", "**重点**村道路", "指标完成率", "Exx平台"])
def test_signs_with_a_sense_are_left_alone(name: str) -> None:
    assert not says(name)


def test_what_a_template_left_in_texts_and_goals_is_found() -> None:
    left = form(overview="改造XX村道路。", goals={"annual": "请填写年度目标"}, attribute="□新增 ☑延续")
    assert [finding.fields[0] for finding in found(wording_templates.template, left)] == ["overview", "goals.annual"]


@pytest.mark.parametrize("overview", ["请输入概况", "……", "20XX年改造。", "**村改造。", "建设___公里。", "待补充"])
def test_texts_that_were_not_filled_in_are_found(overview: str) -> None:
    assert found(wording_templates.template, form(overview=overview))


@pytest.mark.parametrize("overview", ["**概况**：改造。", "☑新增 □延续", "改造……等", "待完善设施12处。", "3×4米。", ""])
def test_texts_with_such_signs_in_other_senses_are_left_alone(overview: str) -> None:
    assert not found(wording_templates.template, form(overview=overview))
