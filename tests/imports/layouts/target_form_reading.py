"""How tests of the reader of target forms read one."""

from __future__ import annotations

from typing import Any

import pytest

from imports.drafts import ProjectDraft
from imports.layouts import target_form
from imports.reading import Defaults, Reading, SourceError

TITLE = "长治市沁县县级预算部门（单位）项目支出绩效目标表"
FOREIGN = "〇甲乙记号丙丁〇"
"""What stands in no form."""


def read(lines: list[str], **defaults: Any) -> tuple[list[ProjectDraft], Reading]:
    reading = Reading(lines)
    return list(target_form.read(reading, Defaults(**defaults))), reading


def read_one(lines: list[str], **defaults: Any) -> ProjectDraft:
    (draft,), reading = read(lines, **defaults)
    unclaimed = list(reading.unclaimed())
    assert unclaimed == [], unclaimed
    return draft


def refusal(lines: list[str], **defaults: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(lines, **defaults)
    return caught.value


def notices(lines: list[str]) -> list[tuple[int, str]]:
    return [(notice.line, notice.kind) for notice in read(lines)[1].notices]
