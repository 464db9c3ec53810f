"""What is changed in a table is what the same change in the form would be."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.actions import Options, import_file
from indicators.editing.merging import facts_of
from indicators.editing.operations import set_printed
from indicators.editing.reading import read
from indicators.editing.showing import sheet_of
from indicators.state import load_state, write_state
from projects.models import Project
from tests.imports import texts
from tests.imports.tables.exported import changed, exported, taken_in

pytestmark = pytest.mark.django_db

TEXTS = {
    "项目概况": "overview",
    "实施单位": "implementing_unit",
    "项目期": "duration",
    "年度目标": "goals.annual",
    "差额说明": "funding_note",
}
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1, max_size=12
)
AMOUNTS = st.decimals(0, 10**9, places=2)
EDITS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(TEXTS, WORDS),
        "amount": AMOUNTS, "name": WORDS, "value": st.sampled_from(["≥15间", "12", "改善", "70%-80%", "=3", "≤0.5万元"]),
    },
)  # fmt: skip


@given(edits=EDITS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_edits_equal_those_of_the_form(db: None, edits: dict[str, Any]) -> None:
    import_file(texts.form().encode(), name="教育局.txt", options=Options(), by=None)
    pk = Project.objects.get().pk
    start = load_state(pk)
    cells: dict[tuple[str, int, str], Any] = {}
    sheet = sheet_of(start)
    for header, key in TEXTS.items():
        if header in edits:
            cells["项目", 2, header] = edits[header]
            if key == "goals.annual":
                sheet.goals["annual"] = edits[header]
            else:
                sheet.head[key] = edits[header]
    if "amount" in edits:
        for scope, label in (("annual", "年度"), ("period", "实施期")):
            for source, name in (
                ("total", "金额" if scope == "annual" else "资金总额"),
                ("local", "市县（区）财政资金"),
            ):
                cells["项目", 2, f"{label}{name}（元）"] = float(edits["amount"])
                sheet.funding[f"{scope}.{source}"] = str(edits["amount"])
    row = next(row for row in sheet.rows if row.annual.name == "改造教室")
    if "name" in edits:
        cells["指标", 2, "年度指标"] = row.annual.name = edits["name"]
    if "value" in edits:
        cells["指标", 2, "年度指标值"] = edits["value"]
        set_printed(row.annual, edits["value"])
    wanted = read(sheet, sheet_of(start), start, lambda _: None)
    assert wanted.errors == {}
    taken_in(changed(exported(), cells))
    after = load_state(pk)
    try:
        assert facts_of(after) == facts_of(wanted.state)
    finally:
        write_state(pk, after, start)


def test_money_is_exact() -> None:
    import_file(texts.form().encode(), name="教育局.txt", options=Options(), by=None)
    cells = {("项目", 2, header): 1234567890123.45 for header in ("年度金额（元）", "年度市县（区）财政资金（元）")}
    taken_in(changed(exported(), cells))
    assert Project.objects.get().amount == Decimal("1234567890123.45")
