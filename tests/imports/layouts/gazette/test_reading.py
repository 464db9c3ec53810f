"""A whole gazette or plan put together: the hand-checked readings of the sources, and what all parts take together."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from imports.layouts.gazette import read_gazette, recognise
from imports.layouts.gazette.drafts import AnnexDraft, DocumentDraft, IssueDraft

SHARED = Path(__file__).parents[4] / "../shared"
GOLD = SHARED / "gold/plan_and_gazette_documents.json"
PLAN, GAZETTE = "changzhi_quality_life_plan_2021_2025.txt", "changzhi_gazette_2024_03.txt"
LIST, FORMS = "changzhi_2024_key_projects.txt", "shangdang_2025_target_forms.txt"
needs_source = pytest.mark.skipif(not GOLD.exists(), reason="../shared is absent")

TEXT = """丁山市人民政府办公室关于印发丁山市渡口规划（2031—2035年）的通知
丁政办发〔2031〕3号
各有关单位：
现印发给你们，请认真执行。
丁山市人民政府办公室
2031年4月2日
丁山市渡口规划（2031—2035年）
目 录
一、目标\t1
附件：渡口项目表\t2
一、目标
到2035年，渡口达标率达到90%以上。
附件：渡口项目表
附件
渡口项目表
序号\t项目名称\t建设内容\t总投资（万元）
1\t东渡口改造\t新建码头两座\t120
2\t西渡口改造\t修缮驳岸\t80
"""


def source_lines(name: str) -> list[str]:
    return (SHARED / "sources" / name).read_text(encoding="utf-8").split("\n")


def gold(name: str) -> dict[str, Any]:
    return next(one for one in json.loads(GOLD.read_text(encoding="utf-8")) if one["file"] == name)


def squeezed(text: str | None) -> str | None:
    return None if text is None else "".join(text.split())


def documents(lines: list[str]) -> list[DocumentDraft]:
    return [part for part in read_gazette(lines) if isinstance(part, DocumentDraft)]


def of_draft(draft: DocumentDraft) -> dict[str, Any]:
    return {
        "title": squeezed(draft.title),
        "title_lines": draft.title_lines,
        "doc_no": draft.number,
        "doc_no_printed": squeezed(draft.number_printed),
        "doc_no_line": draft.number_line,
        "issuing_body": draft.issuer,
        "issue_date": draft.signed.isoformat() if draft.signed else None,
        "issue_date_printed": squeezed(draft.signed_printed),
        "issue_date_line": draft.signed_line,
        "toc_section": draft.section,
        "toc_page": draft.page,
        "toc_line": draft.contents_line,
        "first_line": draft.first_line,
        "last_line": draft.last_line,
        "attached_text_title": squeezed(draft.attached_title),
        "attached_text_line": draft.attached_line,
    }


def of_annex(draft: AnnexDraft) -> dict[str, Any]:
    return {
        "no": draft.number,
        "title": squeezed(draft.listed_title),
        "listed_line": draft.listed_line,
        "heading_line": draft.heading_line,
        "heading_printed": squeezed(draft.title),
        "toc_page": draft.page,
        "label_line": draft.label_line,
    }


@needs_source
@pytest.mark.parametrize("name", [PLAN, GAZETTE])
def test_the_documents_are_those_of_the_hand_checked_reading(name: str) -> None:
    wanted = gold(name)["documents"]
    found = [of_draft(draft) for draft in documents(source_lines(name))]
    squeezable = {"title", "doc_no_printed", "issue_date_printed", "attached_text_title"}
    assert found == [{key: squeezed(one[key]) if key in squeezable else one[key] for key in found[0]} for one in wanted]


@needs_source
@pytest.mark.parametrize("name", [PLAN, GAZETTE])
def test_the_annexes_are_those_of_the_hand_checked_reading(name: str) -> None:
    for draft, wanted in zip(documents(source_lines(name)), gold(name)["documents"], strict=True):
        assert len(draft.annexes) == len(wanted["annexes"])
        for annex, one in zip(draft.annexes, wanted["annexes"], strict=True):
            found = of_annex(annex)
            same = {key: found[key] for key in one if key in found}
            assert same == {key: squeezed(one[key]) if isinstance(one[key], str) else one[key] for key in same}


@needs_source
def test_the_issue_is_that_of_the_hand_checked_reading() -> None:
    wanted = gold(GAZETTE)["issue"]
    [issue] = [part for part in read_gazette(source_lines(GAZETTE)) if isinstance(part, IssueDraft)]
    assert (issue.title, issue.year, issue.number) == (wanted["title"], wanted["year"], wanted["issue_no"])
    assert issue.total_number == wanted["total_no"]
    assert issue.published is not None
    assert issue.published.isoformat() == wanted["publication_date"]
    assert issue.published_printed == wanted["publication_date_printed"]
    assert len(issue.entries) == gold(GAZETTE)["document_count"]


@needs_source
def test_boxes_and_the_contents_of_the_plan_are_known() -> None:
    [plan] = documents(source_lines(PLAN))
    boxes = [(one["line"], squeezed(one["title"])) for one in gold(PLAN)["documents"][0]["boxes"]]
    assert [
        (heading.line, squeezed(heading.text)) for heading in plan.headings if heading.text.startswith("专栏")
    ] == boxes
    listed = gold(PLAN)["tab_lines_that_are_not_tables"][0]
    [(first, last)] = plan.contents
    assert first <= listed["first_line"]
    assert last == listed["last_line"]
    assert plan.horizon == 2025


@needs_source
@pytest.mark.parametrize("name", [PLAN, GAZETTE])
def test_every_line_of_the_sources_belongs_to_an_issue_or_a_document(name: str) -> None:
    lines = source_lines(name)
    covered = {number for part in read_gazette(lines) for number in range(part.first_line, part.last_line + 1)}
    assert [number for number, line in enumerate(lines, start=1) if line.strip() and number not in covered] == []


@needs_source
def test_lists_and_forms_are_not_recognised() -> None:
    assert not recognise(source_lines(LIST))
    assert not recognise(source_lines(FORMS))
    assert recognise(source_lines(PLAN))
    assert recognise(source_lines(GAZETTE))


@needs_source
def test_a_whole_gazette_is_read_in_time() -> None:
    lines = source_lines(GAZETTE)
    began = time.perf_counter()
    assert sum(1 for _ in read_gazette(lines)) == 18
    assert time.perf_counter() - began < 5


def test_the_parts_of_a_document_are_put_together() -> None:
    [draft] = documents(TEXT.split("\n"))
    assert draft.contents == [(8, 10)]
    assert [(annex.title, annex.page, annex.first_line) for annex in draft.annexes] == [("渡口项目表", 2, 14)]
    assert [(table.kind, table.annex) for table in draft.tables] == [("project_table", 0)]
    assert [project.name for project in draft.plan_projects[0]] == ["东渡口改造", "西渡口改造"]
    assert [(target.line, target.number, target.year) for target in draft.targets] == [(12, 90, 2035)]


def test_an_issue_comes_before_its_documents() -> None:
    masthead = "丁山市人民政府公报\n2031年第2期\n"
    parts = list(read_gazette((masthead + TEXT + masthead.replace("第2", "第3") + TEXT).split("\n")))
    assert [type(part) for part in parts] == [IssueDraft, DocumentDraft] * 2
    assert [part.issue for part in parts if isinstance(part, DocumentDraft)] == [0, 1]
    assert all(one.last_line < other.first_line for one, other in pairwise(parts[::2]))


@pytest.mark.parametrize(
    ("title", "horizon"),
    [
        ("丁山市渡口规划（2031—2035年）", 2035),
        ("丁山市“十五五”渡口规划", 2030),
        ("三年行动计划(2029年-2031年)", 2031),
        ("丁山市2031年工作要点", None),
    ],
)
def test_the_horizon_is_the_end_of_the_period_that_the_title_names(title: str, horizon: int | None) -> None:
    text = TEXT.replace("丁山市渡口规划（2031—2035年）", title)
    assert documents(text.split("\n"))[0].horizon == horizon
