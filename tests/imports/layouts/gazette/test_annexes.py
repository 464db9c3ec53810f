"""The annexes of a document: listed, labelled, captioned, in every order in which they are printed."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.layouts.gazette.annexes import find_annexes
from imports.layouts.gazette.drafts import AnnexDraft, DocumentDraft
from imports.layouts.gazette.reading import read_gazette
from tests.imports.layouts.gazette.gazette_texts import a_gazette, seeds


def annexes(text: str) -> list[AnnexDraft]:
    lines = text.split("\n")
    return find_annexes(lines, 1, len(lines))


def places(text: str) -> list[tuple[str | None, str, int | None, int | None, int | None]]:
    return [(one.number, one.title, one.listed_line, one.label_line, one.heading_line) for one in annexes(text)]


@settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seeds)
def test_what_is_printed_is_read_back(source: Random) -> None:
    made = a_gazette(source)
    drafts = [part for part in read_gazette(made.lines) if isinstance(part, DocumentDraft)]
    for draft, wanted in zip(drafts, made.issues[0].documents, strict=True):
        assert [(one.number, one.title, one.listed_line, one.first_line) for one in draft.annexes] == [
            (one.number, one.title, one.listed_line, one.first_line or None) for one in wanted.annexes
        ]


def test_below_a_list_may_stand_a_line_of_which_nothing_is_seen() -> None:
    long = "丁山市渡口和塘坝养护管理工作任务分工及进度安排一览"
    assert [one.title for one in annexes(f"附件：{long}\n<b>\n正文。")] == [long]


def test_the_only_annex_has_no_number() -> None:
    text = "附件：渡口清单\n丁山市水务局\n2031年5月6日\n附件\n渡口清单\n甲\t乙"
    assert places(text) == [(None, "渡口清单", 1, 4, 5)]


def test_a_caption_may_stand_above_its_label() -> None:
    text = "附件：1. 渡口清单\n2. 塘坝清单\n丁山市水务局\n渡口清单\n附件 1\n甲\t乙\n附件 2\n塘坝清单\n丙\t丁"
    assert places(text) == [("1", "渡口清单", 1, 5, 4), ("2", "塘坝清单", 2, 7, 8)]


def test_label_and_caption_may_stand_on_one_line() -> None:
    assert places("正文。\n附件1：渡口清单\n甲\t乙\n附件2 塘坝清单\n丙\t丁") == [
        ("1", "渡口清单", None, 2, 2),
        ("2", "塘坝清单", None, 4, 4),
    ]


def test_an_annex_that_is_listed_and_not_printed_has_no_place() -> None:
    [one, other] = annexes("附件：1．渡口清单（另发）\n2．塘坝清单\n丁山市水务局\n附件2\n塘坝清单\n甲\t乙")
    assert (one.title, one.first_line, one.heading_line) == ("渡口清单（另发）", None, None)
    assert (other.first_line, other.last_line) == (4, 6)


def test_the_rest_of_a_wrapped_item_belongs_to_it() -> None:
    text = "附件：1. 丁山市渡口和塘坝养护管理工作任务分工\n及进度安排表\n2. 塘坝清单\n丁山市水务局"
    assert [one.title for one in annexes(text)] == ["丁山市渡口和塘坝养护管理工作任务分工及进度安排表", "塘坝清单"]


def test_items_on_one_line_are_parted() -> None:
    assert [one.title for one in annexes("附件：1.渡口清单  2.塘坝清单\n正文。")] == ["渡口清单", "塘坝清单"]


def test_a_list_may_stand_below_its_word() -> None:
    assert places("附件：\n1．渡口清单\n2．塘坝清单\n丁山市水务局\n附件1\n渡口清单")[0] == ("1", "渡口清单", 2, 5, 6)


def test_a_caption_over_two_headings_is_one() -> None:
    text = "附件：渡口养护任务分工表\n## 附件\n## 渡口养护\n## 任务分工表\n甲\t乙"
    assert places(text) == [(None, "渡口养护任务分工表", 1, 2, 3)]


def test_a_label_repeated_on_the_next_page_begins_no_annex() -> None:
    text = "附件1\n渡口清单\n甲\t乙\n附件1\n甲\t乙\n丙\t丁\n附件2\n塘坝清单"
    assert [one.number for one in annexes(text)] == ["1", "2"]


def test_a_label_that_no_list_names_is_an_annex_too() -> None:
    assert places("附件：渡口清单\n附表1\n塘坝表\n甲\t乙")[-1][:2] == ("1", "塘坝表")


@pytest.mark.parametrize(
    "text", ["详见附件2。", "附件材料由各单位提供。", "（附件1、附件2）另发。", "附件上传至平台，逾期不候。"]
)
def test_prose_about_annexes_is_none(text: str) -> None:
    assert annexes(text) == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["附件", "附件1", "附件：", "附件：1. 甲表", "2. 乙表", "甲表", "乙表", "甲\t乙", "正文。", "<b>", ""]
        )
    )
)
def test_annexes_never_overlap(lines: list[str]) -> None:
    printed = [one for one in find_annexes(lines, 1, len(lines)) if one.first_line and one.last_line]
    ends = sorted((one.first_line or 0, one.last_line or 0) for one in printed)
    assert all(first <= last for first, last in ends)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(ends))
