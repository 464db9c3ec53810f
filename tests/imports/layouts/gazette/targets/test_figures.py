"""Figures: what is a number with a unit, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.targets.figures import chinese_number, find_figures


def figures(text: str) -> list[tuple[Decimal, str | None]]:
    return [(figure.number, figure.unit) for figure in find_figures(text, 0, len(text))]


@pytest.mark.parametrize(
    ("numerals", "value"),
    [
        ("七", "7"), ("十", "10"), ("十二", "12"), ("七十", "70"), ("九十五", "95"), ("一百", "100"), ("一百零五", "105"),
        ("一百二十", "120"), ("两千", "2000"), ("三千二百", "3200"), ("一万二千", "12000"), ("三亿五千万", "350000000"),
        ("九点五", "9.5"), ("二〇三〇", "2030"),
    ],
)  # fmt: skip
def test_chinese_numerals(numerals: str, value: str) -> None:
    assert chinese_number(numerals) == Decimal(value)


@pytest.mark.parametrize("numerals", ["", "点五", "三点", "三点十", "甲", "三甲"])
def test_what_is_no_number(numerals: str) -> None:
    assert chinese_number(numerals) in {None, Decimal(3)}


@given(st.integers(1, 99_999_999))
def test_every_number_can_be_written_in_numerals_and_read_back(number: int) -> None:
    assert chinese_number(_numerals(number)) == number


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("12座", "12", "座"),
        ("500千米", "500", "千米"),
        ("3千伏", "3", "千伏"),
        ("3千万元", "3000", "万元"),
        ("2万亩", "20000", "亩"),
        ("10万立方米/日", "100000", "立方米/日"),
        ("300余家", "300", "家"),
        ("两座", "2", "座"),
        ("2.50%", "2.5", "%"),
        ("2个百分点", "2", "个百分点"),
        ("6000亩", "6000", "亩"),
        ("12亿美元", "12", "亿美元"),
        ("百亿元", "100", "亿元"),
        ("9/10万", "9", "/10万"),
        ("220万标箱", "2200000", "标箱"),
        ("翻两番", "2", "番"),
        ("四分之三", "75", "%"),
        ("三分之二", "66.67", "%"),
        ("八成以上", "80", "%"),
        ("7成", "70", "%"),
    ],
)
def test_numbers_with_their_units(text: str, number: str, unit: str) -> None:
    assert figures(text) == [(Decimal(number), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "第12条",
        "5G基站",
        "4A级",
        "G309",
        "2031年",
        "8月",
        "208线",
        "1:8",
        "3-5年",
        "6—8级",
        "由3%到5%",
        "12-3",
        "5%—0%",
        "3至0万元",
        "8成员",
        "6大产业",
        "二次",
        "一批",
        "八百里",
    ],
)
def test_codes_dates_ratios_and_ranges_are_no_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "printed"),
    [
        ("5%—7%", "5", "7", "%", ("5", "7")),
        ("3至5个", "3", "5", "个", ("3", "5")),
        ("2-3万人", "20000", "30000", "人", ("2", "3万")),
        ("80亿—100亿元", "80", "100", "亿元", ("80亿", "100")),
        ("1~1.5个百分点", "1", "1.5", "个百分点", ("1", "1.5")),
    ],
)
def test_a_range_has_two_ends(text: str, low: str, high: str, unit: str, printed: tuple[str, str]) -> None:
    (figure,) = find_figures(text, 0, len(text))
    ends = figure.ends
    assert [end.number for end in ends] == [Decimal(low), Decimal(high)]
    assert {end.unit for end in ends} == {unit}
    assert tuple(text[end.start : end.number_end] for end in ends) == printed


@given(
    st.integers(1, 500),
    st.integers(1, 500),
    st.sampled_from(["-", "—", "至", "~"]),
    st.sampled_from(["%", "公里", "家"]),
)
def test_of_every_range_both_ends_come_back(low: int, more: int, dash: str, unit: str) -> None:
    text = f"{low}{dash}{low + more}{unit}"
    (figure,) = find_figures(text, 0, len(text))
    assert [end.number for end in figure.ends] == [low, low + more]


def test_a_number_over_is_marked() -> None:
    assert [figure.over for figure in find_figures("300余家、200家", 0, 9)] == [True, False]


def _numerals(number: int) -> str:
    """A number as Chinese texts write it, up to 九千九百九十九万九千九百九十九."""
    high, low = divmod(number, 10_000)
    if not high:
        return _below_myriad(low)
    gap = "零" if 0 < low < 1000 else ""
    return f"{_below_myriad(high)}万{gap}{_below_myriad(low) if low else ''}"


def _below_myriad(number: int) -> str:
    text, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + name
        zero = not digit
    return text
