"""Lists of projects and target forms inside a document."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.layouts import key_project_list, target_form
from imports.layouts.gazette import recognise
from imports.layouts.gazette.drafts import DocumentDraft
from imports.layouts.gazette.embedded import EmbeddedPart, embedded_parts
from imports.layouts.gazette.reading import read_gazette
from imports.reading import Defaults, Reading
from tests.imports.layouts.key_project_list_texts import ListText, list_texts
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


def test_ordinary_annexes_hold_none() -> None:
    assert parts_of([*NOTICE, "序号\t目标\t单位", "1\t修缮渡口\t水务局", *AFTER]) == [[], []]
