"""The headings of a document and their levels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.outline import find_headings

TEXT = "各地要抓好渡口养护工作，逐处明确责任，按期完成。"


def outline(text: str) -> list[tuple[int, str]]:
    lines = text.split("\n")
    return [(heading.level, heading.text) for heading in find_headings(lines, 1, len(lines))]


def test_printed_numbers_say_what_stands_below_what() -> None:
    text = f"# （一）目标\n{TEXT}\n## 一、总则\n{TEXT}\n# 第一章 开头\n{TEXT}\n1. 巡查\n{TEXT}\n第一节 起步\n{TEXT}"
    assert outline(text) == [(4, "（一）目标"), (3, "一、总则"), (1, "第一章 开头"), (5, "1. 巡查"), (2, "第一节 起步")]


@given(st.lists(st.tuples(st.sampled_from("一二三"), st.integers(0, 5)), max_size=6))
def test_random_marks_do_not_change_levels(items: list[tuple[str, int]]) -> None:
    text = "\n".join(f"{'#' * marks} {number}、养护\n{TEXT}" for number, marks in items)
    assert outline(text) == [(1, f"{number}、养护") for number, _ in items]


@pytest.mark.parametrize(
    "line",
    [
        f"（一）目标。{TEXT}",
        "（一）登记渡口；",
        "一、原则同意《规划》。",
        "第一条 为了加强管理，制定本办法。",
        "**第一条** 渡口由乡镇管理",
        "1.5万人",
        "2031年目标",
        "附件：一、渡口表",
        "一、渡口\t二、码头",
    ],
)
def test_text_is_no_heading(line: str) -> None:
    assert outline(f"{line}\n{TEXT}") == []


def test_items_of_a_list_are_no_headings() -> None:
    assert outline("（一）登记渡口\n（二）检查码头\n（三）修缮驳岸") == []


def test_a_paragraph_cut_by_a_page_break_is_no_heading() -> None:
    text = f"（一）巡查。{TEXT}\n（二）修缮驳岸由乡镇组织并按照\n标准逐处验收，验收结果报水务部门备案并公布。\n（三）评比。{TEXT}"
    assert outline(text) == []


def test_articles_are_headings_only_where_they_are_marked_and_alone() -> None:
    assert outline(f"第一章 总则\n**第一条 目的**\n{TEXT}\n**第二条** {TEXT}") == [
        (1, "第一章 总则"),
        (2, "第一条 目的"),
    ]


@pytest.mark.parametrize("box", ["专栏一 渡口指标", "## 专栏2：渡口指标", "专栏 3 渡口指标", "专栏一 渡口指标\t\t\t"])
def test_boxes_stand_below_the_heading_above_them(box: str) -> None:
    found = outline(f"第一章 总则\n{TEXT}\n{box}\n{TEXT}")
    assert [level for level, _ in found] == [1, 2]


def test_marked_lines_without_a_number_are_headings() -> None:
    assert outline(f"## 前言\n{TEXT}\n**结语**\n{TEXT}") == [(1, "前言"), (1, "结语")]


def test_skipped_ranges_and_taken_lines_hold_no_headings() -> None:
    lines = ["一、甲", "二、乙", TEXT, "一、甲", TEXT, "# 附表"]
    assert [one.line for one in find_headings(lines, 1, 6, [(1, 2)], frozenset({6}))] == [4]
