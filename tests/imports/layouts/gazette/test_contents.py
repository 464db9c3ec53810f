"""Tables of contents of issues and inside documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.contents import inner_contents, inner_entries, is_entry, read_contents

TITLES = (
    "丁山市人民政府关于印发丁山市渡口养护办法的通知",
    "丁山市人民政府办公室关于公布名录的通知",
    "丁山市水务局 丁山市教育局关于做好巡查工作的通知",
)


def entries(text: str) -> list[tuple[str, str | None, str | None, int | None]]:
    lines = text.split("\n")
    return [(one.title, one.number, one.section, one.page) for one in read_contents(lines, 1, len(lines))]


@pytest.mark.parametrize("leader", ["……{}", "..... {}", "\t{}", " · · · · {}", "（{}）", "……（{}）", "  {}", "/{}"])
@pytest.mark.parametrize("bullet", ["", "- ", "1. ", "● "])
def test_an_entry_is_read_with_every_leader(leader: str, bullet: str) -> None:
    line = f"{bullet}{TITLES[0]}（丁政发[2031]5号）" + leader.format(12)
    assert entries(line) == [(TITLES[0], "丁政发〔2031〕5号", None, 12)]


def test_sections_are_told_from_entries() -> None:
    text = f"目 录\n## 市政府文件\n{TITLES[0]}……1\n【人事任免】\n{TITLES[1]}……8\n部门规范性文件\n{TITLES[2]}……9"
    assert [(section, page) for _, _, section, page in entries(text)] == [
        ("市政府文件", 1),
        ("人事任免", 8),
        ("部门规范性文件", 9),
    ]


@given(st.integers(6, 22), st.integers(1, 400))
def test_a_wrapped_entry_is_put_together(cut: int, page: int) -> None:
    text = f"{TITLES[0][:cut]}\n{TITLES[0][cut:]}（丁政发〔2031〕5号）\t{page}\n{TITLES[1]}\t{page + 1}"
    assert [(title, page) for title, _, _, page in entries(text)] == [(TITLES[0], page), (TITLES[1], page + 1)]


def test_a_page_may_stand_on_the_next_line_or_be_lost() -> None:
    assert [page for *_, page in entries(f"{TITLES[0]}\n3\n{TITLES[1]}\n{TITLES[2]}\n(9)")] == [3, None, 9]
    assert [page for *_, page in entries(f"{TITLES[0]}.....\n{TITLES[1]}……")] == [None, None]


def test_an_entry_cut_short_does_not_swallow_the_next() -> None:
    text = f"丁山市人民政府关于加强渡\n{TITLES[1]}……2\n丁山市人民政府关于加强\n丁山市水务局 丁山市教育局\n关于做好巡查工作的通知……3"
    assert [(title, page) for title, _, _, page in entries(text)] == [
        ("丁山市人民政府关于加强渡", None),
        (TITLES[1], 2),
        ("丁山市人民政府关于加强", None),
        (TITLES[2], 3),
    ]


def test_the_lines_of_the_masthead_are_no_entries() -> None:
    assert entries(f"目录\n2031年第3期(总第27期)\n(双月刊)\n{TITLES[0]}……1")[0][0] == TITLES[0]


def test_a_chronicle_is_an_entry() -> None:
    assert entries("大事记\n2031年5月大事记……33") == [("2031年5月大事记", None, "大事记", 33)]


@pytest.mark.parametrize("line", ["第一章 基础\t5", "渡口……", "渡口.......12", "渡口……（3）"])
def test_lines_of_contents_are_known(line: str) -> None:
    assert is_entry(line)


@pytest.mark.parametrize("line", ["渡口 12", "到2031年，渡口达到12", "甲\t乙", "", "省略……。"])
def test_other_lines_are_no_entries(line: str) -> None:
    assert not is_entry(line)


@pytest.mark.parametrize("leader", ["\t", "……", ""])
def test_the_contents_of_a_plan_end_where_its_first_chapter_begins(leader: str) -> None:
    page = "3" if leader else ""
    listed = [f"第一章 基础{leader}{page}", f"第一节\t现状{leader}{page}", f"第二章 目标{leader}{page}"]
    lines = ["规划", "目 录", *listed, "", "第一章 基础", "正文在此。", "第二章 目标"]
    assert inner_contents(lines, 1, len(lines)) == [(2, 5)]


def test_the_entries_of_a_plan_have_their_pages() -> None:
    lines = ["目录", "第一章\t基础\t3", "附件1：\t渡口表\t9", "", "第一章 基础", "正文。"]
    found = list(inner_entries(lines, inner_contents(lines, 1, len(lines))))
    assert [(one.title, one.page) for one in found] == [("第一章基础", 3), ("附件1：渡口表", 9)]


def test_a_document_called_contents_has_none() -> None:
    lines = ["目录", "各单位要按照事项清单抓好落实，逐项明确责任，按时完成。", "一、甲"]
    assert inner_contents(lines, 1, len(lines)) == []


def test_an_order_is_called_by_its_organ() -> None:
    assert entries("丁山市人民政府令（第12号）……3")[0][:2] == ("丁山市人民政府令", "丁山市人民政府令第12号")


@pytest.mark.parametrize("page", ["（7）", "(7)", " （ 7 ）"])
def test_a_page_in_brackets_needs_no_dots(page: str) -> None:
    assert entries(f"{TITLES[0]}{page}\n{TITLES[1]}（9）") == [(TITLES[0], None, None, 7), (TITLES[1], None, None, 9)]


@pytest.mark.parametrize("section", ["批复", "通报", "·政府规章·", "◆部门文件"])
def test_sections_are_named_after_kinds_of_documents(section: str) -> None:
    assert entries(f"{section}\n{TITLES[0]}……1")[0][2] == section.strip("·◆")


def test_a_number_cut_inside_its_brackets_goes_on() -> None:
    found = entries(f"{TITLES[0]} 丁政发[20\n31]第5号（3）\n{TITLES[1]} 丁政发〔2031\n〕6号......(9)")
    assert [(number, page) for _, number, _, page in found] == [("丁政发〔2031〕5号", 3), ("丁政发〔2031〕6号", 9)]


def test_the_page_of_the_contents_is_no_page_of_an_entry() -> None:
    assert [page for *_, page in entries(f"{TITLES[0]}\n{TITLES[1]}\n5")] == [None, None]
