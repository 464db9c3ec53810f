"""A short list to build others from, and what is read of a text."""

from __future__ import annotations

from typing import Any

import pytest

from imports.drafts import ProjectDraft
from imports.layouts import key_project_list
from imports.reading import Defaults, Reading, SourceError

TOP = """长治市2030年市本级重点项目绩效目标

单位：万元

序号 项    目 预算安排数 部门单位 政策依据及支出内容 绩效目标
"""
CELL = "政策依据：《养护办法》\n支出内容：购置器材。\n\n器材完好。\n"


def read(text: str, **defaults: Any) -> tuple[list[ProjectDraft], Reading]:
    reading = Reading(text.split("\n"))
    return list(key_project_list.read(reading, Defaults(**defaults))), reading


def read_body(body: str) -> list[ProjectDraft]:
    """The projects of a body under an ordinary top, of which no line may stay unaccounted for."""
    drafts, reading = read(f"{TOP}\n{body}")
    assert list(reading.unclaimed()) == []
    return drafts


def refusal(text: str, **defaults: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(text, **defaults)
    return caught.value


def head_of(draft: ProjectDraft) -> tuple[int | None, str, str | None, str | None]:
    return draft.serial, draft.name, draft.amount.printed, draft.department_name


def texts_of(draft: ProjectDraft) -> tuple[str | None, str | None, str | None]:
    return draft.basis, draft.content, draft.goal_annual


def fields(draft: ProjectDraft) -> dict[str, Any]:
    return {
        "serial": draft.serial,
        "name": draft.name,
        "amount": draft.amount.printed,
        "department": draft.department_name,
        "basis": draft.basis,
        "content": draft.content,
        "goal": draft.goal_annual,
        "line": draft.first_line,
    }
