"""Targets in words, and the form that corrects them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.gazettes.models import ProseTarget
from imports.gazettes.review.actions import Understood
from imports.gazettes.review.forms import TargetForm
from imports.gazettes.review.words import clause_in, number_in_words, value_in_words, year_in_words

TYPED = {"name": "危房改造率", "operator": ">=", "number": "95", "unit": "%", "year": "2035"}


def form(**typed: str) -> TargetForm:
    return TargetForm.posted(TYPED | typed, ProseTarget(pk=1))


def errors(**typed: str) -> list[str]:
    return [error for found in form(**typed).errors.values() for error in found]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ((">=", Decimal("98.000000"), "%"), "≥ 98%"),
        (("=", Decimal("12000.500000"), "公里"), "= 12,000.5 公里"),
        (("~", Decimal("0.000001"), ""), "≈ 0.000001"),
    ],
)
def test_a_value_in_words(value: tuple[str, Decimal, str], words: str) -> None:
    assert value_in_words(*value) == words


def test_a_year_that_is_not_stated_is_said_so() -> None:
    assert (year_in_words(2035), year_in_words(None)) == ("2035 年", "未写明年份")


@pytest.mark.parametrize(
    ("sentence", "text", "parts"),
    [
        ("到2035年，改造率达到95%。", "改造率达到95%", ("到2035年，", "改造率达到95%", "。")),
        ("到2035年，改造 率达到95%。", "改造率达到95%", ("到2035年，", "改造 率达到95%", "。")),
        ("到2035年。", "改造率", ("到2035年。", "", "")),
    ],
)
def test_the_clause_is_found_in_its_sentence(sentence: str, text: str, parts: tuple[str, str, str]) -> None:
    assert tuple(clause_in(ProseTarget(sentence=sentence, text=text))) == parts


def test_a_correction_is_understood() -> None:
    found = form(number=" １,200.50 ", year="2034年", unit=" 个 ")
    assert found.is_valid()
    assert found.understood == Understood("危房改造率", ">=", Decimal("1200.50"), "个", 2034)


def test_a_year_may_be_left_open() -> None:
    found = form(year="")
    assert found.is_valid()
    assert found.understood.year is None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": " "}, "请填写指标名称。"),
        ({"number": ""}, "请填写数值。"),
        ({"number": "95%"}, "数值只能写数字，例如 95、1,200 或 3.5，单位写在后面的格里。"),
        ({"number": "1e5"}, "数值只能写数字，例如 95、1,200 或 3.5，单位写在后面的格里。"),
        ({"number": "0.0000001"}, "数值太大，或小数超过六位，请核对。"),
        ({"number": "9" * 30}, "数值太大，或小数超过六位，请核对。"),
        ({"operator": "!="}, "比较符只能是 ≥ ≤ > < = ≈ 之一。"),
        ({"year": "35"}, "目标年请写 1949 到 2100 之间的四位年份，没有写明就留空。"),
        ({"year": "²035"}, "目标年请写 1949 到 2100 之间的四位年份，没有写明就留空。"),
        ({"unit": "长" * 21}, "单位不能超过 20 个字。"),
    ],
)
def test_each_fault_is_one_sentence(typed: dict[str, str], message: str) -> None:
    assert errors(**typed) == [message]


@given(st.decimals(-(10**12), 10**12, places=6))
def test_a_number_in_words_is_understood_as_itself(number: Decimal) -> None:
    found = form(number=number_in_words(number))
    assert found.is_valid()
    assert found.understood.number == number
