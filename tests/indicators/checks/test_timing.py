"""Rules on dates and times."""

import pytest

from indicators.checks import Form, timing
from tests.indicators.checks.forms import form, found, messages, target


def timed(name: str, value: str, scope: str = "annual", **others: str) -> Form:
    return form(target("output.timeliness", name, value, scope=scope), **others)


@pytest.mark.parametrize("value", ["及时", "如期完成", "按进度完成", "按合同约定", "符合要求"])
def test_a_time_target_without_a_time_is_told(value: str) -> None:
    assert "没有日期、期限或比例" in messages(timing.value_without_time, timed("完成时间", value))[0]


@pytest.mark.parametrize(
    "value",
    ["2025年10月", "≤15个工作日", "100%", "年底前", "每月发放", "当年完成", "三个月内", "汛期前", "全年", "十二月底", "第四季度", "春节前", "两年", "百分之百", ""],
)  # fmt: skip
def test_a_value_that_says_when_is_not_told(value: str) -> None:
    assert not found(timing.value_without_time, timed("完成时间", value))


@pytest.mark.parametrize(("name", "value"), [("支付及时率", "及时"), ("12月底前完工", "完成"), ("年底完成支付", "是")])
def test_a_name_may_say_when(name: str, value: str) -> None:
    assert not found(timing.value_without_time, timed(name, value))


@pytest.mark.parametrize(
    ("value", "how"), [("2026年3月", "晚于"), ("2024年12月", "早于"), ("2025年9月-2026年5月", "晚于")]
)
def test_a_date_outside_the_year_is_told(value: str, how: str) -> None:
    (finding,) = found(timing.date_outside, timed("完工时间", value))
    assert how in finding.message
    assert finding.fields[-1] == "duration"


@pytest.mark.parametrize(
    ("name", "value", "scope", "duration"),
    [
        ("完工时间", "2025年10月", "annual", "1年"), ("完工时间", "2026年10月", "period", "2年"), ("开工时间", "2024年10月", "annual", "3年"),
        ("完工时间", "2040年10月", "period", "99年"), ("供暖时间", "2025年11月-2026年3月", "annual", "1年"), ("完工时间", "2027年6月", "period", "2024-2027年"),
        ("按时完成率", "100%", "annual", "1年"),
    ],
)  # fmt: skip
def test_dates_that_may_be_so_are_not_told(name: str, value: str, scope: str, duration: str) -> None:
    assert not found(timing.date_outside, timed(name, value, scope, duration=duration))


def test_an_annual_target_after_its_year_is_told_in_a_long_project() -> None:
    assert found(timing.date_outside, timed("完工时间", "2026年10月", duration="3年"))
    assert found(timing.date_outside, timed("完工时间", "2028年10月", "period", duration="2025-2027年"))


def test_dates_of_other_targets_are_not_compared() -> None:
    assert not found(timing.date_outside, form(target("benefit.social", "较上年增长", "比2023年增长5%")))


def test_a_plan_of_bygone_years_is_told() -> None:
    plan = "2021年8月完成立项。2021年9月—2022年1月完成勘察和招标。6月支付50%。"
    (finding,) = found(timing.plan_outside, form(plan=plan))
    assert "2021年8月、2021年9月—2022年1月" in finding.message
    assert finding.fields == ("plan", "duration")


def test_a_plan_beyond_the_period_is_told() -> None:
    assert "2026年6月" in messages(timing.plan_outside, form(plan="2025年5月开工，2026年6月完工。"))[0]
    assert not found(timing.plan_outside, form(plan="2025年5月开工，2026年6月完工。", duration="2年"))


@pytest.mark.parametrize(
    "plan",
    [
        "2025年3月开工，2025年10月完工。", "2024年8月已完成招标，2025年3月开工。", "根据2024年5月签订的协议支付。", "2025年10月完工，2026年1月开展绩效自评。",
        "依据《2024年工作要点》推进。", "5月开工，10月完工。", "2024年11月至2025年6月施工。", "工程已于2023年5月完工。",
    ],
)  # fmt: skip
def test_plans_that_may_be_so_are_not_told(plan: str) -> None:
    assert not found(timing.plan_outside, form(plan=plan))


def test_an_end_before_its_beginning_is_told() -> None:
    begins, ends = (
        target("output.timeliness", "项目开工时间", "2025年9月"),
        target("output.timeliness", "项目完工时间", "2025年6月"),
    )
    (finding,) = found(timing.ends_before_start, form(begins, ends))
    assert finding.fields == (ends.at("value"), begins.at("value"))


@pytest.mark.parametrize(
    ("first", "begun", "second", "ended"),
    [
        ("开工时间", "2025年3月", "完工时间", "2025年6月"), ("东街开工时间", "2025年9月", "西街完工时间", "2025年6月"), ("开工时间", "2025年", "完工时间", "2025年6月"),
        ("开工时间", "2025年9月", "资金支付完成时间", "2025年6月"),
    ],
)  # fmt: skip
def test_other_pairs_are_not_compared(first: str, begun: str, second: str, ended: str) -> None:
    pair = target("output.timeliness", first, begun), target("output.timeliness", second, ended)
    assert not found(timing.ends_before_start, form(*pair))


def test_a_range_that_runs_backwards_is_told() -> None:
    assert found(timing.ends_before_start, timed("工期", "2025年10月-2025年3月"))
    assert found(timing.ends_before_start, form(duration="2027年1月-2025年12月"))
    assert not found(timing.ends_before_start, form(plan="2025年3月—2025年10月施工。"))
