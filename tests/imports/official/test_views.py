from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from imports.models import ImportRun
from imports.official import printing
from projects.models import Project
from projects.permissions import DEPARTMENT
from tests import factories
from tests.conftest import LogIn, words_of


def _workbook(response: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(response.content))


def test_the_form_of_a_project_is_printed_in_the_official_order(auditor: Client, imported: ImportRun) -> None:
    project = Project.objects.get()
    words = words_of(auditor.get(f"/projects/{project.pk}/form/"))
    order = ["上党区县（区）级预算部门（单位）项目支出绩效目标表", "（2025年度）", "项目名称 教室改造", "301-长治市上党区教育局",
             "实施期资金总额： 300,000", "项目概况", "立项依据", "总体目标 实施期目标 年度目标", "一级指标 二级指标 三级指标 指标值",
             "产出指标", "≥12间", "满意度指标", "填报日期： 2024-12-17", "来源：教育局.txt"]  # fmt: skip
    places = [words.find(one) for one in order]
    assert -1 not in places
    assert places == sorted(places)


def test_the_project_page_leads_to_its_form(auditor: Client, imported: ImportRun) -> None:
    page = auditor.get(Project.objects.get().get_absolute_url()).content.decode()
    assert "/form/" in page
    assert "/form.xlsx" in page


def test_the_form_can_be_downloaded(auditor: Client, imported: ImportRun) -> None:
    response = auditor.get(f"/projects/{Project.objects.get().pk}/form.xlsx")
    assert "filename*=utf-8''%E6%95%99%E5%AE%A4" in response["Content-Disposition"]
    assert _workbook(response).sheetnames[0] == "教室改造"


def test_every_download_of_forms_has_a_public_edition(auditor: Client, imported: ImportRun) -> None:
    project = Project.objects.get()
    for page, address in (
        (project.get_absolute_url(), f"/projects/{project.pk}/form.xlsx?public=1"),
        (f"/projects/{project.pk}/form/", f"/projects/{project.pk}/form.xlsx?public=1"),
        ("/print/forms/?year=2025", "/print/forms.xlsx?public=1&amp;year=2025"),
    ):
        html = auditor.get(page).content.decode()
        assert f'href="{address}"' in html
        assert "旧内容仍在其中" in html
        assert _workbook(auditor.get(address.replace("&amp;", "&"))).sheetnames == ["教室改造"]


def test_the_menu_of_exports_offers_the_public_edition(auditor: Client, imported: ImportRun) -> None:
    assert "columns=all&amp;public=1" in auditor.get("/projects/").content.decode()
    response = auditor.post("/exports/new/?columns=all&public=1", {"kind": "forms"})
    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert book.sheetnames == ["教室改造"]
    assert "%E5%85%AC%E5%BC%80%E7%89%88" in response["Content-Disposition"]
    ordinary = auditor.post("/exports/new/?columns=all", {"kind": "forms"})
    assert len(openpyxl.load_workbook(BytesIO(b"".join(ordinary.streaming_content))).sheetnames) == 2  # type: ignore[attr-defined]


def test_filters_choose_what_is_printed(auditor: Client, imported: ImportRun) -> None:
    assert "教室改造" in words_of(auditor.get("/print/forms/?q=教室"))
    assert "没有可以打印的项目" in words_of(auditor.get("/print/forms/?q=没有这个"))
    assert _workbook(auditor.get("/print/forms.xlsx?year=2025")).sheetnames[0] == "教室改造"


def test_the_list_is_printed_in_the_unit_of_the_page(auditor: Client, imported: ImportRun) -> None:
    words = words_of(auditor.get("/print/list/?unit=万元"))
    assert "长治市上党区2025年本级重大政策重点项目绩效目标 单位：万元 序号 项目 预算安排数" in words
    assert "合 计 30 1 教室改造 30 长治市上党区教育局" in words
    sheet = _workbook(auditor.get("/print/list.xlsx?unit=元")).active
    assert sheet["C4"].value == sheet["C5"].value == 300_000


def test_projects_of_others_are_neither_printed_nor_downloaded(log_in: LogIn, imported: ImportRun) -> None:
    stranger = log_in(DEPARTMENT, factories.department())
    pk = Project.objects.get().pk
    assert stranger.get(f"/projects/{pk}/form/").status_code == 404
    assert stranger.get(f"/projects/{pk}/form.xlsx").status_code == 404
    assert "教室改造" not in words_of(stranger.get("/print/forms/"))
    assert "教室改造" not in words_of(stranger.get("/print/list/"))


def test_too_many_are_refused_with_a_sentence(
    auditor: Client, imported: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imports.official.views.MOST_FORMS", 0)
    words = words_of(auditor.get("/print/forms/"))
    assert "一次最多打印 0 个项目，现有 1 个；请再加筛选条件，或在列表中导出为 xlsx。" in words


def test_amounts_are_printed_with_the_places_that_they_have() -> None:

    shown = [printing.amount_text(Decimal(text)) for text in ("5300000.00", "0", "1234.5", "0.000001")]
    assert shown == ["5,300,000", "0", "1,234.50", "0.000001"]
