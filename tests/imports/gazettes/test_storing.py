"""Gazettes in the database: stored once, read again without loss, and what people did kept."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from imports.actions import Options, import_file
from imports.gazettes import storing
from imports.gazettes.linking import likeness_of
from imports.gazettes.models import (
    GazetteIssue,
    LinkState,
    OfficialDocument,
    PlanBody,
    PlanIndicator,
    PlanLink,
    PlanProject,
    PlanProjectEvent,
    ProseTarget,
    ProseTargetEvent,
    TableRow,
    TableRowEvent,
    TargetState,
)
from imports.models import SourceDocument
from imports.reporting import Report
from projects.models import Department
from projects.permissions import FINANCE
from tests import factories
from tests.imports.gazettes.texts import NUMBER, PROJECTS, gazette
from tests.imports.texts import key_list

pytestmark = pytest.mark.django_db


def imported(text: str = gazette(), name: str = "公报.txt", **options: Any) -> Report:
    return import_file(text.encode(), name=name, options=Options(**options), by=None)


def test_issue_document_and_annex_are_stored_as_printed() -> None:
    imported()
    issue, document = GazetteIssue.objects.get(), OfficialDocument.objects.get()
    assert (issue.year, issue.number, issue.total_number, str(issue.published)) == (2031, 2, 66, "2031-04-30")
    assert (document.number, document.issuer, str(document.signed), document.page) == (
        NUMBER, "长治市人民政府", "2031-03-09", 1,
    )  # fmt: skip
    assert document.region is not None
    assert document.region.code == "140400"
    assert [annex.title for annex in document.annexes.all()] == ["校舍修缮重点项目表"]


def test_plan_projects_have_yuan_years_and_departments_that_are_known() -> None:
    bureau = factories.department("长治市教育局", factories.region(*factories.CITY))
    imported()
    found = {one.serial: one for one in PlanProject.objects.all()}
    assert [found[serial].investment for serial in "123"] == [
        Decimal(12_000_000),
        Decimal("86005000"),
        Decimal(3_600_000),
    ]
    assert (found["2"].first_year, found["2"].last_year) == (2032, 2035)
    bodies = [(body.printed, body.department) for body in found["2"].bodies.all()]
    assert bodies == [("市教育局", bureau), ("市住建局", None)]


def test_departments_that_come_later_are_joined_when_they_come() -> None:
    imported()
    assert not PlanBody.objects.exclude(department=None).exists()
    listed = key_list(("书屋建设", "360.00", "市教育局"), ("路灯", "100.00", "市城管局"))
    import_file(listed.encode(), name="一览表.txt", options=Options(), by=None)
    joined = PlanBody.objects.filter(department=Department.objects.get(name="市教育局"))
    assert sorted(joined.values_list("plan_project__serial", "printed")) == [("1", "市教育局"), ("2", "市教育局")]
    assert joined.count() == PlanBody.objects.exclude(department=None).count()


def test_a_department_that_comes_later_counts_in_what_is_proposed() -> None:
    imported()
    listed = key_list(("东街小学教室改造", "360.00", "市教育局"))
    import_file(listed.encode(), name="一览表.txt", options=Options(), by=None)
    link = PlanLink.objects.get()
    agreeing = link.likeness
    PlanBody.objects.update(department=None)
    assert agreeing > likeness_of(link.plan_project, link.project)


def test_a_five_year_plan_as_period_is_its_years() -> None:
    imported(gazette(PROJECTS.replace("2031-2033\t市教育局", "“十六五”期间\t市教育局")))
    found = PlanProject.objects.get(serial="1")
    assert (found.period, found.first_year, found.last_year) == ("“十六五”期间", 2031, 2035)


def test_the_declared_total_of_a_table_stands_beside_the_sum() -> None:
    imported()
    table = OfficialDocument.objects.get().tables.get(kind="project_table")
    assert [(total["declared"], total["computed"]) for total in table.totals] == [("10160.5", "10160.5")]


def test_plan_indicators_and_targets_are_stored() -> None:
    imported()
    indicator = PlanIndicator.objects.get(serial="2")
    assert [(value.year, value.operator, value.number) for value in indicator.values.all()] == [
        (2030, "", Decimal("4.2")), (2035, "<", Decimal(1)),
    ]  # fmt: skip
    targets = list(ProseTarget.objects.values_list("name", "operator", "number", "unit", "year"))
    assert targets == [("校舍抗震达标率", ">=", 98, "%", 2035), ("书屋", "=", 120, "个", 2035)]


def test_a_dry_run_stores_nothing_and_says_what_was_read_as_what() -> None:
    report = imported(dry_run=True)
    assert not OfficialDocument.objects.exists()
    assert [part.kind for part in report.texts.documents[0].parts] == ["indicator_table", "project_table"]
    assert report.unclaimed == []


def test_importing_again_changes_no_row() -> None:
    imported()
    before = [
        list(model.objects.order_by("pk").values()) for model in (OfficialDocument, TableRow, PlanProject, ProseTarget)
    ]
    imported()
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (OfficialDocument, TableRow, PlanProject, ProseTarget)
    ]


def a_collection(issues: int = 4) -> str:
    return "".join(
        gazette().replace("2031年第2期", f"203{number}年第2期").replace("〔2031〕7号", f"〔203{number}〕7号")
        for number in range(issues)
    )


def test_a_collection_is_stored_the_same_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    def held() -> list[Any]:
        rows = TableRow.objects.order_by("table__document__first_line", "line")
        return [
            *OfficialDocument.objects.order_by("position").values_list("position", "number", "first_line"),
            *rows.values_list("table__document__number", "table__position", "line", "cells", "plan_project__name"),
            *ProseTarget.objects.order_by("document__position", "position").values_list("line", "name", "position"),
        ]

    imported(a_collection())
    whole = held()
    assert OfficialDocument.objects.count() == 4
    SourceDocument.objects.all()[0].official_documents.all().delete()
    monkeypatch.setattr(storing, "LINES_AT_ONCE", 1)
    imported(a_collection())
    assert held() == whole
    imported(a_collection())
    assert held() == whole


def test_the_statements_of_an_import_do_not_grow_with_its_documents() -> None:
    def statements(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            imported(text)
        return len(captured)

    imported(gazette().replace("长政发〔2031〕7号", "长政发〔2029〕7号"))
    assert statements(a_collection(3)) == statements(a_collection(9).replace("203", "204"))


@pytest.mark.parametrize("events", [TableRowEvent, PlanProjectEvent, ProseTargetEvent])
def test_importing_again_is_no_event(events: type[Model]) -> None:
    imported()
    before = events.objects.count()
    imported()
    assert events.objects.count() == before > 0


def test_what_people_did_outlives_another_reading() -> None:
    imported()
    person = factories.user(FINANCE)
    row, target = TableRow.objects.get(plan_project__serial="1"), ProseTarget.objects.get(name="书屋")
    row.cells, row.mended_by, row.mended_at = ["1", "东街学校", *row.cells[2:]], person, timezone.now()
    row.draft = {**row.draft, "damage": "读错了"}
    row.save()
    target.state, target.name, target.reviewed_at = TargetState.CORRECTED, "农家书屋", timezone.now()
    target.save()
    imported()
    row.refresh_from_db()
    target.refresh_from_db()
    assert (row.cells[1], row.draft["damage"], target.name) == ("东街学校", "", "农家书屋")
    assert PlanProject.objects.get(serial="1").name == "东街学校"


def test_the_sum_of_a_mended_table_outlives_another_reading() -> None:
    imported()
    row = TableRow.objects.get(plan_project__serial="1")
    row.cells = [*row.cells[:3], "1300", *row.cells[4:]]
    row.mended_by, row.mended_at = factories.user(FINANCE), timezone.now()
    row.save()
    imported()
    row.table.refresh_from_db()
    assert [(total["declared"], total["computed"]) for total in row.table.totals] == [("10160.5", "10260.5")]


def test_a_confirmed_link_outlives_another_reading() -> None:
    imported()
    plan = PlanProject.objects.get(serial="3")
    PlanLink.objects.create(
        plan_project=plan,
        project=factories.project("书屋建设"),
        likeness=90,
        state=LinkState.CONFIRMED,
        at=timezone.now(),
    )
    imported()
    assert PlanLink.objects.get().plan_project == plan


def test_the_same_document_in_another_text_counts_once() -> None:
    imported()
    imported(gazette().replace("2031年第2期", "2031年第3期"), name="又一期.txt")
    first, second = OfficialDocument.objects.order_by("pk")
    assert (first.duplicate_of, second.duplicate_of) == (None, first)


def test_a_damaged_row_is_no_fact() -> None:
    imported(gazette(PROJECTS.replace("8600.5\t上党区", "8600.5\t77\t上党区\t潞城区")))
    damaged = PlanProject.objects.exclude(damage="").get()
    assert (damaged.serial, damaged.investment) == ("2", None)
