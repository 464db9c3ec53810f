"""The source that the reader was built for, against the hand-checked reading."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from imports.layouts import key_project_list
from tests.imports.layouts.key_project_list.texts import fields, read

SHARED = Path(__file__).parents[4] / "../shared"
SOURCE = SHARED / "sources/changzhi_2024_key_projects.txt"
GOLD = SHARED / "gold/changzhi_2024_key_projects.json"
needs_source = pytest.mark.skipif(not SOURCE.exists(), reason="../shared is absent")


@needs_source
def test_the_source_is_read_like_the_hand_checked_reading() -> None:
    drafts, _ = read(SOURCE.read_text(encoding="utf-8"))
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["projects"]
    assert len(drafts) == len(gold) == 69
    for draft, checked in zip(drafts, gold, strict=True):
        assert _squeezed(fields(draft)) == _squeezed(_gold_fields(checked))
        assert (draft.year, draft.region_code, draft.printed_unit) == (2024, "140400", "万元")


@needs_source
@pytest.mark.parametrize("change", [str.lstrip, lambda line: f"{line}  ", lambda line: line.replace("\n", "") or "  "])
def test_the_source_reads_the_same_with_other_white_space(change: Callable[[str], str]) -> None:
    lines = SOURCE.read_text(encoding="utf-8").split("\n")
    plain, changed = read("\n".join(lines))[0], read("\n".join(map(change, lines)))[0]
    assert [fields(draft) for draft in changed] == [fields(draft) for draft in plain]


@needs_source
def test_the_source_is_accounted_for_to_the_last_line_and_fen() -> None:
    drafts, reading = read(SOURCE.read_text(encoding="utf-8"))
    assert list(reading.unclaimed()) == []
    assert reading.declared_total
    assert sum(draft.amount.yuan or 0 for draft in drafts) == reading.declared_total.yuan == Decimal("13762740000.00")
    assert reading.declared_line == 6


@needs_source
def test_the_displaced_cell_of_the_source_comes_back_to_its_project() -> None:
    drafts, reading = read(SOURCE.read_text(encoding="utf-8"))
    moved = [draft for draft in drafts if draft.lines]
    assert [draft.serial for draft in moved] == [42]
    assert moved[0].last_line == moved[0].lines[-1][1]
    assert [notice.kind for notice in reading.notices] == ["footnote", "displaced"]


@needs_source
def test_only_the_list_is_recognised_among_the_sources() -> None:
    found = [
        path.name
        for path in sorted(SOURCE.parent.glob("*.txt"))
        if key_project_list.recognise(path.read_text(encoding="utf-8").split("\n"))
    ]
    assert found == [SOURCE.name]


def _gold_fields(checked: dict[str, Any]) -> dict[str, Any]:
    named = {"goal": "goal_annual", "line": "source_first_line"}
    keys = ("serial", "name", "amount", "department", "basis", "content", "goal", "line")
    return {key: checked[named.get(key, key)] for key in keys}


def _squeezed(values: dict[str, Any]) -> dict[str, Any]:
    return {key: "".join(value.split()) if isinstance(value, str) else value for key, value in values.items()}
