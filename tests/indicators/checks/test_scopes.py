"""Rules between period and year."""

import pytest

from indicators.checks import Form, scopes
from tests.indicators.checks.forms import form, found, messages, target

SAME = {"period": "建成实训基地 ", "annual": "建成实训基地。"}


def both(period: str, annual: str, *, name: str = "新建泵站", category: str = "output.quantity", **others: str) -> Form:
    return form(target(category, name, period, scope="period"), target(category, name, annual), **others)


def test_the_same_goals_in_a_project_of_years() -> None:
    assert "项目期为3年" in messages(scopes.same_goals, form(goals=SAME, duration="3年"))[0]
    assert found(scopes.same_goals, form(goals=SAME, duration="", attribute="延续性项目"))


def test_the_same_goals_are_right_in_one_year() -> None:
    assert not found(scopes.same_goals, form(goals=SAME, duration="1年"))
    assert not found(scopes.same_goals, form(goals={"annual": "", "period": ""}, duration="3年"))
    assert not found(scopes.same_goals, form(goals={**SAME, "annual": "完成主体。"}, duration="3年"))


@pytest.mark.parametrize(
    ("period", "annual", "name", "category"),
    [
        ("≥6座", "≥8座", "新建泵站", "output.quantity"), ("100人次", "200人次", "惠及群众", "benefit.social"), ("≤3万元", "≤90万元", "项目成本", "output.cost"),
        ("3万元", "90000元", "项目成本", "output.cost"),
    ],
)  # fmt: skip
def test_a_year_above_its_period(period: str, annual: str, name: str, category: str) -> None:
    assert found(scopes.annual_above_period, both(period, annual, name=name, category=category, duration="3年"))


@pytest.mark.parametrize(
    ("period", "annual", "name", "category"),
    [
        ("≥8座", "≥3座", "新建泵站", "output.quantity"), ("≥90%", "≥95%", "合格率", "output.quality"), ("≥8座", "≥9处", "新建泵站", "output.quantity"),
        ("≤6起", "≤8起", "事故起数", "output.quantity"), ("100元", "200元", "人均补助标准", "output.cost"), ("≤10天", "≤20天", "办理天数", "output.timeliness"),
        ("3万元", "30000元", "项目成本", "output.cost"), ("≤6场", "≤8场", "会议场次", "output.quantity"),
    ],
)  # fmt: skip
def test_a_year_that_may_be_so(period: str, annual: str, name: str, category: str) -> None:
    assert not found(scopes.annual_above_period, both(period, annual, name=name, category=category, duration="3年"))


def test_values_of_one_year_that_differ() -> None:
    assert "“12座”与年度指标值“10座”" in messages(scopes.values_differ, both("12座", "10座"))[0]
    assert found(scopes.values_differ, both("≥90%", "≤90%"))
    assert not found(scopes.values_differ, both("10座", "12座"))  # told as a year above its period
    assert not found(scopes.values_differ, both("12座", "10座", duration="2年"))


@pytest.mark.parametrize(
    ("period", "annual"),
    [("100%", "100.0%"), ("=100%", "100%"), ("1万元", "10000元"), ("≥95%", ">=95%"), ("改善", ""), ("明显 改善", "明显改善"), ("按期完成。", "按期完成")],
)  # fmt: skip
def test_values_that_mean_the_same(period: str, annual: str) -> None:
    assert not found(scopes.values_differ, both(period, annual))


def test_indicators_of_one_scope_are_named_three_at_most() -> None:
    lone = [target("output.quantity", f"内容{name}", "1个", scope="period") for name in "甲乙丙丁"]
    (finding,) = found(
        scopes.only_in_one_scope,
        form(*lone, target("output.quantity", "里程", "3公里")),
    )[:1]
    assert "“内容甲”、“内容乙”、“内容丙”等只有实施期指标" in finding.message
    assert len(finding.fields) == 4


def test_a_period_of_years_may_have_more_than_the_year() -> None:
    period = [target("output.quantity", name, "1个", scope="period") for name in ("主体工程", "配套工程")]
    assert not found(
        scopes.only_in_one_scope, form(*period, target("output.quantity", "主体工程", "1个"), duration="3年")
    )


def test_a_year_has_nothing_that_its_period_has_not() -> None:
    rows = target("output.quantity", "主体工程", "1个", scope="period"), target("output.quantity", "绿化工程", "1个")
    assert "“绿化工程”只有年度指标" in messages(scopes.only_in_one_scope, form(*rows, duration="3年"))[0]


def test_cut_names_and_forms_with_one_scope_are_left_alone() -> None:
    cut = target("output.quantity", "主体工程建设", "1个", scope="period"), target("output.quantity", "主体工程", "1个")
    assert not found(scopes.only_in_one_scope, form(*cut))
    assert not found(scopes.only_in_one_scope, form(target("output.quantity", "里程", "3公里")))
