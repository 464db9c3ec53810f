"""Lengths of time as forms print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.checks.periods import months_of, span_of, years_of


@pytest.mark.parametrize(
    ("duration", "years"),
    [
        ("1年", 1), ("一年", 1), ("1", 1), ("3 年", 3), ("三年", 3), ("两年", 2), ("2.5年", 3), ("99年", 99), ("十年", 10),
        ("二十年", 20), ("12个月", 1), ("18个月", 2), ("十八个月", 2), ("半年", 1), ("一年半", 2), ("90日历天", 1), ("450天", 2),
        ("2025年", 1), ("2025年度", 1), ("2025", 1), ("当年", 1), ("1个预算年度", 1), ("2025-2027年", 3), ("2025年—2027年", 3),
        ("2025—27年", 3), ("2025年1月-12月", 1), ("2025年1月1日至2025年12月31日", 1), ("2025.1-2025.12", 1),
        ("2024.10—2025.09", 1), ("2025年3月至2026年5月", 2), ("2025/01/01-2026/12/31", 2), ("3年（2025-2027年）", 3),
        ("“十四五”期间", 5), ("1年（2025年）", 1),
    ],
)  # fmt: skip
def test_years_of_a_period(duration: str, years: int) -> None:
    assert years_of(duration) == years


@pytest.mark.parametrize("duration", ["", "长期", "0年", "0", "按合同", "2027-2025年", "一十一十年"])
def test_no_years_are_made_up(duration: str) -> None:
    assert years_of(duration) is None


def test_months_of_a_length() -> None:
    assert [months_of(text) for text in ("三年", "18个月", "450日历天", "一年半", "及时")] == [36, 18, 15, 18, None]


def test_the_calendar_of_a_period() -> None:
    span = span_of("2025年3月至2026年2月")
    assert span == (2025 * 12 + 2, 2026 * 12 + 1)
    assert span_of("2年") is None


@given(st.text(st.sampled_from("0123456789一二十年月日个半-至.（）度长 "), max_size=12))
def test_any_text_is_read_without_failing(duration: str) -> None:
    years = years_of(duration)
    assert years is None or years > 0
