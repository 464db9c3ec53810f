"""A document's lines as blocks: nothing is lost, breaks are mended, targets are marked where they stand."""

from imports.gazettes.reading.blocks import Block, Fixed, Target, blocks_of, title_range
from imports.gazettes.reading.marking import Mark
from imports.layouts.gazette.drafts import Heading

MARK = Mark(7, "open", "待审", "达标率 ≥98%", "/targets/7/")


def blocks(
    text: str, *, fixed: tuple[Fixed, ...] = (), headings: tuple[Heading, ...] = (), **more: object
) -> list[Block]:
    lines = text.split("\n")
    targets = more.get("targets", ())
    return blocks_of(lines, 1, len(lines), fixed, headings, targets)  # type: ignore[arg-type]


def kinds(found: list[Block]) -> list[tuple[str, int]]:
    return [(block.kind, block.line) for block in found]


def test_a_sentence_that_a_page_cuts_is_one_paragraph_with_an_anchor_for_each_line() -> None:
    found = blocks("到下一个五年末，全市校舍改造任务，要在\n\n- 12 -\n\n各县区同时完成。")
    assert [block.text for block in found] == ["到下一个五年末，全市校舍改造任务，要在各县区同时完成。"]
    assert 'id="L5"' in found[0].html


def test_a_heading_alone_and_one_with_text_behind_it() -> None:
    headings = (Heading(1, 1, "一、目标"), Heading(2, 2, "（一）校舍。"))
    found = blocks("一、目标\n（一）校舍。三年内修完全部校舍。", headings=headings)
    assert [(block.kind, block.level, block.lead) for block in found] == [
        ("heading", 2, ""),
        ("paragraph", 3, "（一）校舍。"),
    ]
    assert found[1].text == "三年内修完全部校舍。"


def test_items_become_one_list() -> None:
    found = blocks("- 甲项。\n- 乙项。\n\n正文一段。")
    assert kinds(found) == [("list", 1), ("paragraph", 4)]
    assert [item.text for item in found[0].blocks] == ["甲项。", "乙项。"]


def test_lines_with_cells_that_no_table_has_are_shown_all_the_same() -> None:
    found = blocks("前文。\n左栏甲\t右栏乙\n左栏丙\t右栏丁\n后文。")
    assert kinds(found) == [("paragraph", 1), ("rows", 2), ("paragraph", 4)]
    assert found[1].rows == [("左栏甲", "右栏乙"), ("左栏丙", "右栏丁")]


def test_a_table_stands_where_it_is_printed() -> None:
    found = blocks("前文。\n甲\t乙\n1\t2\n后文。", fixed=(Fixed(2, 3, "table", place=4),))
    assert [(block.kind, block.line, block.place) for block in found] == [
        ("paragraph", 1, 0), ("table", 2, 4), ("paragraph", 4, 0),
    ]  # fmt: skip


def test_a_target_is_marked_in_its_clause() -> None:
    found = blocks("到2035年，达标率达到98%以上，书屋建好。", targets=(Target(1, "达标率达到98%以上", MARK),))
    assert [(piece.text, len(piece.marks)) for piece in found[0].pieces] == [
        ("到2035年，", 0), ("达标率达到98%以上", 1), ("，书屋建好。", 0),
    ]  # fmt: skip


def test_a_clause_that_is_not_found_is_not_forgotten() -> None:
    found = blocks("另有一段。", targets=(Target(1, "不在这里", MARK),))
    assert found[0].missing == [MARK]


def test_markup_of_the_source_is_no_markup_of_the_page() -> None:
    found = blocks('甲 < 乙 & 丙 "丁"', targets=(Target(1, "乙 & 丙", MARK),))
    assert "&lt; <mark" in found[0].html
    assert "乙 &amp; 丙" in found[0].html


def test_a_title_runs_over_the_lines_that_say_it() -> None:
    lines = ["校舍修缮", "", "五年规划", "一、目标"]
    assert title_range(lines, 1, "校舍修缮五年规划", 4) == (1, 3)
    assert title_range(lines, 4, "一、目标", 4) == (4, 4)
