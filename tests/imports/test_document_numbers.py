"""文号 in running text: every bracket style, every way of cutting them, and the prose before them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.document_numbers import DocumentNumber, numbers_in, whole_number

LETTERS = ("晋政发", "国办函", "人社部发", "并政办发", "厅字", "长审管批", "晋财建一", "上经开审投字", "建城", "和政发")
BRACKETS = ("〔〕", "[]", "［］", "（）", "()", "【】", "〔]", "﹝﹞")
BEFORE = ("", "根据", "《管理办法》（", "按照省人民政府", "、", "详见", "经", "结合工作要求，", "市财政局", "通知\n\n")
AFTER = ("", "）", "文件精神", "，现就有关事项通知如下", "、")


def standards(text: str) -> list[str]:
    return [number.standard for number in numbers_in(text)]


def unspaced(text: str) -> str:
    return "".join(text.split())


@st.composite
def printed_numbers(draw: st.DrawFn) -> tuple[str, str]:
    """A number as it may be printed, and its standard form."""
    letters, (opening, closing) = draw(st.sampled_from(LETTERS)), draw(st.sampled_from(BRACKETS))
    year, number = draw(st.integers(1990, 2035)), draw(st.integers(1, 9999))
    space = st.sampled_from(["", "", " ", "\n"])
    ordinal, zeros = draw(st.sampled_from(["", "第"])), draw(st.sampled_from(["", "0"]))
    pieces = [letters, opening, str(year), closing, ordinal + zeros + str(number), "号"]
    return "".join(piece + draw(space) for piece in pieces).strip(), f"{letters}〔{year}〕{number}号"


@given(st.sampled_from(BEFORE), printed_numbers(), st.sampled_from(AFTER))
def test_a_number_is_found_however_it_is_printed(before: str, printed: tuple[str, str], after: str) -> None:
    text = before + printed[0] + after
    [found] = numbers_in(text)
    assert found.standard == printed[1]
    assert (found.start, found.end) == (len(before), len(before) + len(printed[0]))
    assert unspaced(found.printed) == unspaced(printed[0])


@given(st.lists(printed_numbers(), max_size=5))
def test_all_numbers_of_a_text_are_found_in_their_order(printed: list[tuple[str, str]]) -> None:
    assert standards("、".join(text for text, _ in printed)) == [standard for _, standard in printed]


@given(st.text(alphabet="长政发令第号〔〕[]（）()【】2024年 \n\t一十百局部根据", max_size=80))
def test_any_text_is_read_and_no_number_overlaps_another(text: str) -> None:
    numbers = numbers_in(text)
    assert all(0 <= number.start < number.end <= len(text) for number in numbers)
    assert all(before.end <= number.start for before, number in pairwise(numbers))
    assert all(len(standards(number.standard)) == 1 for number in numbers)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("根据长政发〔2024〕5号", "长政发"),
        ("《通知》和晋财社〔2022〕258号", "晋财社"),
        ("原长政发〔2019〕2号同时废止", "长政发"),
        ("（原政发〔2019〕2号）", "原政发"),
        ("财政部财金〔2020〕13号", "财金"),
        ("市委长发〔2018〕28号", "长发"),
        ("常务会议〔2021〕131次长发改投发〔2022〕285号", "长发改投发"),
        ("2021年3月5日长政发〔2021〕5号", "长政发"),
        ("采购器材\n长财教〔2024〕3号", "长财教"),
        ("见会议纪要\n审管批〔2022〕7号", "审管批"),
        ("单位名称\t晋政函〔2024〕1号", "晋政函"),
    ],
)
def test_the_letters_are_cut_from_the_prose_before_them(text: str, letters: str) -> None:
    assert [number.letters for number in numbers_in(text)] == [letters]


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("《条例》（国务院令 第713号）", "国务院令第713号"),
        ("依据山西省人民政府令第290号", "山西省人民政府令第290号"),
        ("国务院第713号令", "国务院令第713号"),
        ("主席令第二十二号", "主席令第22号"),
        ("主席令第一〇二号", "主席令第102号"),
        ("财政部令（第 81 号）", "财政部令第81号"),
        ("国家发展改革委令2020年第3号", "国家发展改革委令2020年第3号"),
    ],
)
def test_orders_are_a_kind_of_their_own(text: str, standard: str) -> None:
    [found] = numbers_in(text)
    assert (found.kind, found.standard) == ("order", standard)


@pytest.mark.parametrize(
    "text",
    [
        "〔2021〕1次会议纪要",
        "安置房（2024）5号楼",
        "责令第3号企业整改",
        "（2024）3号",
        "项目代码2310-140404-89",
        "办公室关于办法的通知〔2024〕1号",
        "长政发〔24〕5号",
    ],
)
def test_other_numbers_are_not_taken(text: str) -> None:
    assert numbers_in(text) == []


def test_a_bracket_that_closes_before_its_number_does_not_matter() -> None:
    assert standards("批复的请示》(长水办〔2030〕78)号收悉") == ["长水办〔2030〕78号"]


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("长政规〔2030〕1 号", "长政规〔2030〕1号"),
        ("（晋政发[2030]12号）", "晋政发〔2030〕12号"),
        ("晋政发[2030]12号文件", None),
        ("晋政发[2030]12号、晋政发[2030]13号", None),
    ],
)
def test_a_line_that_is_a_number_and_nothing_else_is_known(text: str, standard: str | None) -> None:
    found: DocumentNumber | None = whole_number(text)
    assert (found.standard if found else None) == standard


def test_a_text_as_long_as_a_file_is_read_at_once() -> None:
    began = time.perf_counter()
    for text in ("〔2024〕" * 200_000, "令" * 1_000_000, "长政发" * 300_000, "2 0 2 4 " * 100_000, "〔 " * 300_000):
        numbers_in(text)
    assert time.perf_counter() - began < 6
