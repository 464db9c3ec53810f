"""Paragraphs: breaks inside sentences are mended, breaks between paragraphs are kept, and every character knows its line."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.drafts import Heading
from imports.layouts.gazette.paragraphs import Paragraph, paragraphs

OPEN = "各镇要因地制宜推进人居环境整治，"
CUT = "各镇要因地制宜推进人居环境整治，持续改善村庄面"
REST = "貌，到年底前完成整治。"


def read(text: str, *, skip: tuple[tuple[int, int], ...] = (), headings: tuple[Heading, ...] = ()) -> list[Paragraph]:
    lines = text.split("\n")
    return list(paragraphs(lines, 1, len(lines), skip, headings))


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in read(text)]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n\n", "\n\n— 12 —\n\n", "\n- 3 -\n", "\n \n第 4 页\n"])
def test_a_sentence_cut_by_a_page_break_is_mended(gap: str) -> None:
    assert texts(f"{CUT}{gap}{REST}") == [CUT + REST]


@pytest.mark.parametrize("end", ["。", "；", "：", "!", "。”", "。）", ";"])
def test_a_line_that_ends_its_sentence_ends_its_paragraph(end: str) -> None:
    first = f"{OPEN}持续改善村庄面貌{end}"
    assert texts(f"{first}\n\n{REST}") == [first, REST]


@pytest.mark.parametrize(
    "begin",
    [
        "（三）",
        "(3)",
        "三、",
        "3.",
        "3．",
        "第三章 ",
        "第十二条 ",
        "——",
        "①",
        "附件2：",
        "专栏三 ",
        "二是",
        "# ",
        "- ",
        "## 3. ",
    ],
)
def test_what_begins_something_of_its_own_is_not_joined(begin: str) -> None:
    assert len(texts(f"{CUT}\n\n{begin}完善管护机制")) == 2


@pytest.mark.parametrize("short", ["临江县人民政府", "各乡镇人民政府", "附 件", "2031年4月7日"])
def test_titles_and_signatures_are_not_prose_that_was_cut(short: str) -> None:
    assert texts(f"{short}\n\n{REST}") == [short, REST]


def test_a_date_line_is_not_joined_to_the_text_before_it() -> None:
    assert len(texts(f"{CUT}\n\n二〇三一年四月七日")) == 2


def test_a_heading_keeps_apart_from_the_text_below_it() -> None:
    lines = "三、推进公共服务提质扩面，不断增进民生福祉\n\n新建学校三所。"
    found = read(lines, headings=(Heading(1, 1, "推进公共服务提质扩面，不断增进民生福祉"),))
    assert [len(paragraph.headings) for paragraph in found] == [1, 1]


def test_text_that_runs_on_behind_a_heading_goes_over_the_page() -> None:
    line = "（一）目标任务。" + CUT
    found = read(f"{line}\n\n{REST}", headings=(Heading(1, 2, "目标任务"),))
    assert [paragraph.text for paragraph in found] == [line + REST]


def test_headings_above_are_the_chain_down_to_the_nearest() -> None:
    headings = (Heading(1, 1, "甲"), Heading(2, 2, "乙"), Heading(4, 2, "丙"), Heading(6, 1, "丁"))
    found = read("一、甲\n（一）乙\n村村通路。\n（二）丙\n户户通水。\n二、丁\n处处通电。", headings=headings)
    chains = ["".join(heading.text for heading in paragraph.headings) for paragraph in found]
    assert chains == ["甲", "甲乙", "甲乙", "甲丙", "甲丙", "丁", "丁"]


def test_tables_and_skipped_lines_are_no_paragraphs_and_part_what_is_around_them() -> None:
    assert texts(f"{CUT}\n甲\t乙\n{REST}") == [CUT, REST]
    assert [paragraph.text for paragraph in read(f"{CUT}\n目 录\n{REST}", skip=((2, 2),))] == [CUT, REST]


def test_every_character_knows_its_line() -> None:
    (paragraph,) = read(f"\n{CUT}\n\n{REST}")
    assert paragraph.line_at(0) == 2
    assert paragraph.line_at(len(CUT) - 1) == 2
    assert paragraph.line_at(len(CUT)) == 4


def test_markdown_and_tags_are_not_part_of_the_text() -> None:
    assert texts("**（一）加强管护。**落实<b>责任</b>。") == ["（一）加强管护。落实责任。"]


def test_latin_words_keep_a_space_where_the_line_wraps() -> None:
    assert (
        texts("推动城市更新领域项目，符合条件的申报基础设施 REITs\nproject 试点工作。")[0].count("REITs project") == 1
    )


@given(st.lists(st.text(alphabet="甲乙丙，。（）一、1 #\t-", max_size=30), max_size=12))
def test_no_character_is_lost_or_told_twice(lines: list[str]) -> None:
    found = list(paragraphs(lines, 1, len(lines), (), ()))
    numbers = [line for paragraph in found for _, line in paragraph.pieces]
    assert numbers == sorted(set(numbers))
    for paragraph in found:
        assert all(0 <= offset <= len(paragraph.text) for offset, _ in paragraph.pieces)


def test_long_texts_take_linear_time() -> None:
    lines = ["甲" * 2_000_000, "，" * 1_000_000, *["无标点的长行" * 8] * 20_000]
    begun = time.process_time()
    assert sum(1 for _ in paragraphs(lines, 1, len(lines), (), ())) >= 1
    assert time.process_time() - begun < 3
