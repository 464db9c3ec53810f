"""Lists of projects and target forms inside a document."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.layouts import key_project_list, target_form
from imports.layouts.gazette import contract, recognise
from imports.layouts.gazette.drafts import DocumentDraft
from imports.layouts.gazette.embedded import EmbeddedPart, embedded_parts, leave_to
from imports.layouts.gazette.reading import read_gazette
from imports.reading import Defaults, Reading
from tests.imports.layouts.key_project_list.made import ListText, list_texts
from tests.imports.layouts.target_form_texts import a_form

NOTICE = """丁山市人民政府公报
2031年第2期
丁山市财政局关于下达预算绩效目标的通知
丁财绩〔2031〕5号
各预算单位：
现下达给你们，请遵照执行。
附件：1. 目标表
2. 渡口名单
丁山市财政局
2031年3月4日
附件1
目标表
""".rstrip().split("\n")
AFTER = """附件2
渡口名单
东渡口
丁山市水务局关于做好巡查工作的通知
丁水发〔2031〕6号
各有关单位：
请抓好巡查。
丁山市水务局
2031年3月5日
""".rstrip().split("\n")


def parts_of(lines: list[str]) -> list[list[EmbeddedPart]]:
    drafts = [part for part in read_gazette(lines) if isinstance(part, DocumentDraft)]
    return [embedded_parts(lines, draft) for draft in drafts]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_forms_in_an_annex_are_found_and_read(source: Random, count: int) -> None:
    forms = [a_form(source, irregular=0) for _ in range(count)]
    inside = [line for form in forms for line in form.lines]
    lines = [*NOTICE, *inside, *AFTER]
    assert recognise(lines)
    [[part], nothing] = parts_of(lines)
    assert nothing == []
    assert part.reader_name == target_form.NAME
    assert len(NOTICE) < part.first <= part.last <= len(NOTICE) + len(inside)
    drafts = target_form.read(Reading(lines[part.first - 1 : part.last]), Defaults(region_code="140400", unit="元"))
    assert [draft.name for draft in drafts] == [form.facts["name"] for form in forms]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(list_texts(most=6))
def test_a_list_in_an_annex_is_found_and_read(listed: ListText) -> None:
    lines = [*NOTICE, *listed.lines, *AFTER]
    [[part], nothing] = parts_of(lines)
    assert nothing == []
    assert part.reader_name == key_project_list.NAME
    assert len(NOTICE) < part.first <= part.last <= len(NOTICE) + len(listed.lines)
    inside = lines[part.first - 1 : part.last]
    drafts = key_project_list.read(Reading(inside), Defaults(region_code="140400", year=2031, unit="万元"))
    assert [draft.serial for draft in drafts] == [project.serial for project in listed.projects]


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_form_below_the_text_of_a_notice_is_found(source: Random) -> None:
    form = a_form(source, irregular=0)
    lines = [*NOTICE[2:6], *NOTICE[8:10], *form.lines]
    [[part]] = parts_of(lines)
    assert part.reader_name == target_form.NAME
    assert part.first > 6


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_a_form_is_read_as_a_form_and_not_as_a_table_of_damaged_rows(source: Random) -> None:
    lines = [
        *NOTICE,
        *a_form(source, irregular=0).lines,
        "序号\t渡口名称\t地点",
        "1\t东渡口\t河东",
        "2\t西渡口\t河西",
        *AFTER,
    ]
    reading = Reading(lines)
    notice, _ = [
        draft
        for draft in contract.read(reading, Defaults(region_code="140400", unit="元"))
        if isinstance(draft, DocumentDraft)
    ]
    assert [part.projects for part in notice.embedded] == [1]
    [part] = notice.embedded
    assert not [table for table in notice.tables if part.first_line <= table.first_line <= part.last_line]
    assert not [target for target in notice.targets if part.first_line <= target.line <= part.last_line]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(list_texts(most=4))
def test_a_list_gives_projects_of_the_budget_and_none_of_a_plan(listed: ListText) -> None:
    reading = Reading([*NOTICE, *listed.lines, *AFTER])
    notice, _ = [
        draft for draft in contract.read(reading, Defaults(region_code="140400")) if isinstance(draft, DocumentDraft)
    ]
    assert [part.projects for part in notice.embedded] == [len(listed.projects)]
    assert notice.tables == []
    assert notice.plan_projects == {}


def test_the_title_of_a_list_may_stand_right_below_the_caption_of_its_annex() -> None:
    listed = [
        "长治市2031年重点项目",
        "绩效目标",
        "单位：万元",
        "序号 项目 预算安排数 部门单位 政策依据及支出内容 绩效目标",
        "1 修缮渡口 5 市水务局",
    ]
    lines = [*NOTICE, *listed, *AFTER]
    [[part], *_] = [parts for parts in parts_of(lines) if parts]
    assert part.first == len(NOTICE) + 1


def test_a_part_that_its_reader_refuses_keeps_its_tables() -> None:
    table = ["序号\t渡口名称\t地点", "1\t东渡口\t河东"]
    document = next(draft for draft in read_gazette([*NOTICE, *table, *AFTER]) if isinstance(draft, DocumentDraft))
    before = list(document.tables)
    leave_to(EmbeddedPart(target_form.NAME, 1, document.tables[0].first_line - 1), document)
    assert document.tables == before != []


def test_ordinary_annexes_hold_none() -> None:
    assert parts_of([*NOTICE, "序号\t目标\t单位", "1\t修缮渡口\t水务局", *AFTER]) == [[], []]
