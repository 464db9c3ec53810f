"""The tables of the published plan and gazette, against a careful reader's reading of them."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from imports.layouts.gazette.drafts import RowDraft, TableDraft
from imports.layouts.gazette.tables import find_tables

SHARED = Path(__file__).parents[5] / "../shared"
TABLES = SHARED / "gold/plan_and_gazette_tables.json"
PROJECTS = SHARED / "gold/plan_and_gazette_plan_projects.json"
pytestmark = pytest.mark.skipif(not TABLES.exists(), reason="../shared is absent")

KINDS = {"equipment_or_other": "other"}


def squeezed(text: str) -> str:
    return "".join(text.split())


@cache
def gold(path: Path) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return read


@cache
def tables(file: str) -> list[TableDraft]:
    lines = (SHARED / "sources" / file).read_text(encoding="utf-8").split("\n")
    return find_tables(lines, 1, len(lines))


def table(expected: dict[str, Any]) -> TableDraft:
    return next(found for found in tables(expected["file"]) if found.first_line == expected["first_line"])


def row(file: str, line: int) -> tuple[TableDraft, RowDraft]:
    return next((found, draft) for found in tables(file) for draft in found.rows if draft.line == line)


each_table = pytest.mark.parametrize("expected", gold(TABLES), ids=lambda expected: expected["table_id"])


def test_there_are_no_other_tables() -> None:
    for file in {expected["file"] for expected in gold(TABLES)}:
        expected = [table["first_line"] for table in gold(TABLES) if table["file"] == file]
        assert [found.first_line for found in tables(file)] == expected


@each_table
def test_lines_and_caption(expected: dict[str, Any]) -> None:
    found = table(expected)
    assert (found.last_line, found.caption_line) == (expected["last_line"], expected["caption_line"])
    assert squeezed(found.caption) == squeezed(expected["caption"])
    assert found.kind == KINDS.get(expected["kind"], expected["kind"])


@each_table
def test_header(expected: dict[str, Any]) -> None:
    found = table(expected)
    assert [squeezed(cell) for cell in found.header] == [squeezed(cell) for cell in expected["header"]]
    assert found.header_lines == expected["header_lines"]
    assert found.unit == (expected["unit"] if expected["money_column"] else None)


@each_table
def test_rows_and_groups(expected: dict[str, Any]) -> None:
    found = table(expected)
    assert [draft.line for draft in found.rows if draft.kind == "row"] == expected["row_lines"]
    groups = [(draft.line, squeezed("".join(draft.cells))) for draft in found.rows if draft.kind == "group"]
    assert groups == [(group["line"], squeezed(group["text"])) for group in expected["group_rows"] or []]


@each_table
def test_declared_totals(expected: dict[str, Any]) -> None:
    found = table(expected)
    totals = {total.declared: total.computed for total in found.totals if total.line == expected["declared_total_line"]}
    declared = expected["declared_total"] or {}
    figures = declared.values() if isinstance(declared, dict) else [declared]
    assert totals == {Decimal(figure): Decimal(figure) for figure in figures}


def test_each_district_has_as_many_as_its_label_declares() -> None:
    expected = next(table for table in gold(TABLES) if table.get("other_declared"))
    found = {total.label: (total.declared, total.computed) for total in table(expected).totals[1:]}
    districts = expected["other_declared"]["by_district"]
    assert found == {label.split("(")[0]: (count["declared"], count["sum"]) for label, count in districts.items()}


def test_merged_cells_of_labels_in_the_midst_of_their_groups() -> None:
    expected = next(table for table in gold(TABLES) if table.get("other_declared"))
    for wanted in expected["rows"]:
        _, draft = row(expected["file"], wanted["line"])
        assert [squeezed(cell) for cell in draft.cells[:2]] == [wanted["行政区"], wanted["时间"]]
        assert draft.filled == tuple(at for at, key in enumerate(("行政区", "时间")) if not wanted[f"{key}_printed"])


def test_rows_of_two_merged_columns() -> None:
    for expected in gold(TABLES):
        for wanted in expected.get("rows") or []:
            if "站队" in wanted:
                _, draft = row(expected["file"], wanted["line"])
                values = [value for key, value in wanted.items() if key not in ("line", "damaged", "damage_reason")]
                assert [squeezed(cell) for cell in draft.cells] == [squeezed(value) for value in values]
                assert (draft.mended or draft.damage) if wanted.get("damaged") else draft.damage is None


def test_no_damaged_row_is_sound_and_every_other_is() -> None:
    for wanted in gold(PROJECTS):
        _, draft = row(wanted["file"], wanted["line"])
        assert bool(draft.damage or draft.mended) == wanted["damaged"]


def test_cells_of_rows_that_are_not_damaged_stand_under_their_headers() -> None:
    for wanted in gold(PROJECTS):
        found, draft = row(wanted["file"], wanted["line"])
        if draft.damage is None:
            cells = {squeezed(head): squeezed(cell) for head, cell in zip(found.header, draft.cells, strict=True)}
            other = {key: value for key, value in wanted["other"].items() if value is not None and "printed" not in key}
            assert {key: cells[squeezed(key)] for key in other} == {
                key: squeezed(value) for key, value in other.items()
            }
            for key in ("serial", "name", "location", "period", "responsible"):
                assert not wanted[key] or squeezed(wanted[key]) in cells.values()
            assert not wanted["investment"] or cells[squeezed(wanted["investment_column"])] == wanted["investment"]


def test_both_sources_are_read_in_a_blink() -> None:
    for file in {expected["file"] for expected in gold(TABLES)}:
        lines = (SHARED / "sources" / file).read_text(encoding="utf-8").split("\n")
        started = time.perf_counter()
        find_tables(lines, 1, len(lines))
        assert time.perf_counter() - started < 1
