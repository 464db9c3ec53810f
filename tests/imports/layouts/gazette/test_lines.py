"""Single lines of a gazette, as different converters print them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.lines import is_blank, is_page_number, is_table_row, joined, mark_level, plain


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("## 一、总则 ", "一、总则"),
        ("#一、总则", "一、总则"),
        ("**第一条** 本办法", "第一条 本办法"),
        ("- 附件：1. 清单 ", "附件：1. 清单"),
        ("<p><b>合计</b></p>", "合计"),
        ("关于印发<br/>办法的通知", "关于印发 办法的通知"),
        ("\\(一\\) 目标&nbsp;任务", "(一) 目标\xa0任务"),
        ("\ufeff  \u3000正文", "正文"),
        ("— 坚持导向。", "— 坚持导向。"),
        ("a < b 且 b > c", "a < b 且 b > c"),
    ],
)
def test_a_line_is_shown_without_its_marks(line: str, shown: str) -> None:
    assert plain(line) == shown


@pytest.mark.parametrize("line", ["- 12 -", "— 3 —", "12", "第 3 页 共 8 页", "第3页", "· 7 ·", "3/18"])
def test_page_numbers_are_known(line: str) -> None:
    assert is_page_number(line)


@pytest.mark.parametrize("line", ["", "1. 总则", "2024年", "2024", "12345", "3.5万"])
def test_other_lines_are_no_page_numbers(line: str) -> None:
    assert not is_page_number(line)


def test_blank_and_table_lines_are_known() -> None:
    assert is_blank(" \u3000\ufeff")
    assert is_blank("")
    assert not is_blank(" 。")
    assert is_table_row("甲\t乙")
    assert not is_table_row("甲 乙")


@pytest.mark.parametrize(("line", "level"), [("# 甲", 1), ("  ###乙", 3), ("丙 #1", 0), ("＃＃ 丁", 2), ("", 0)])
def test_the_level_of_a_marked_heading_is_counted(line: str, level: int) -> None:
    assert mark_level(line) == level


def test_wrapped_lines_are_put_together_as_they_are_read() -> None:
    assert joined(["推动文旅 ", " 融合发展"]) == "推动文旅融合发展"
    assert joined(["smart", "city", "平台"]) == "smart city平台"
    assert joined(["投资12", "34万元", " "]) == "投资1234万元"


@given(st.lists(st.text(alphabet="甲乙，。（）", max_size=5)))
def test_chinese_lines_are_put_together_without_spaces(parts: list[str]) -> None:
    assert joined(parts) == "".join(parts)


def test_a_line_as_long_as_a_file_is_read_at_once() -> None:
    began = time.perf_counter()
    for line in (" " * 1_000_000 + "甲", "#" * 1_000_000, "<" * 1_000_000, "*" * 1_000_000, "- " * 500_000):
        assert not is_page_number(line)
        plain(line), mark_level(line), is_blank(line)
    assert time.perf_counter() - began < 2
