"""Indicator classes: one code, any number of printed labels, two trees."""

import pytest

from indicators.categories import DEFINITIONS, classify, level1_code, level1_name, level2_code
from indicators.models import Category


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("数量指标", "output.quantity"),
        ("产出数量", "output.quantity"),
        ("质 量 指 标", "output.quality"),
        ("时效", "output.timeliness"),
        ("社会效益", "benefit.social"),
        ("社会效益指标", "benefit.social"),
        ("生态环境效益指标", "benefit.ecological"),
        ("可持续影响", "benefit.sustained"),
        ("服务对象满意度", "satisfaction.served"),
        ("社会公众或服务对象满意度指标", "satisfaction.served"),
        ("生态环境成本指标", "cost.environmental"),
    ],
)
def test_printed_labels_of_level_2(label: str, code: str) -> None:
    assert level2_code(label) == code


@pytest.mark.parametrize("name", ["群众满意度", "受益群众满意度", "本次申请资金", "", "质量合格率", "项目成本"])
def test_names_of_indicators_are_not_labels(name: str) -> None:
    assert level1_code(name) is None
    assert level2_code(name) is None


def test_labels_of_level_1() -> None:
    labels = ("产出指标", "效益指标", "效果指标", "满意度指标", "成本指标", "数量指标")
    assert [level1_code(label) for label in labels] == ["output", "benefit", "benefit", "satisfaction", "cost", None]


def test_cost_belongs_to_the_class_it_is_printed_under() -> None:
    assert classify("成本指标", "output") == "output.cost"
    assert classify("成本指标", None) == "output.cost"
    assert classify("成本指标", "cost") == "cost.other"
    assert classify("经济成本指标", "cost") == "cost.economic"


def test_the_label_wins_over_a_level_1_that_a_shifted_row_got_wrong() -> None:
    assert classify("社会效益", "output") == "benefit.social"


def test_an_unknown_label_is_the_other_class_of_its_level_1() -> None:
    assert classify("安全指标", "benefit") == "benefit.other"
    assert level1_name("benefit.other") == "效益指标"


@pytest.mark.django_db
def test_the_database_holds_the_same_classes() -> None:
    stored = {category.code: (category.name, category.parent_id) for category in Category.objects.all()}
    assert stored == {code: (definition.name, definition.parent) for code, definition in DEFINITIONS.items()}
