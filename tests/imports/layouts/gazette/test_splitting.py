"""Files parted into issues and documents: generated gazettes, each irregularity alone, and the gazette this was built for."""

from __future__ import annotations

import itertools
import time
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.layouts.gazette.drafts import DocumentDraft, IssueDraft
from imports.layouts.gazette.reading import read_gazette, recognise
from imports.layouts.gazette.titles import folded
from tests.imports.layouts.gazette.gazette_texts import (
    MadeDocument,
    MadeFile,
    MadeIssue,
    a_collection,
    a_gazette,
    seeds,
)

ISSUE = """# 丁山市人民政府公报
2031年第2期
（总第18期）
"""
NOTICE = """丁山市人民政府
关于做好塘坝养护工作的通知
丁政发〔2031〕7号
各有关单位：
请抓好养护工作。
丁山市人民政府
2031年5月6日
（此件公开发布）
"""
OTHER = """丁山市水务局关于印发丁山市渡口管理办法的通知
丁水发〔2031〕9号
各乡镇人民政府：
现印发给你们，请遵照执行。
丁山市水务局
2031年5月7日
丁山市渡口管理办法
一、总则
渡口由乡镇管理。
"""


def documents(text: str) -> list[DocumentDraft]:
    return [part for part in read_gazette(text.split("\n")) if isinstance(part, DocumentDraft)]


def issues(lines: list[str]) -> list[IssueDraft]:
    return [part for part in read_gazette(lines) if isinstance(part, IssueDraft)]


def said(draft: DocumentDraft) -> tuple[object, ...]:
    return (
        folded(draft.title), draft.number, draft.issuer, draft.addressee, draft.signed, draft.public_note,
        draft.attached_title and folded(draft.attached_title), draft.section, draft.page, draft.first_line, draft.last_line,
    )  # fmt: skip


def expected(made: MadeDocument) -> tuple[object, ...]:
    return (
        folded(made.title), made.number, made.issuer, made.addressee and made.addressee.rstrip("：:"), made.signed, made.note,
        made.attached and folded(made.attached), made.section, made.page, made.first_line, made.last_line,
    )  # fmt: skip


def said_of_issue(draft: IssueDraft) -> tuple[object, ...]:
    return (
        draft.title,
        draft.year,
        draft.number,
        draft.total_number,
        draft.published,
        draft.first_line,
        draft.last_line,
    )


def expected_of_issue(made: MadeIssue) -> tuple[object, ...]:
    return (made.title, made.year, made.number, made.total, made.published, made.first_line, made.last_line)


# --- generated gazettes ----------------------------------------------------------------------------------------------


@settings(max_examples=80, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seeds, st.integers(1, 3))
def test_what_is_printed_is_read_back(source: Random, count: int) -> None:
    made: MadeFile = a_gazette(source, count)
    parts = list(read_gazette(made.lines))
    assert [said_of_issue(part) for part in parts if isinstance(part, IssueDraft)] == [
        expected_of_issue(issue) for issue in made.issues
    ]
    assert [said(part) for part in parts if isinstance(part, DocumentDraft)] == [
        expected(document) for issue in made.issues for document in issue.documents
    ]


@settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seeds, st.integers(1, 6))
def test_documents_one_after_another_need_no_issue(source: Random, count: int) -> None:
    made = a_collection(source, count)
    drafts = documents("\n".join(made.lines))
    assert [draft.issue for draft in drafts] == [None] * count
    assert [folded(draft.title) for draft in drafts] == [
        folded(document.title) for document in made.issues[0].documents
    ]


@settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seeds, st.integers(1, 2))
def test_every_line_belongs_to_an_issue_or_a_document(source: Random, count: int) -> None:
    lines = a_gazette(source, count).lines
    covered: set[int] = set()
    for part in read_gazette(lines):
        covered |= set(range(part.first_line, part.last_line + 1))
    loose = {number for number, line in enumerate(lines, start=1) if line.strip()} - covered
    assert all(lines[number - 1].strip(" -—·").isdigit() for number in loose)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*ISSUE.split("\n"), *NOTICE.split("\n"), *OTHER.split("\n"), "目录", "附件1", "甲\t乙"]))
)
def test_any_order_of_lines_is_read_without_overlap(lines: list[str]) -> None:
    drafts = [part for part in read_gazette(lines) if isinstance(part, DocumentDraft)]
    ranges = [(draft.first_line, draft.last_line) for draft in drafts]
    assert all(first <= last for first, last in ranges)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(ranges))


# --- each irregularity alone -----------------------------------------------------------------------------------------


def test_a_number_cited_on_a_line_of_its_own_begins_no_document() -> None:
    cited = NOTICE.replace(
        "请抓好养护工作。", "现将丁山市人民政府关于做好防汛工作的通知\n（丁政发〔2030〕3号）\n精神转告你们。"
    )
    assert [draft.number for draft in documents(cited)] == ["丁政发〔2031〕7号"]


def test_what_is_forwarded_with_its_own_number_stays_in_the_notice() -> None:
    forwarding = NOTICE.replace(
        "关于做好塘坝养护工作的通知", "关于转发丁山市水务局关于印发丁山市渡口管理办法的通知的通知"
    )
    assert [draft.number for draft in documents(forwarding + OTHER)] == ["丁政发〔2031〕7号"]


def test_a_document_below_the_label_of_an_annex_stays_in_its_document() -> None:
    drafts = documents(NOTICE + "附件\n" + OTHER)
    assert [draft.number for draft in drafts] == ["丁政发〔2031〕7号"]


def test_a_number_above_its_title_stands_under_a_letterhead() -> None:
    lines = NOTICE.split("\n")
    text = "\n".join(["丁山市人民政府文件", lines[2], lines[0], lines[1], *lines[3:]])
    [draft] = documents(text)
    assert (draft.first_line, draft.number_line, draft.title_lines) == (1, 2, [3, 4])


def test_an_order_is_numbered_by_itself() -> None:
    text = "丁山市人民政府令\n第 12 号\n《丁山市渡口管理办法》已经会议通过，现予公布。\n市长 丁一\n二〇三一年五月六日\n丁山市渡口管理办法\n第一条 略。"
    [draft] = documents(text)
    assert (draft.title, draft.number, draft.issuer) == ("丁山市人民政府令", "丁山市人民政府令第12号", "丁山市人民政府")
    assert (draft.attached_title, draft.signed) == ("丁山市渡口管理办法", date(2031, 5, 6))


def test_a_title_may_carry_its_own_number() -> None:
    text = (
        "丁山市水务局关于做好巡查工作的通知（丁水发[2031]4号）\n各有关单位：\n请抓好巡查。\n丁山市水务局\n2031年5月6日"
    )
    [draft] = documents(text)
    assert (draft.title, draft.number) == ("丁山市水务局关于做好巡查工作的通知", "丁水发〔2031〕4号")


def test_a_notice_without_number_is_known_by_its_addressee() -> None:
    [draft] = documents("\n".join(line for line in NOTICE.split("\n") if "〔" not in line))
    assert (draft.number, draft.addressee, draft.title_lines) == (None, "各有关单位", [1, 2])


def test_a_misprinted_title_is_known_by_the_number_that_the_contents_name() -> None:
    contents = "目录\n丁山市人民政府关于做好塘坝养护工作的通知（丁政发〔2031〕7号）……1\n"
    text = ISSUE + contents + NOTICE.replace("工作的通知", "工作的通和")
    [draft] = documents(text)
    assert (draft.title, draft.page) == ("丁山市人民政府关于做好塘坝养护工作的通和", 1)


def test_a_plan_alone_is_one_document() -> None:
    text = "丁山市渡口规划\n（2031—2035年）\n第一章 基础\n渡口有十处。\n第二章 目标\n到2035年，渡口达到二十处。\n"
    lines = text.split("\n")
    assert recognise(lines)
    [draft] = documents(text)
    assert (draft.title, draft.number, draft.last_line) == ("丁山市渡口规划", None, 6)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "今天晴。\n明天雨。", "序号\t项目\n1\t塘坝", "丁山市渡口规划好。\n一、甲。\n二、乙。"]
)
def test_other_texts_are_not_recognised(text: str) -> None:
    assert not recognise(text.split("\n"))


def test_running_heads_begin_no_issue() -> None:
    head = "丁山市人民政府公报 2031年第2期\n"
    text = ISSUE + "目录\n甲……1\n" + NOTICE + head + OTHER + head
    assert len(issues(text.split("\n"))) == 1
    assert len(documents(text)) == 2


def test_long_lines_and_many_lines_are_read_in_time() -> None:
    lines = [
        *(ISSUE + (NOTICE + OTHER) * 400).split("\n"),
        "甲" * 3000000,
        "2" * 1000000,
        "（" * 1000000,
        ". " * 500000,
    ]
    began = time.perf_counter()
    assert sum(1 for _ in read_gazette(lines)) > 700
    assert time.perf_counter() - began < 20


ORDER = "丁山市人民政府令\n第{}号\n《丁山市渡口管理办法》已经会议通过，现予公布。\n市长 丁一\n2031年5月6日\n丁山市渡口管理办法\n第一条 略。\n"


def test_orders_below_one_another_are_documents_of_their_own() -> None:
    assert [draft.number for draft in documents(ORDER.format(8) + ORDER.format(9))] == [
        "丁山市人民政府令第8号",
        "丁山市人民政府令第9号",
    ]


def test_contents_above_an_order_hold_no_document() -> None:
    contents = "目录\n丁山市人民政府令（第8号）\n丁山市水务局关于印发丁山市渡口管理办法的通知\n丁水发〔2031〕9号\n"
    drafts = documents(ISSUE + contents + ORDER.format(8) + OTHER)
    assert [draft.number for draft in drafts] == ["丁山市人民政府令第8号", "丁水发〔2031〕9号"]
    assert len(issues((ISSUE + contents + ORDER.format(8) + OTHER).split("\n"))[0].entries) == 2


def test_the_name_of_a_section_is_no_letterhead() -> None:
    contents = "目录\n规范性文件\n丁山市人民政府关于做好塘坝养护工作的通知（丁政发〔2031〕7号）……1\n"
    text = ISSUE + contents + "规范性文件\n" + NOTICE
    [draft] = documents(text)
    assert text.split("\n")[draft.first_line - 1] == "丁山市人民政府"


def test_organs_side_by_side_are_parted_by_the_place_they_begin_with() -> None:
    [draft] = documents(OTHER.replace("丁山市水务局关于", "丁山市水务局丁山市教育局关于"))
    assert draft.issuer == "丁山市水务局、丁山市教育局"


def test_an_order_that_the_contents_end_with_begins_no_document() -> None:
    text = (
        ISSUE + "目录\n丁山市人民政府关于做好塘坝养护工作的通知\n丁山市人民政府令（第8号）\n" + NOTICE + ORDER.format(8)
    )
    assert [draft.number for draft in documents(text)] == ["丁政发〔2031〕7号", "丁山市人民政府令第8号"]


def test_several_orders_are_entries_of_one_contents() -> None:
    text = ISSUE + "目录\n丁山市人民政府令（第8号）\n丁山市人民政府令（第9号）\n" + ORDER.format(8) + ORDER.format(9)
    [issue] = issues(text.split("\n"))
    assert [entry.number for entry in issue.entries] == ["丁山市人民政府令第8号", "丁山市人民政府令第9号"]
    assert len(documents(text)) == 2


def test_the_last_line_of_contents_is_no_part_of_the_title_below() -> None:
    contents = "目录\n丁山市人民政府关于做好塘坝养护工作的通知 / 1\n丁山市水务局关于印发丁山市渡口管理办法的通知（丁水发[2031]9号） / 3\n"
    unnumbered = "\n".join(line for line in NOTICE.split("\n") if "〔" not in line)
    assert [draft.page for draft in documents(ISSUE + contents + unnumbered + OTHER)] == [1, 3]
