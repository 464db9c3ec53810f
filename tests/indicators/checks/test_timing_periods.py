"""Rules on attribute, duration and what contradicts them."""

from datetime import datetime

import pytest

from indicators.checks import Severity, timing_periods
from tests.indicators.checks.forms import form, found, messages, target


@pytest.mark.parametrize(
    ("attribute", "duration", "severity"),
    [
        ("一次性项目", "3年", None), ("一次性项目（1年结束）", "3年", Severity.MUST), ("延续性项目（阶段开展）", "1年", None), ("延续性项目", "1年", Severity.HINT),
        ("经常性项目（长期开展）", "1年", Severity.HINT),
    ],
)  # fmt: skip
def test_attribute_and_duration_that_disagree(attribute: str, duration: str, severity: Severity | None) -> None:
    (finding,) = found(timing_periods.attribute_and_duration, form(attribute=attribute, duration=duration))
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("attribute", "duration"),
    [("一次性项目", "1年"), ("延续性项目", "2年"), ("延续项目", "1年"), ("经常性项目", "1年"), ("经常性项目（长期开展）", "99年"), ("一次性项目", "长期"), ("", "3年"), ("一次性项目", "2024.10-2025.9")],
)  # fmt: skip
def test_attribute_and_duration_that_agree(attribute: str, duration: str) -> None:
    assert not found(timing_periods.attribute_and_duration, form(attribute=attribute, duration=duration))


def test_several_years_with_the_money_of_one() -> None:
    lasting, staged = form(attribute="经常性项目", duration="99年"), form(attribute="延续性项目", duration="3年")
    assert [one.severity for one in found(timing_periods.one_year_money, lasting)] == [None]
    assert [one.severity for one in found(timing_periods.one_year_money, staged)] == [Severity.HINT]
    assert not found(timing_periods.one_year_money, form(attribute="经常性项目", duration="1年"))
    assert not found(
        timing_periods.one_year_money, form(attribute="经常性项目", duration="3年", period_amount=3_000_000)
    )
    assert not found(timing_periods.one_year_money, form(duration="3年", amount=0, period_amount=0))


@pytest.mark.parametrize(
    "overview",
    [
        "本项目合作期23年，其中建设期3年。",
        "建设周期为18个月。",
        "服务期限：三年。",
        "总工期450日历天。",
        "租赁期5年，年租金20万元。",
        "合同期限为2年",
    ],
)
def test_a_text_that_says_longer_than_the_period(overview: str) -> None:
    (finding,) = found(timing_periods.text_says_longer, form(overview=overview))
    assert finding.fields == ("duration", "overview")


@pytest.mark.parametrize(
    ("overview", "duration"),
    [
        ("建设期3年。", "3年"), ("合作期23年。", "99年"), ("质保期2年。", "1年"), ("服务期三年，一年一签。", "1年"), ("工期120天。", "1年"), ("建设周期12个月。", "1年"),
        ("建于20年前。", "1年"), ("施工期间安全第一。", "1年"), ("合作期23年。", ""), ("实施期为2025年3月至10月。", "1年"), ("项目期2025年。", "1年"), ("建设期2年，已于2023年5月竣工。", "1年"),
    ],
)  # fmt: skip
def test_texts_that_agree_with_the_period(overview: str, duration: str) -> None:
    assert not found(timing_periods.text_says_longer, form(overview=overview, duration=duration))


def test_a_long_contract_under_a_yearly_budget_is_a_hint() -> None:
    (finding,) = found(timing_periods.text_says_longer, form(overview="运维服务期3年。", attribute="经常性项目"))
    assert finding.severity is Severity.HINT


def test_works_that_take_longer_than_the_period() -> None:
    long = target("output.timeliness", "建设工期", "≤18个月")
    assert "长于项目期“1年”" in messages(timing_periods.works_longer, form(long))[0]
    assert not found(timing_periods.works_longer, form(long, duration="2年"))
    assert not found(timing_periods.works_longer, form(target("output.timeliness", "建设工期", "120天")))


def test_a_filing_date_far_from_the_year() -> None:
    assert "2021年3月5日" in messages(timing_periods.filed_far, form(filed=datetime(2021, 3, 5)))[0]
    assert found(timing_periods.filed_far, form(filed=datetime(2026, 1, 2)))
    for near in (datetime(2024, 7, 1), datetime(2025, 12, 31), None):
        assert not found(timing_periods.filed_far, form(filed=near))
