"""Importing: whole files or nothing, again without change, and never over what people edited."""

import json
import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from imports.actions import Options, import_file
from imports.exporting import interchange_chunks
from imports.models import ImportRun, SourceDocument, SourceRecord
from imports.reading import Defaults, SourceError
from imports.reporting import Report
from indicators.models import Indicator
from projects.actions import join_departments
from projects.models import Department, Funding, Project, Region
from projects.permissions import ADMIN
from tests import factories
from tests.imports.drafts import projects
from tests.imports.layouts.test_interchange import file_of
from tests.imports.texts import ROWS, form, key_list

pytestmark = pytest.mark.django_db


def take(text: str, name: str = "forms.txt", **options: object) -> Report:
    return import_file(text.encode(), name=name, options=Options(**options), by=None)


def exported() -> str:
    return "".join(interchange_chunks(Project.objects.all()))


def test_a_form_becomes_a_project_with_its_money_goals_and_tree() -> None:
    report = take(form())
    project = Project.objects.get()
    assert (report.counts.found, report.counts.created, report.counts.unclaimed) == (1, 1, 0)
    assert (project.region.name, project.year, project.department.name) == ("长治市上党区", 2025, "长治市上党区教育局")
    assert (project.amount, project.amount_printed, project.period_amount) == (Decimal(300000), "300,000", 300000)
    assert Funding.objects.get(project=project, scope="annual", source="other").amount is None
    assert Funding.objects.get(project=project, scope="annual", source="central").amount == 0
    assert project.indicators.count() == 2 * len(ROWS)
    rate = Indicator.objects.get(name="师生满意度", scope="annual")
    assert (rate.category_id, rate.operator, rate.number, rate.unit) == ("satisfaction.served", ">=", 95, "%")


def test_a_list_becomes_projects_in_yuan() -> None:
    report = take(key_list(("道路改造工程", "6516.5", "市住建局"), ("产业基金", "5000", "市财政局预算科")))
    road = Project.objects.get(name="道路改造工程")
    assert (road.amount, road.printed_unit, road.serial, road.has_funding_table) == (
        Decimal(65165000),
        "万元",
        1,
        False,
    )
    assert (report.rows_total, report.declared_total, report.difference) == (115165000, 115165000, 0)


def test_regions_are_made_with_the_divisions_above_them() -> None:
    take(form())
    assert list(Region.objects.values_list("code", flat=True)) == ["140000", "140400", "140404"]


def test_a_section_belongs_to_its_department_and_the_printed_name_stays() -> None:
    take(key_list(("甲项目", "5000", "市财政局预算科"), ("乙项目", "6000", "市财政局")))
    assert Department.objects.get().name == "市财政局"
    assert [(p.department_printed, p.section) for p in Project.objects.order_by("serial")] == [
        ("市财政局预算科", "预算科"), ("市财政局", ""),
    ]  # fmt: skip


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    take(form())
    before = exported()
    report = take(form())
    assert report.nothing_changed
    assert "没有任何变化" in report.as_text()
    assert exported() == before
    assert (SourceDocument.objects.count(), SourceRecord.objects.count(), ImportRun.objects.count()) == (1, 1, 2)


def test_a_changed_file_changes_just_what_changed() -> None:
    take(form() + form("操场改造"))
    stamp = Project.objects.get(name="操场改造").updated_at
    report = take(form(overview="改造十三间教室。") + form("操场改造"))
    assert (report.counts.changed, report.counts.unchanged) == (1, 1)
    fields = [{"field": "项目概况", "old": "改造十二间教室。", "new": "改造十三间教室。"}]
    assert report.changes[0]["fields"] == fields
    assert Project.objects.get(name="操场改造").updated_at == stamp


def test_a_changed_target_changes_its_row_and_no_other() -> None:
    take(form())
    kept = set(Indicator.objects.exclude(name="改造教室").values_list("pk", "value"))
    take(form(rows=[("产出指标", "数量指标", "改造教室", "≥13间"), *ROWS[1:]]))
    assert set(Indicator.objects.exclude(name="改造教室").values_list("pk", "value")) == kept
    assert Indicator.objects.get(name="改造教室", scope="annual").number == 13


def test_rows_that_come_and_go_keep_the_order_of_the_source() -> None:
    take(form())
    take(form(rows=[*ROWS[:2], ("", "", "完工教室", "12间"), *ROWS[3:]]))
    names = list(Indicator.objects.filter(scope="annual").order_by("position").values_list("name", flat=True))
    assert names == ["改造教室", "验收合格率", "完工教室", "改造费用", "教学条件", "师生满意度"]


def test_rows_in_another_order_follow_the_source() -> None:
    take(form())
    report = take(form(rows=[ROWS[0], ("", "质量指标", "另一指标", "1项"), *ROWS[1:]]))
    report = take(form(rows=[ROWS[0], *ROWS[1:4], ("", "质量指标", "另一指标", "1项"), *ROWS[4:]]))
    assert report.changes[0]["fields"] == [{"field": "指标顺序", "old": "原顺序", "new": "来源的顺序"}]
    names = list(Indicator.objects.filter(scope="period").order_by("position").values_list("name", flat=True))
    assert names == ["改造教室", "验收合格率", "完工时间", "改造费用", "另一指标", "教学条件", "师生满意度"]


def test_what_people_edited_stays_and_is_listed_with_both_values() -> None:
    take(form())
    Project.objects.update(overview="人工改写")
    Indicator.objects.filter(name="改造教室", scope="annual").update(value="≥20间", number=20)
    report = take(form(overview="改造十三间教室。", goal="全部完工。"))
    project = Project.objects.get()
    assert (project.overview, project.goals.get(scope="annual").text) == ("人工改写", "全部完工。")
    assert report.conflicts[0]["fields"] == [
        {
            "id": "1:overview",
            "field": "项目概况",
            "current": "人工改写",
            "source": "改造十三间教室。",
            "taken": "current",
        },
        {
            "id": "1:annual/output.quantity/1/改造教室",
            "field": "年度指标 产出指标/数量指标/改造教室",
            "current": "≥20间",
            "source": "≥12间",
            "taken": "current",
        },
    ]
    assert report.counts.conflicts == 1


def test_taking_the_source_overwrites_and_still_lists_both_values() -> None:
    take(form())
    Project.objects.update(overview="人工改写", amount=1)
    report = take(form(), take_source=True)
    project = Project.objects.get()
    assert (project.overview, project.amount, report.counts.changed) == ("改造十二间教室。", 300000, 1)
    assert {field["taken"] for field in report.conflicts[0]["fields"]} == {"source"}


def test_a_project_that_people_renamed_is_found_again() -> None:
    take(form())
    Project.objects.update(name="教室改造（二期）")
    report = take(form())
    assert Project.objects.get().name == "教室改造（二期）"
    assert report.conflicts[0]["fields"][0]["field"] == "项目名称"


def test_white_space_in_a_name_does_not_make_another_project() -> None:
    take(form("教室改造"))
    report = take(form("教室 改造"))
    assert (report.counts.created, report.counts.changed, Project.objects.count()) == (0, 1, 1)


def test_a_form_filed_twice_is_one_project_with_both_filings_kept() -> None:
    report = take(form(overview="甲。") + form(overview="乙。"))
    assert (report.counts.found, report.counts.created, report.counts.duplicates) == (2, 1, 1)
    assert report.duplicates[0]["differences"] == [{"field": "项目概况", "other": "甲。", "kept": "乙。"}]
    assert list(SourceRecord.objects.values_list("outcome", "is_current")) == [("duplicate", False), ("created", True)]


def test_the_later_filing_counts_wherever_it_stands() -> None:
    take(form(overview="新。", filed="20250201080000") + form(overview="旧。", filed="20241201080000"))
    assert Project.objects.get().overview == "新。"


def test_a_form_filed_twice_does_not_change_at_the_second_import() -> None:
    text = form(overview="甲。") + form(overview="乙。")
    take(text)
    assert take(text).nothing_changed
    assert SourceRecord.objects.filter(is_current=True).count() == 1


def test_a_dry_run_reports_the_same_and_writes_nothing() -> None:
    report = take(form(), dry_run=True)
    assert report.counts.created == 1
    assert (Project.objects.count(), Region.objects.count(), SourceDocument.objects.count()) == (0, 0, 0)
    assert ImportRun.objects.count() == 0


def test_a_fault_in_the_last_form_leaves_nothing_of_the_file() -> None:
    with pytest.raises(SourceError, match="不是金额") as refused:
        take(form() + form("操场改造", amount="三十万"))
    assert refused.value.line
    assert (Project.objects.count(), SourceDocument.objects.count()) == (0, 0)


def test_every_line_that_nothing_claims_is_reported_with_its_number() -> None:
    report = take("前言：本表由各单位填报。\n" + form() + "附注：数字以批复为准。\n")
    assert [entry["text"] for entry in report.unclaimed] == ["前言：本表由各单位填报。", "附注：数字以批复为准。"]
    assert report.unclaimed[0]["line"] == 1


def test_a_declared_total_that_is_not_the_sum_is_reported() -> None:
    report = take(key_list(("甲项目", "5000", "市住建局"), declared="5001.00"))
    assert (report.difference, report.reconciles) == (Decimal("-10000.00"), False)


def test_sources_that_do_not_sum_are_reported_with_both_figures() -> None:
    report = take(form(local="299,999"))
    assert [(f["scope"], f["total"], f["sum"]) for f in report.funding_checks.failed] == [
        ("period", "300000.00", "299999.00"), ("annual", "300000.00", "299999.00"),
    ]  # fmt: skip


def test_unknown_text_is_refused_with_what_was_looked_for() -> None:
    with pytest.raises(SourceError, match=r"认不出这份文件的版式.*项目支出绩效目标表.*重点项目绩效目标清单"):
        take("今天天气很好。\n")


def test_year_and_region_come_from_the_text_and_else_from_the_person() -> None:
    text = form().replace("上党区县(区)级预算部门（单位）", "").replace("长治市上党区", "").replace("(2025年度)", "")
    with pytest.raises(SourceError, match=r"--year|--region"):
        take(text)
    take(text, defaults=Defaults(region_code="140423", region_name="长治市襄垣县", year=2023, unit="万元"))
    project = Project.objects.get()
    assert (project.region_id, project.year, project.printed_unit) == ("140423", 2023, "元")


def test_departments_that_look_like_one_body_are_pointed_out() -> None:
    take(key_list(("甲项目", "5000", "市住建局"), ("乙项目", "6000", "长治市住房和城乡建设局")))
    report = take(key_list(("丙项目", "5000", "市住建局")), name="other.txt")
    assert "可能是同一部门" in report.department_hints[0]["message"]


def test_the_run_keeps_who_what_and_the_whole_report() -> None:
    user = factories.user(ADMIN, name="lin")
    import_file(form().encode(), name="forms.txt", options=Options(), by=user)
    run = ImportRun.objects.get()
    assert (run.by, run.file_name, run.created, run.total) == (user, "forms.txt", 1, 300000)
    assert run.report["counts"]["found"] == 1
    assert bytes(run.document.content.data) == form().encode()


def test_an_interchange_file_keeps_the_sources_that_it_cites() -> None:
    take(form() + form("操场改造"))
    original, first = SourceDocument.objects.get(), exported()
    record = json.loads(first)["projects"][0]["source"]
    assert (record["document"], record["sha256"]) == ("forms.txt", original.sha256)
    report = take(first, name="projects.json")
    assert report.nothing_changed
    assert exported() == first


class RoundTrip(TestCase):
    """Export → import into an empty database → export."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(projects(), max_size=5))
    def test_gives_the_same_bytes(self, drafts: list) -> None:
        with transaction.atomic():
            take(file_of(drafts), name="first.json")
            first = exported()
            transaction.set_rollback(True)
        take(first, name="second.json")
        assert exported() == first


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_two_imports_of_one_file_at_once_make_one_project_each() -> None:
    text = "".join(form(f"教室改造{number}") for number in range(20))
    reports: list[Report] = []

    def run() -> None:
        reports.append(take(text))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report.counts.created for report in reports) == [0, 20]
    assert Project.objects.count() == 20


def test_an_export_that_comes_back_does_not_pass_edits_off_as_the_source() -> None:
    take(form())
    Project.objects.update(overview="人工改写")
    take(exported(), name="projects.json")
    report = take(form())
    assert Project.objects.get().overview == "人工改写"
    assert report.conflicts[0]["fields"][0]["source"] == "改造十二间教室。"
    assert SourceRecord.objects.get().draft["amount"] == ["300000.00", "300,000"]


def test_a_funding_cell_that_people_changed_survives_a_source_without_a_table() -> None:
    take(form())
    first = json.loads(exported())
    Funding.objects.filter(scope="annual", source="local").update(amount=77)
    first["projects"][0]["funding"] = None
    report = take(json.dumps(first), name="projects.json")
    assert report.counts.conflicts == 1
    assert Project.objects.get().has_funding_table
    assert Funding.objects.get(scope="annual", source="local").amount == 77


def test_a_department_that_people_changed_is_a_conflict_and_can_be_taken_back() -> None:
    take(form())
    other = Department.objects.create(region_id="140404", name="别的局")
    Project.objects.update(department=other)
    conflict = take(form()).conflicts[0]["fields"][0]
    assert (conflict["field"], conflict["current"], conflict["source"]) == ("归口部门", "别的局", "长治市上党区教育局")
    take(form(), take_source=True)
    assert Project.objects.get().department.name == "长治市上党区教育局"


def test_an_archived_project_follows_its_source_and_stays_archived() -> None:
    take(form())
    Project.objects.update(archived_at=timezone.now(), archive_reason="取消")
    report = take(form(overview="改了。"))
    project = Project.objects.get()
    assert (project.overview, project.archive_reason) == ("改了。", "取消")
    assert project.archived_at is not None
    assert [notice.kind for notice in report.notices] == ["archived"]
    assert "“教室改造”在库中已归档" in report.as_text()


def test_an_earlier_filing_from_another_file_does_not_replace_a_later_one() -> None:
    old, new = form(overview="旧。", filed="20240101080000"), form(overview="新。", filed="20240601080000")
    take(old, name="old.txt")
    take(new, name="new.txt")
    report = take(old, name="old.txt")
    assert Project.objects.get().overview == "新。"
    assert (report.nothing_changed, report.counts.duplicates) == (True, 1)
    assert "早于库中来自“new.txt”的填报" in report.notices[0].message
    assert take(new, name="new.txt").nothing_changed


def test_what_people_understood_of_a_target_is_an_edit_too() -> None:
    take(form(rows=[("产出指标", "数量指标", "改造教室", "约12间"), *ROWS[1:]]))
    Indicator.objects.filter(name="改造教室").update(operator=">=", number=12, unit="间")
    report = take(form(rows=[("产出指标", "数量指标", "改造教室", "约13间"), *ROWS[1:]]))
    assert report.counts.conflicts == 1
    assert set(Indicator.objects.filter(name="改造教室").values_list("value", "number")) == {("约12间", 12)}


def test_a_level_2_label_that_changes_is_shown() -> None:
    take(form())
    report = take(form(rows=[("产出指标", "产出数量", "改造教室", "≥12间"), *ROWS[1:]]))
    field = report.changes[0]["fields"][0]
    assert (field["old"], field["new"]) == ("数量指标：≥12间（>=12间）", "产出数量：≥12间（>=12间）")


def test_another_printed_unit_brings_its_own_printing() -> None:
    take(form())
    take(form(amount="30").replace("项目资金（元）", "项目资金（万元）"))
    project = Project.objects.get()
    assert (project.amount, project.printed_unit, project.amount_printed, project.period_amount_printed) == (
        300000, "万元", "30", "30",
    )  # fmt: skip
    assert Funding.objects.get(scope="annual", source="local").printed == "30"


def test_one_project_cited_from_two_documents_imports_again() -> None:
    take(form())
    data = json.loads(exported())
    twin = json.loads(json.dumps(data["projects"][0]))
    twin["source"] |= {"document": "other.txt", "sha256": "cd" * 32}
    data["projects"].append(twin)
    text = json.dumps(data, ensure_ascii=False)
    take(text, name="projects.json")
    assert take(text, name="projects.json").nothing_changed


def test_a_record_that_moved_within_its_document_imports() -> None:
    take(form())
    data = json.loads(exported())
    data["projects"][0]["source"]["first_line"] = 2
    assert take(json.dumps(data), name="projects.json").nothing_changed
    assert SourceRecord.objects.get(is_current=True).first_line == 2


def test_a_renamed_project_and_another_of_its_new_name_stay_two() -> None:
    take(form("甲"))
    Project.objects.update(name="乙")
    take(form("甲") + form("乙"), name="both.txt")
    assert sorted(Project.objects.values_list("name", flat=True)) == ["乙", "甲"]


def test_a_blank_department_cell_is_no_department() -> None:
    take(form(department=""))
    project = Project.objects.get()
    assert (project.department, project.department_printed) == (None, "")
    assert take(exported(), name="projects.json").nothing_changed


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (form("长" * 501), "项目名称“长长"),
        (form(department="301-" + "局" * 121), "主管部门名称“局局"),
        (form(department="3010010010011-教育局"), "部门代码“3010010010011…”有 13 个字"),
    ],
)
def test_what_no_column_can_hold_is_refused_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence) as refused:
        take(text)
    assert refused.value.line == 1


def test_one_project_that_people_moved_does_not_take_its_department_along() -> None:
    take(form())
    Project.objects.update(department=Department.objects.create(region_id="140404", name="卫健局"))
    with transaction.atomic():
        first = exported()
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE projects_region, imports_sourcedocument CASCADE")
    take(first, name="projects.json")
    take(form("操场改造"), name="more.txt")
    assert Project.objects.get(name="操场改造").department.name == "长治市上党区教育局"
    assert Project.objects.get(name="教室改造").department.name == "卫健局"


def test_an_old_export_does_not_revive_a_joined_department() -> None:
    take(key_list(("甲项目", "5000", "市住建局"), ("乙项目", "6000", "长治市住房和城乡建设局")))
    old = exported()
    keep, join = (Department.objects.get(name=name) for name in ("长治市住房和城乡建设局", "市住建局"))
    join_departments(keep=keep, join=join, by=None)
    assert take(old, name="projects.json").nothing_changed
    assert Department.objects.get() == keep
