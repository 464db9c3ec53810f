"""Rules on classes that a name decides."""

import pytest

from indicators.categories import DEFINITIONS, level1_code, level2_code
from indicators.checks import Rule, Severity, Target, classes_names
from tests.indicators.checks.forms import form, found, messages, target


def told(rule: Rule, *targets: Target, **others: str) -> list[str]:
    return messages(rule, form(*targets, **others))


@pytest.mark.parametrize(
    ("category", "name", "right"),
    [("output.quantity", "工程验收合格率", "output.quality"), ("benefit.social", "村民满意度", "satisfaction.served")],
)  # fmt: skip
def test_what_surely_belongs_elsewhere_is_moved(category: str, name: str, right: str) -> None:
    wrong, other = target(category, name, "≥95%"), target(category, "受益村民", "≥90户")
    (finding,) = found(classes_names.belongs_elsewhere, form(wrong, other))
    assert finding.corrections == ((wrong.at("category"), right),)


@pytest.mark.parametrize(
    ("category", "name", "value"),
    [("output.quality", "验收合格率", "100%"), ("satisfaction.served", "村民满意度", "≥90%"), ("output.quantity", "满意度调查", "3次"), ("output.quantity", "合格产品", "300件")],
)  # fmt: skip
def test_what_stands_right_is_not_moved(category: str, name: str, value: str) -> None:
    assert not told(classes_names.belongs_elsewhere, target(category, name, value))


def test_ecology_belongs_to_its_class_where_that_is_blank() -> None:
    saved = target("benefit.social", "单位供热面积节能率", "≥8%")
    (finding,) = found(classes_names.ecology_elsewhere, form(saved))
    assert finding.corrections == ((saved.at("category"), "benefit.ecological"),)
    assert not found(classes_names.ecology_elsewhere, form(saved, target("benefit.ecological", "粉尘浓度下降", "≥5%")))


@pytest.mark.parametrize("name", ["年节约标准煤", "年节水量", "节约用电", "二氧化碳减排量"])
def test_energy_and_water_saved_are_nature(name: str) -> None:
    assert told(classes_names.ecology_elsewhere, target("benefit.social", name, "≥300吨"))


def test_bare_environment_is_nature_in_a_project_about_nature() -> None:
    better = target("benefit.social", "环境改善", "明显")
    assert found(classes_names.ecology_elsewhere, form(better, name="扬尘治理"))
    assert not found(classes_names.ecology_elsewhere, form(better, name="政务大厅改造", overview="改造办事大厅。"))


@pytest.mark.parametrize(
    "name", ["改善投资环境", "居民环保意识", "生态护林员就业人数", "营商环境改善", "饮用水水质达标率", "减轻群众负担"]
)
def test_other_environments_are_social(name: str) -> None:
    assert not told(classes_names.ecology_elsewhere, target("benefit.social", name, "改善"))


@pytest.mark.parametrize("name", ["数量指标", "社会效益", "满意度", "时效", "成本指标"])
def test_a_name_is_more_than_its_class(name: str) -> None:
    assert found(classes_names.name_is_class, form(target("output.quantity", name, "3个")))


def test_who_is_served_is_a_hint_only() -> None:
    (finding,) = found(classes_names.name_is_class, form(target("satisfaction.served", "服务对象满意度", "≥90%")))
    assert finding.severity is Severity.HINT
    assert not found(classes_names.name_is_class, form(target("satisfaction.served", "参训学员满意度", "≥90%")))


def test_the_name_of_every_class_is_known_as_one() -> None:
    names = [one.name for one in DEFINITIONS.values() if level1_code(one.name) or level2_code(one.name)]
    assert len(names) > 12
    labels = [
        *names,
        *(name.removesuffix("指标") for name in names),
        "项目 产出",
        "社会公众或服务对象满意度",
        "环境 效益",
    ]
    for label in labels:
        assert told(classes_names.name_is_class, target("output.quantity", label, "1个")), label
