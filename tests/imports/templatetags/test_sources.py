"""What reports say in templates."""

from types import SimpleNamespace
from typing import Any

import pytest

from imports.templatetags.sources import changed_and_in_conflict, report_line, stated

WORKBOOK = {"sheets": [["教育局", 1], ["水利局", 40]]}


def context(report: dict[str, Any], document_id: int | None = None) -> dict[str, Any]:
    return {"report": report, "run": SimpleNamespace(document_id=document_id), "unlinked": document_id is None}


@pytest.mark.parametrize(
    ("value", "label", "text"),
    [
        ("1234567.50", "年度金额（元）", "1,234,567.50"), ("0", "年度金额（元）", "0"), (None, "年度金额（元）", "—"),
        ("约三万", "年度金额（元）", "约三万"), ("20250101", "项目名称", "20250101"), ("", "概况", ""),
    ],
)  # fmt: skip
def test_amounts_alone_are_written_with_separators(value: str | None, label: str, text: str) -> None:
    assert stated(value, label) == text


def test_a_line_of_a_text_is_named_by_its_number_and_of_a_workbook_by_sheet_and_row() -> None:
    assert report_line(context({}), 12, short=True) == "12"
    assert "水利局</span> 第 3 行" in report_line(context(WORKBOOK), 42, short=True)


def test_a_sheet_that_is_named_like_markup_is_shown_as_text() -> None:
    assert "<b>" not in report_line(context({"sheets": [["<b>{0}", 1]]}, 7), 2, short=True)


def test_projects_that_are_changed_and_in_conflict_are_counted_once() -> None:
    report = {"conflicts": [{"project_id": 1}, {"project_id": 2}], "changes": [{"project_id": 2}, {"project_id": 3}]}
    assert changed_and_in_conflict(report) == 1
