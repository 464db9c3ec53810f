"""Exports in the site: exactly what is filtered, at once or as a job."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from imports.exporting import actions, views
from imports.exporting.actions import MOST_WAITING, exports_of, forget_old
from imports.models import Export, ExportPart
from imports.tasks import do_export
from perfgoals.models import User
from projects.models import ListLayout, Membership, Project
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.imports.tables.exported import csv_rows
from tests.projects.words import few_are_many

pytestmark = pytest.mark.django_db


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def asked(client: Client, kind: str = "csv", query: str = "") -> Any:
    return client.post(f"/exports/new/?{query}", {"kind": kind})


@pytest.fixture
def stored() -> None:
    for year in (2024, 2025):
        factories.project(f"{year} 年项目", year=year, amount=f"{year}.50")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even one project is many."""
    monkeypatch.setattr(views, "MOST_OF_TABLES", 0)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("kind", ["xlsx", "csv", "json", "forms", "list"])
def test_a_small_export_comes_at_once(auditor: Client, kind: str) -> None:
    response = asked(auditor, kind, "year=2025")
    data = body(response)
    extension = {"csv": "csv", "json": "json"}.get(kind, "xlsx")
    assert f".{extension}" in response.headers["Content-Disposition"]
    assert int(response.headers["Content-Length"]) == len(data) > 0


@pytest.mark.usefixtures("stored")
def test_it_has_what_is_filtered_in_the_order_of_the_list(auditor: Client) -> None:
    assert [row["年度"] for row in csv_rows(body(asked(auditor, query="year=2025")))] == ["2025"]
    assert [row["年度"] for row in csv_rows(body(asked(auditor, query="sort=-amount")))] == ["2025", "2024"]
    assert [row["年度"] for row in csv_rows(body(asked(auditor, query="sort=amount")))] == ["2024", "2025"]


@pytest.mark.usefixtures("stored")
def test_a_person_gets_their_own_projects_only(log_in: LogIn) -> None:
    foreign = factories.department("区卫健局")
    own = factories.project("卫生室", department=foreign)
    rows = csv_rows(body(asked(log_in(DEPARTMENT, foreign))))
    assert [row["编号"] for row in rows] == [str(own.pk)]


@pytest.mark.usefixtures("stored")
def test_chosen_columns_are_those_of_the_list(auditor: Client) -> None:
    ListLayout.objects.create(user=User.objects.get(), columns=["amount", "annual_central", "source"])
    (row,) = csv_rows(body(asked(auditor, query="year=2025&columns=own")))
    assert list(row) == ["编号", "版本", "项目名称", "年度金额（元）", "年度中央财政资金（元）", "来源"]


def test_filters_that_are_not_understood_lead_back_to_the_list(auditor: Client) -> None:
    response = asked(auditor, query="year=abc")
    assert (response.status_code, response.headers["Location"]) == (302, "/projects/?year=abc")


def test_an_unknown_format_is_not_found(auditor: Client) -> None:
    assert asked(auditor, "pdf").status_code == 404


@pytest.mark.usefixtures("stored")
def test_a_text_too_long_for_a_cell_is_said_at_the_list(auditor: Client) -> None:
    Project.objects.filter(year=2025).update(overview="长" * 40_000)
    response = auditor.post("/exports/new/?year=2025", {"kind": "xlsx"}, follow=True)
    assert "第 2 行“项目概况”有 40000 个字" in words_of(response)


@pytest.mark.usefixtures("stored", "few")
def test_a_large_export_is_made_by_the_queue(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "PART", 1000)
    page = asked(auditor, "xlsx", "year=2025").headers["Location"]
    assert "排队等待处理" in words_of(auditor.get(page))
    assert auditor.get(f"{page}file/").status_code == 404
    export = Export.objects.get()
    do_export(pk=str(export.pk))
    assert "已完成" in words_of(auditor.get(page))
    data = body(auditor.get(f"{page}file/"))
    assert export.parts.count() == -(-len(data) // 1000)
    assert openpyxl.load_workbook(BytesIO(data))["项目"].max_row == 2
    assert export.file_name in words_of(auditor.get("/exports/"))


@pytest.mark.usefixtures("stored")
def test_totals_are_made_by_the_queue_as_the_page_shows_them(auditor: Client) -> None:
    asked_for = "year=2025&rows=year&columns=source&measure=amount&unit=元"
    page = asked(auditor, "totals", asked_for).headers["Location"]
    assert "排队等待处理" in words_of(auditor.get(page))
    do_export(pk=str(Export.objects.get().pk))
    sheet = openpyxl.load_workbook(BytesIO(body(auditor.get(f"{page}file/"))))["汇总"]
    heads, row, whole = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert (heads[0], row[0], whole[0]) == ("年度", "2025 年", "合计")
    assert row[heads.index("年度金额（元）")] == 2025.5
    back = unquote(auditor.get(page).content.decode())
    assert "/totals/?year=2025&amp;rows=year&amp;columns=source" in back


@pytest.mark.usefixtures("stored")
def test_totals_of_too_many_departments_are_refused_by_the_queue(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.totals.waiting.MOST_COUNTED", 1)
    page = asked(auditor, "totals", "rows=department").headers["Location"]
    do_export(pk=str(Export.objects.get().pk))
    assert "不能按部门、科室汇总" in words_of(auditor.get(page))


@pytest.mark.usefixtures("stored")
def test_totals_that_are_not_understood_lead_back(auditor: Client) -> None:
    assert asked(auditor, "totals", "year=neverland").headers["Location"] == "/totals/?year=neverland"
    assert asked(auditor, "totals", "rows=colour").status_code == 404
    assert not Export.objects.exists()


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("query", ["year=neverland", "rows=colour"])
def test_totals_that_are_not_understood_any_more_are_refused_by_the_queue(auditor: Client, query: str) -> None:
    page = asked(auditor, "totals", "rows=year").headers["Location"]
    Export.objects.update(query=query)
    do_export(pk=str(Export.objects.get().pk))
    assert "已经无效" in words_of(auditor.get(page))


def test_totals_are_of_what_the_person_sees(log_in: LogIn) -> None:
    factories.project("看得见", amount="3")
    factories.project("看不见", region=factories.city(), amount="4")
    client = log_in(FINANCE, factories.county())
    client.get("/projects/?unit=元")
    page = asked(client, "totals", "rows=year").headers["Location"]
    do_export(pk=str(Export.objects.get().pk))
    sheet = openpyxl.load_workbook(BytesIO(body(client.get(f"{page}file/"))))["汇总"]
    heads, *_, whole = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert whole[heads.index("年度金额（元）")] == 3


def test_words_of_very_many_projects_are_not_counted_first(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    few_are_many(monkeypatch)
    for number in range(3):
        factories.project(f"道路{number}")
    assert asked(auditor, "csv", "q=道路").headers["Location"].startswith("/exports/")


@pytest.mark.usefixtures("stored", "few")
def test_asking_twice_is_one_export_and_a_few_are_enough(auditor: Client) -> None:
    pages = {asked(auditor, query="year=2025").headers["Location"] for _ in range(2)}
    assert len(pages) == Export.objects.count() == 1
    for sort in ("amount", "-amount", "name", "-name", "year")[:MOST_WAITING]:
        response = asked(auditor, query=f"sort={sort}")
    assert (response.headers["Location"], Export.objects.count()) == ("/projects/?sort=year", MOST_WAITING)


@pytest.mark.usefixtures("stored", "few")
def test_a_file_that_cannot_be_made_says_why(auditor: Client) -> None:
    Project.objects.update(overview="长" * 40_000)
    page = asked(auditor, "xlsx").headers["Location"]
    do_export(pk=str(Export.objects.get().pk))
    assert "超过 xlsx 单元格的 32767 字上限" in words_of(auditor.get(page))
    assert auditor.get(f"{page}file/").status_code == 404


@pytest.mark.usefixtures("stored", "few")
def test_work_that_died_is_begun_anew_without_half_a_file(auditor: Client) -> None:
    asked(auditor)
    export = Export.objects.get()
    ExportPart.objects.create(export=export, number=0, data=b"half")
    ExportPart.objects.create(export=export, number=7, data=b"a file")
    Export.objects.update(state="running", attempts=1)
    do_export(pk=str(export.pk))
    export.refresh_from_db()
    assert (export.state, export.size) == ("done", sum(len(part.data) for part in export.parts.all()))
    assert [part.number for part in export.parts.all()] == [0]


@pytest.mark.usefixtures("stored", "few")
def test_nobody_else_and_nobody_after_a_week_gets_it(auditor: Client, log_in: LogIn) -> None:
    page = asked(auditor).headers["Location"]
    do_export(pk=str(Export.objects.get().pk))
    assert log_in(AUDIT).get(f"{page}file/").status_code == 404
    assert auditor.get(f"{page}file/").status_code == 200
    Export.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert auditor.get(f"{page}file/").status_code == 404
    forget_old()
    assert not Export.objects.exists()
    assert not ExportPart.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_a_file_is_not_given_after_the_persons_rights_changed() -> None:
    person = factories.user(DEPARTMENT, factories.department())
    export = Export.objects.create(user=person, kind="csv", file_name="项目.csv", state="done", size=0)
    assert export in exports_of(person)
    Membership.objects.filter(user=person).delete()
    assert export not in exports_of(person)


@pytest.mark.usefixtures("stored", "few")
def test_what_is_given_up_is_gone_also_for_the_worker(auditor: Client) -> None:
    page = asked(auditor).headers["Location"]
    pk = Export.objects.get().pk
    assert auditor.post(f"{page}discard/").headers["Location"] == "/exports/"
    do_export(pk=str(pk))
    assert not Export.objects.exists()
