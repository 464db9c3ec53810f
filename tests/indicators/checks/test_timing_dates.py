"""Dates in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.checks.timing_dates import moments_of


def months(text: str) -> list[tuple[str, str]]:
    return [tuple(f"{end // 12}-{end % 12 + 1:02}" for end in moment.span) for moment in moments_of(text)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025年7月", "2025-07", "2025-07"), ("2025年12月底前", "2025-12", "2025-12"), ("2025年", "2025-01", "2025-12"),
        ("2025年底", "2025-01", "2025-12"), ("≤2025年10月31日", "2025-10", "2025-10"), ("2025-03-15", "2025-03", "2025-03"),
        ("2025.3-2025.10", "2025-03", "2025-10"), ("2025年5月——2025年11月", "2025-05", "2025-11"),
        ("2025年1-12月", "2025-01", "2025-12"), ("2025年3月至10月完成", "2025-03", "2025-10"), ("2025/6", "2025-06", "2025-06"),
        ("2025年上半年", "2025-01", "2025-06"), ("2025年第三季度", "2025-07", "2025-09"), ("2024年10月到2026年3月", "2024-10", "2026-03"),
        ("2025年12月-2025年6月", "2025-12", "2025-06"), ("2025年11月至3月", "2025-11", "2026-03"), ("2025年11-3月", "2025-11", "2026-03"), ("2025年3月1日至2025年4月30日", "2025-03", "2025-04"),
    ],
)  # fmt: skip
def test_dates_are_read(text: str, first: str, last: str) -> None:
    assert months(text) == [(first, last)]


@pytest.mark.parametrize(
    "text", ["6月支付50%", "≥2025人", "2025", "2025.5亩", "20250301", "按期", "2025/2026", "12025年"]
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert not moments_of(text)


def test_all_dates_of_a_plan_are_found_in_order() -> None:
    assert months("2024年8月立项；2025年3月开工，2025年9月完工。") == [
        ("2024-08", "2024-08"), ("2025-03", "2025-03"), ("2025-09", "2025-09"),
    ]  # fmt: skip


@given(st.text(st.sampled_from("20135年月日.-/至一季度上半底 %"), max_size=24))
def test_any_text_is_read_without_failing(text: str) -> None:
    assert all(moment.printed for moment in moments_of(text))
