"""An exported table comes back: what was changed is changed, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from imports.actions import Options, import_file
from imports.differing import differing
from imports.models import ImportRun, SourceDocument, SourceRecord
from imports.uploads.deciding import decided, digest
from indicators.models import IndicatorEvent
from indicators.state import load_state, version_of
from projects.models import Project, ProjectEvent
from tests import factories
from tests.imports import texts
from tests.imports.tables.exported import (
    changed,
    csv_of,
    csv_rows,
    differences,
    exported,
    finance,
    saved_by_office,
    taken_in,
    with_row,
)  # fmt: skip

pytestmark = pytest.mark.django_db

TAKEN = frozenset({"2:amount", "2:funding.annual.local"})
FORMULAS = ("=1+1", "+8613800000000", "@x", "-甲", "＝1", " =2")


@pytest.fixture(autouse=True)
def stored() -> None:
    """Two forms with everything that forms have."""
    second = texts.form("食堂改造", overview="=1+1", amount="120,000.5")
    import_file((texts.form() + second).encode(), name="教育局.txt", options=Options(), by=None)


def project(name: str = "教室改造") -> Project:
    return Project.objects.get(name=name)


def test_three_cells_are_three_differences() -> None:
    data = changed(
        exported(),
        {
            ("项目", 2, "实施单位"): "第一小学",
            ("项目", 2, "项目概况"): "改造十五间。",
            ("指标", 2, "年度指标值"): "≥15间",
        },
    )
    report = taken_in(data, finance())
    assert differences(report) == [
        ("实施单位", "长治市上党区教育局", "第一小学"), ("项目概况", "改造十二间教室。", "改造十五间。"),
        ("年度指标“改造教室”的指标值", "≥12间", "≥15间"),
    ]  # fmt: skip
    assert (report.counts.found, report.counts.changed, report.counts.unchanged) == (2, 1, 1)
    assert project().implementing_unit == "第一小学"
    assert project().indicators.get(scope="annual", name="改造教室").number == 15


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_untouched_table_changes_nothing(kind: str) -> None:
    before = version_of(project().pk)
    report = taken_in(exported(kind), finance())
    assert (differences(report), report.counts.unchanged, report.notices) == ([], 2, [])
    assert version_of(project().pk) == before


def test_a_dry_run_says_the_same_and_stores_nothing() -> None:
    data = changed(exported(), {("项目", 2, "实施单位"): "第一小学"})
    dry = taken_in(data, finance(), dry_run=True)
    assert project().implementing_unit == "长治市上党区教育局"
    assert not ImportRun.objects.filter(layout="project_table").exists()
    assert differences(taken_in(data, finance())) == differences(dry)


def test_what_office_programs_make_of_a_file_is_no_change(tmp_path: Path) -> None:
    for source in Project.objects.all():
        factories.indicator(source, "带\n行", "00409", position=50)
    Project.objects.update(department_code="00301", contact_phone="13800000000", filed_at="2024-12-17T01:07:09Z")
    assert differences(taken_in(saved_by_office(exported(), tmp_path), finance())) == []


def test_a_table_saved_and_changed_in_an_office_program_has_just_that_change(tmp_path: Path) -> None:
    data = changed(
        exported(), {("项目", 3, "年度市县（区）财政资金（元）"): 120001, ("项目", 3, "年度金额（元）"): 120001}
    )
    report = taken_in(saved_by_office(data, tmp_path), finance())
    assert [(field, new) for field, _, new in differences(report)] == [
        ("年度资金总额", "120,001.00 元"), ("年度市县（区）财政资金", "120,001.00 元"),
    ]  # fmt: skip


def test_a_csv_saved_by_an_office_program_is_no_change(tmp_path: Path) -> None:
    Project.objects.update(filed_at="2024-12-17T01:07:09Z")
    data = exported("csv")
    (tmp_path / "in").mkdir()
    assert differences(taken_in(data.decode("utf-8-sig").encode("gb18030"), finance(), "项目.csv")) == []


def test_leading_zeros_that_a_csv_lost_are_no_change() -> None:
    Project.objects.update(department_code="00409", contact_phone="03558086263")
    rows = [{**row, "部门代码": "409", "联系电话": "3558086263"} for row in csv_rows(exported("csv"))]
    assert differences(taken_in(csv_of(rows), finance(), "项目.csv")) == []


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_texts_like_formulas_survive_both_ways(text: str, kind: str) -> None:
    Project.objects.filter(name="教室改造").update(overview=text)
    data = exported(kind)
    assert differences(taken_in(data, finance())) == []
    if kind == "csv":
        rows = csv_rows(data)
        rows[1]["项目概况"] = f"'{text}"
        data = csv_of(rows)
    else:
        data = changed(data, {("项目", 3, "项目概况"): text})
    taken_in(data, finance())
    assert project("食堂改造").overview == text


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("年度金额（元）", 3e5), ("年度金额（元）", "3E+05"), ("年度金额（元）", "30万元"), ("年度金额（元）", "３００,０００"),
        ("填报日期", "2024/12/17 9:07"), ("填报日期", "2024-12-17 09:07:09.000"), ("项目概况", "改造十二间教室。  \r\n"),
        ("部门代码", 301), ("年度", "2025 "),
    ],
)  # fmt: skip
def test_another_way_of_printing_is_no_change(header: str, value: object) -> None:
    assert differences(taken_in(changed(exported(), {("项目", 2, header): value}), finance())) == []


def test_columns_that_are_not_there_stay_as_they_are() -> None:
    rows = [{key: row[key] for key in ("编号", "版本", "实施单位")} for row in csv_rows(exported("csv"))]
    rows[0]["实施单位"] = "第一小学"
    assert differences(taken_in(csv_of(rows), finance())) == [("实施单位", "长治市上党区教育局", "第一小学")]


def test_rows_that_are_not_there_mean_nothing() -> None:
    book = openpyxl.load_workbook(BytesIO(exported()))
    book["项目"].delete_rows(3)
    book["指标"].delete_rows(3, 50)
    to = BytesIO()
    book.save(to)
    report = taken_in(to.getvalue(), finance())
    assert (differences(report), report.counts.found, Project.objects.count()) == ([], 1, 2)


def test_what_is_cleared_is_blank() -> None:
    taken_in(
        changed(exported(), {("项目", 2, "项目概况"): None, ("项目", 2, "年度中央财政资金（元）"): None}), finance()
    )
    stored = load_state(project().pk)
    assert (stored.fields["overview"], stored.funding["annual", "central"].amount) == ("", None)


def test_an_indicator_that_is_cleared_is_taken_out() -> None:
    report = taken_in(changed(exported(), {("指标", 2, "年度指标"): None, ("指标", 2, "年度指标值"): None}), finance())
    assert differences(report) == [("年度指标“改造教室”", "数量指标 / 改造教室 / ≥12间", "没有这一条")]
    assert not project().indicators.filter(scope="annual", name="改造教室").exists()


def test_a_row_without_numbers_is_a_new_indicator() -> None:
    row = {"项目编号": project().pk, "二级指标": "质量指标", "年度指标": "返修率", "年度指标值": "≤2%"}
    report = taken_in(with_row(exported(), "指标", row), finance())
    assert [new for _, _, new in differences(report)] == ["质量指标 / 返修率 / ≤2%"]
    made = project().indicators.get(name="返修率")
    assert (made.category_id, made.operator, made.number, made.unit) == ("output.quality", "<=", Decimal(2), "%")


def test_an_indicator_goes_to_another_class() -> None:
    taken_in(changed(exported(), {("指标", 2, "二级指标"): "质量指标"}), finance())
    assert set(project().indicators.filter(name="改造教室").values_list("category_id", flat=True)) == {"output.quality"}


def test_a_department_is_given_by_its_name() -> None:
    other = factories.department("区卫健局")
    taken_in(changed(exported(), {("项目", 2, "主管部门"): "区卫健局"}), finance())
    assert (project().department, project().department_printed) == (other, "区卫健局")


def test_an_edit_in_between_is_a_conflict_that_a_decision_settles() -> None:
    data = changed(exported(), {("项目", 2, "实施单位"): "第一小学", ("项目", 2, "项目期"): "2年"})
    Project.objects.filter(pk=project().pk).update(implementing_unit="第二小学")
    report = taken_in(data, finance(), dry_run=True)
    (entry,) = report.conflicts
    assert entry["fields"] == [
        {
            "id": "2:implementing_unit",
            "field": "实施单位",
            "current": "第二小学",
            "source": "第一小学",
            "taken": "current",
        }
    ]
    assert differences(report) == [("项目期", "1年", "2年")]
    taken_in(data, finance())
    assert (project().implementing_unit, project().duration) == ("第二小学", "2年")
    decided = taken_in(changed(data, {}), finance(), take=frozenset({"2:implementing_unit"}))
    assert decided.conflicts[0]["fields"][0]["taken"] == "source"
    assert project().implementing_unit == "第一小学"


def test_deciding_about_an_amount_says_what_the_import_then_says() -> None:
    cells = {("项目", 2, header): 310000 for header in ("年度金额（元）", "年度市县（区）财政资金（元）")}
    data = changed(exported(), cells)
    Project.objects.filter(pk=project().pk).update(amount=305000)
    project().funding.filter(scope="annual", source="local").update(amount=305000)
    shown = decided(taken_in(data, finance(), dry_run=True).as_json(), TAKEN)
    assert (shown["amount_change"], shown["counts"]["changed"]) == ("5000.00", 1)
    assert digest(taken_in(data, finance(), take=TAKEN).as_json()) == digest(shown)


def test_lines_are_named_by_sheet_and_regions_by_name() -> None:
    report = taken_in(changed(exported(), {("指标", 3, "年度指标值"): "99%", ("项目", 3, "项目期"): "2年"}), finance())
    assert (report.regions, report.region_codes) == (["长治市上党区"], ["140404"])
    assert "变更 工作表“项目”第 3 行 食堂改造" in report.as_text()


def test_an_edit_elsewhere_in_between_stays() -> None:
    data = changed(exported(), {("项目", 2, "实施单位"): "第一小学"})
    Project.objects.filter(pk=project().pk).update(duration="3年")
    report = taken_in(data, finance())
    assert (report.conflicts, differences(report)) == ([], [("实施单位", "长治市上党区教育局", "第一小学")])
    assert project().duration == "3年"


def test_it_is_one_group_of_the_history_by_its_person_and_differs_from_the_source() -> None:
    person = finance()
    data = changed(
        exported(), {("项目", 2, "项目期"): "2年", ("项目", 3, "项目期"): "2年", ("指标", 2, "年度指标值"): "≥15间"}
    )
    taken_in(data, person, "修改后.xlsx")
    contexts = {event.pgh_context for event in ProjectEvent.objects.filter(duration="2年")}
    contexts |= {event.pgh_context for event in IndicatorEvent.objects.filter(value="≥15间")}
    (context,) = contexts
    assert context.metadata == {"user": person.pk, "action": "table", "reason": "修改后.xlsx"}
    assert {found.pk for found in differing(Project.objects.all())} == set(Project.objects.values_list("pk", flat=True))


def test_the_file_and_its_report_are_kept() -> None:
    data = changed(exported(), {("项目", 2, "项目期"): "2年"})
    report = taken_in(data, finance(), "修改后.xlsx")
    run = ImportRun.objects.get(pk=report.run)
    assert (run.layout, run.found, run.changed, run.unchanged) == ("project_table", 2, 1, 1)
    assert bytes(SourceDocument.objects.get(pk=run.document_id).content.data) == data
    assert run.report["changes"][0]["fields"] == [{"field": "项目期", "old": "1年", "new": "2年"}]
    assert run.report["layout_title"] == "导出的项目表"
    assert not SourceRecord.objects.filter(run=run).exists()
