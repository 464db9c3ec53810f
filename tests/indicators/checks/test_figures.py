"""Sums of money in texts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.checks.figures import sentence_of, sums_of, without_brackets


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("总投资3857.4万元。", ["38574000"]), ("预算15,000,000元", ["15000000"]), ("共1.2亿元，其中80万", ["120000000", "800000"]),
        ("工资2700000元(59人)", ["2700000"]), ("约20万元左右", ["200000"]),
    ],
)  # fmt: skip
def test_sums_are_read_in_yuan(text: str, yuan: list[str]) -> None:
    assert [one.yuan for one in sums_of(text)] == [Decimal(figure) for figure in yuan]


@pytest.mark.parametrize(
    "text",
    [
        "每人每年2000元",
        "补助标准500元",
        "30元/亩",
        "单价为20元",
        "100-200万元的",
        "5万亩",
        "3.2万人",
        "万元",
        "ABC12元",
    ],
)
def test_prices_ranges_and_other_units_are_no_sums(text: str) -> None:
    assert not sums_of(text)


def test_a_sum_knows_how_exact_it_is() -> None:
    about, exact, yuan = sums_of("约320万元，198.8万元，1987804.28元")
    assert not about.is_exact
    assert about.is_about(Decimal(3_199_200))
    assert exact.is_about(Decimal("1987804.28"))
    assert not exact.is_about(Decimal(1_989_000))
    assert yuan.slack == 0


@given(st.text(st.sampled_from("0123456789.,，万亿元约/每人 。合计包括其中（）()×=")))
def test_no_text_is_too_much(text: str) -> None:
    for one in sums_of(text):
        assert text[one.start : one.end].startswith(one.printed[0])
        start, end = sentence_of(text, one.start)
        assert start <= one.start <= end
    assert len(without_brackets(text)) == len(text)
