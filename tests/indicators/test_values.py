"""Target values: operator, number and unit of printed text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.values import TEXT, Value, number_text, parse_value


@pytest.mark.parametrize(
    ("printed", "operator", "number", "unit"),
    [
        ("1处", None, "1", "处"),
        ("≥110人", ">=", "110", "人"),
        ("≤300万元", "<=", "300", "万元"),
        ("100%", None, "100", "%"),
        ("100百分比", None, "100", "百分比"),
        ("1988.042428万元", None, "1988.042428", "万元"),
        ("16453725", None, "16453725", None),
        ("12个月", None, "12", "个月"),
        ("20日", None, "20", "日"),
        ("2年", None, "2", "年"),
        ("90%以上", ">=", "90", "%"),
        ("10万元以内", "<=", "10", "万元"),
        ("不低于 90 %", ">=", "90", "%"),
        (">=90.50%", ">=", "90.5", "%"),
        ("＜５‰", "<", "5", "‰"),
        ("＝3家", "=", "3", "家"),
        ("≥7,000万元", ">=", "7000", "万元"),
        ("９０％", None, "90", "%"),
        ("控制在300万元以内", "<=", "300", "万元"),
    ],
)
def test_quantitative_values(printed: str, operator: str | None, number: str, unit: str | None) -> None:
    assert parse_value(printed) == Value(operator, Decimal(number), unit)


@pytest.mark.parametrize(
    "printed",
    [
        "", "明显改善", "按审计报告据实结算", "2025年", "2025年7月", "12月底前", "9月", "每月20日前", "20日前", "2024至2025年度", "2025年5月——2025年11月",
        "70%-80%", "1：200", "宽度40/21米，双向四车道", "≥", "第3名", "3米，5个", "9" * 40 + "个", "2025-12-01",
    ],
)  # fmt: skip
def test_ranges_dates_and_sentences_stay_text(printed: str) -> None:
    assert parse_value(printed) == TEXT


@given(st.text())
def test_no_text_makes_it_raise(printed: str) -> None:
    value = parse_value(printed)
    assert value.number is not None or (value.operator is None and value.unit is None)


@given(
    st.sampled_from(["", "≥", "≤", ">", "<", "="]),
    st.decimals(min_value=0, max_value=10**12, places=3),
    st.sampled_from(["", "%", "个", "万元", "平方米", "人次"]),
)
def test_operator_number_and_unit_read_back(operator: str, number: Decimal, unit: str) -> None:
    value = parse_value(f"{operator}{number}{unit}")
    assert value.number == number
    assert value.unit == (unit or None)
    assert (value.operator is None) == (operator == "")


def test_numbers_are_written_without_exponent_or_trailing_zeros() -> None:
    assert number_text(Decimal("100.0000000000")) == "100"
    assert number_text(Decimal("1E+3")) == "1000"
    assert number_text(Decimal("0.50")) == "0.5"
    assert number_text(None) is None
