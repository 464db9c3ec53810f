"""Rules on the classes that a form needs."""

from indicators.checks import Severity, Target, completeness_tree
from tests.indicators.checks.forms import LABELS, form, found, messages, target

OUTPUTS = ("output.quantity", "output.quality", "output.timeliness", "output.cost")


def tree(*codes: str, scope: str = "annual") -> list[Target]:
    return [target(code, f"名称{place}", "≥90%", scope=scope) for place, code in enumerate(codes)]


def test_a_whole_tree_lacks_nothing() -> None:
    whole = form(*tree(*LABELS), *tree(*LABELS, scope="period"))
    assert [one for rule in completeness_tree.RULES for one in found(rule, whole)] == []


def test_a_form_without_indicators_must_have_some_and_is_told_once() -> None:
    told = [one for rule in completeness_tree.RULES for one in found(rule, form())]
    assert [one.message for one in told] == ["没有设置任何绩效指标，请按产出、成本、效益、满意度分别设置。"]


def test_a_year_without_indicators_must_have_some() -> None:
    assert "年度没有" in messages(completeness_tree.no_indicators, form(*tree(*LABELS, scope="period")))[0]


def test_a_period_of_several_years_without_indicators_must_have_some() -> None:
    annual = tree(*LABELS)
    assert "实施期却没有" in messages(completeness_tree.no_indicators, form(*annual, duration="3年"))[0]
    assert not found(completeness_tree.no_indicators, form(*annual, duration="1年"))


def test_a_missing_class_of_outputs_is_named_with_its_scopes() -> None:
    some = [*tree(*OUTPUTS[:2]), *tree(*OUTPUTS[:3], scope="period")]
    assert messages(completeness_tree.output_classes, form(*some)) == [
        "年度没有设置时效指标，请补设。", "实施期和年度没有设置成本指标，请按预算补设成本控制目标。",
    ]  # fmt: skip


def test_cost_may_be_a_class_of_level_one() -> None:
    assert not found(completeness_tree.output_classes, form(*tree(*OUTPUTS[:3], "cost.economic")))


def test_a_form_without_any_output_must_have_one() -> None:
    (finding,) = found(completeness_tree.output_classes, form(*tree("benefit.social")))
    assert finding.severity is Severity.MUST
    assert "没有设置产出指标" in finding.message


def test_a_class_that_is_not_known_may_be_the_missing_one() -> None:
    assert not found(completeness_tree.output_classes, form(*tree("output.quantity", "output.other", "cost.other")))
    assert not found(completeness_tree.benefits, form(*tree("benefit.other")))


def test_benefits_are_graded() -> None:
    (none,) = found(completeness_tree.benefits, form(*tree(*OUTPUTS)))
    (only_lasting,) = found(completeness_tree.benefits, form(*tree("benefit.sustained")))
    assert none.severity is None
    assert only_lasting.severity is Severity.SHOULD
    assert not found(completeness_tree.benefits, form(*tree("benefit.ecological")))


def test_satisfaction_is_missing_where_people_are_served() -> None:
    assert found(completeness_tree.satisfaction, form(*tree(*OUTPUTS)))
    for name in ("专项债券付息", "偿还到期贷款本金", "编外人员工资", "政府投资基金注资"):
        assert not found(completeness_tree.satisfaction, form(*tree(*OUTPUTS), name=name))


def test_too_few_and_too_many_indicators_are_counted_per_scope() -> None:
    few = messages(completeness_tree.number_of_indicators, form(*tree(*OUTPUTS[:2])))
    assert few == ["年度有 2 个指标，少于 3 个，请补充反映核心产出和效果的指标。"]
    (many,) = found(completeness_tree.number_of_indicators, form(*tree(*["output.quantity"] * 26)))
    assert many.severity is Severity.HINT
    assert "多于 25 个" in many.message


def test_administrators_set_how_many() -> None:
    nine = form(*tree(*LABELS))
    assert not found(completeness_tree.number_of_indicators, nine)
    assert found(completeness_tree.number_of_indicators, nine, highest=8)
