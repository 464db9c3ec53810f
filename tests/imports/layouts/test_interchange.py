"""The interchange format: what is written reads back, and faults are named in place."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.drafts import ProjectDraft
from imports.layouts import interchange
from imports.reading import Defaults, Reading, SourceError
from tests.imports.drafts import projects


def file_of(drafts: Sequence[ProjectDraft]) -> str:
    body = ",".join(interchange.project_json(draft) for draft in drafts)
    return interchange.file_head() + body + "".join(interchange.file_tail(not drafts))


def read(text: str) -> list[ProjectDraft]:
    return list(interchange.read(Reading(text.split("\n")), Defaults()))


def one_project(**changes: Any) -> str:
    record: dict[str, Any] = {
        "region": {"code": "140404", "name": "长治市上党区"}, "year": 2025, "serial": None, "name": "示例",
        "department": {"code": "409", "name": "教育局", "body": "教育局"}, "implementing_unit": None,
        "attribute": None, "duration": None, "amount": "1.00", "printed_unit": "元", "funding": None, "basis": None,
        "content": None, "overview": None, "necessity": None, "safeguards": None, "plan": None,
        "goals": {"period": None, "annual": None}, "indicators": [], "filed_at": None, "source": None,
    }  # fmt: skip
    record.update(changes)
    for name in [name for name, value in changes.items() if value is ...]:
        del record[name]
    return json.dumps({"format": "perfgoals-interchange", "version": 1, "projects": [record]}, ensure_ascii=False)


@given(st.lists(projects(), max_size=4))
def test_what_is_written_reads_back_the_same(drafts: list[ProjectDraft]) -> None:
    text = file_of(drafts)
    assert read(text) == drafts
    assert file_of(read(text)) == text


@given(st.lists(projects(), max_size=3))
def test_the_file_is_plain_json_with_two_spaces(drafts: list[ProjectDraft]) -> None:
    text = file_of(drafts)
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n" == text


def test_it_is_recognised_by_its_format_name_only() -> None:
    assert interchange.recognise(file_of([]).split("\n"))
    assert not interchange.recognise(['{"format": "other"}'])
    assert not interchange.recognise(["项目名称\t\t示例"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"amount": "1"}, "第 1 个项目的 amount 不合交换格式：写法不合规定"),
        ({"amount": 1}, "第 1 个项目的 amount 不合交换格式：应为 str | null，实际是 int"),
        ({"year": 1800}, "第 1 个项目的 year 不合交换格式"),
        ({"basis": ...}, "第 1 个项目 不合交换格式：缺少字段 basis"),
        ({"extra": 1}, "第 1 个项目 不合交换格式：有多余的字段 extra"),
        ({"name": ""}, "第 1 个项目的 name 不合交换格式：不能为空"),
        ({"region": {"code": "12", "name": "x"}}, "第 1 个项目的 region.code"),
        ({"filed_at": "昨天"}, "第 1 个项目的 filed_at"),
        (
            {"source": {"document": "a", "sha256": "a" * 64, "first_line": 9, "last_line": 3}},
            "last_line 小于 first_line",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(SourceError) as refused:
        read(one_project(**changes))
    assert message in refused.value.message


@pytest.mark.parametrize("fault", ['"serial": "x"', '"indicators": [{"scope": "annual"}]'])
def test_a_fault_is_named_with_the_line_of_its_project(fault: str) -> None:
    text = json.dumps(json.loads(one_project()), ensure_ascii=False, indent=2)
    key = fault.partition(":")[0]
    broken = text.replace(f"{key}: null", fault).replace(f"{key}: []", fault)
    with pytest.raises(SourceError, match="第 1 个项目") as refused:
        read(broken)
    assert refused.value.line == 6


def test_a_plain_text_is_no_interchange_file() -> None:
    with pytest.raises(SourceError, match="这不是交换文件"):
        read("项目名称\t示例")


def test_annual_total_and_amount_must_agree() -> None:
    column = dict.fromkeys(("total", "central", "provincial", "local", "self_raised", "other"))
    with pytest.raises(SourceError, match=r"amount 与 funding\.annual\.total 不一致"):
        read(one_project(funding={"period": column, "annual": {**column, "total": "2.00"}}))


def test_broken_json_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match="JSON 不完整") as refused:
        read('{"format": "perfgoals-interchange",\n "version": 1,\n "projects": [\n')
    assert refused.value.line == 4


def test_parts_that_cannot_come_back_whole_are_refused_not_dropped() -> None:
    text = json.dumps({"format": "perfgoals-interchange", "version": 1, "projects": [], "tables": [{}]})
    with pytest.raises(SourceError, match="tables 的第 1 项没有 detail"):
        read(text)
