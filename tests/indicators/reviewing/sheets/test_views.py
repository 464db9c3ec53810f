"""Review sheets: filled in and signed by 财政 of the region, read by who sees the project, printed and downloaded."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import ProjectReview, ProjectReviewEvent
from indicators.reviewing.sheets import views
from perfgoals.history import change
from projects.models import Project
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of

pytestmark = pytest.mark.django_db
GRADES = {
    "grade-complete": "良", "grade-relevant": "优", "grade-fit": "中", "grade-feasible": "优", "grade-all": "中",
    "opinion-fit": "请核对两个总额", "opinion-all": "修改后再报",
}  # fmt: skip


@pytest.fixture
def project() -> Project:
    with change(by=None, action="edit"):
        return factories.project("=泵站检修", amount=Decimal(2), period_amount=Decimal(1))


@pytest.fixture
def finance(log_in: LogIn) -> Client:
    return log_in(FINANCE, factories.county())


def address(project: Project, name: str = "sheet-detail") -> str:
    return reverse(name, kwargs={"pk": project.pk})


def fill(client: Client, project: Project, do: str = "save", **values: str) -> str:
    sheet = client.get(address(project)).context["sheet"]
    given = {**GRADES, "base": sheet.base, "version": sheet.version, "do": do, **values}
    return words_of(client.post(address(project), given, follow=True))


def test_the_sheet_proposes_grades_from_open_findings(finance: Client, project: Project) -> None:
    page = words_of(finance.get(address(project)))
    assert "实施期资金总额 1.00 元少于年度资金总额 2.00 元" in page
    fit = next(one for one in finance.get(address(project)).context["sheet"].criteria if one.family == "fit")
    assert fit.proposed in ("中", "差")


def test_what_is_filled_in_stands_and_is_signed(finance: Client, project: Project) -> None:
    assert "审核表已保存" in fill(finance, project)
    assert "未签字" in words_of(finance.get(address(project)))
    page = fill(finance, project, "sign")
    review = ProjectReview.objects.get(project=project)
    assert (review.grade, review.opinions["fit"]["opinion"]) == ("中", "请核对两个总额")
    assert review.signed_by is not None
    assert f"（版本 {review.version}）" in page


def test_nothing_is_signed_without_all_grades(finance: Client, project: Project) -> None:
    assert "签字前请给出四项和总评的等级" in fill(finance, project, "sign", **{"grade-fit": ""})
    assert ProjectReview.objects.get().signed_by is None


def test_a_change_of_the_project_after_the_signature_is_shown(finance: Client, project: Project) -> None:
    fill(finance, project, "sign")
    with change(by=None, action="edit"):
        Project.objects.filter(pk=project.pk).update(period_amount=2)
    assert "签字后项目有改动" in words_of(finance.get(address(project)))
    assert ProjectReview.objects.get().signed_by is not None


def test_a_change_of_the_sheet_after_the_signature_takes_it_away_and_says_so(finance: Client, project: Project) -> None:
    fill(finance, project, "sign")
    page = fill(finance, project, "save", **{"opinion-all": "另有意见"})
    assert ProjectReview.objects.get().signed_by is None
    assert "签字后改动了审核表，原签字不再有效" in page


def test_what_others_wrote_meanwhile_is_not_lost(finance: Client, project: Project) -> None:
    sheet = finance.get(address(project)).context["sheet"]
    fill(finance, project, **{"opinion-all": "甲的意见"})
    response = finance.post(address(project), {**GRADES, "base": sheet.base, "version": sheet.version})
    assert "别人改过它" in words_of(response)
    assert "现在保存的：中，甲的意见" in words_of(response)
    assert "修改后再报" in words_of(response)
    assert ProjectReview.objects.get().opinion == "甲的意见"


def test_a_project_that_changed_meanwhile_is_not_signed(finance: Client, project: Project) -> None:
    version = finance.get(address(project)).context["sheet"].version
    with change(by=None, action="edit"):
        Project.objects.filter(pk=project.pk).update(contact_lead="王五")
    assert "项目有改动，没有签字" in fill(finance, project, "sign", version=str(version))
    assert ProjectReview.objects.get().signed_by is None


@pytest.mark.parametrize("role", [AUDIT, DEPARTMENT])
def test_others_read_and_do_not_fill_in(log_in: LogIn, project: Project, role: str) -> None:
    client = log_in(role, project.department)
    assert "由项目所在行政区划的财政人员填写" in words_of(client.get(address(project)))
    assert client.post(address(project), GRADES).status_code == 403


def test_who_does_not_see_the_project_finds_nothing(log_in: LogIn, project: Project) -> None:
    foreign = log_in(FINANCE, factories.region("140403", "长治市潞州区", "潞州区", "140400"))
    for name in ("sheet-detail", "sheet-print", "sheet-xlsx"):
        assert foreign.get(address(project, name)).status_code == 404
    assert "没有可以审核的项目" in words_of(foreign.get(reverse("sheet-list")))


def test_the_workbook_has_an_overview_and_texts_as_texts(finance: Client, project: Project) -> None:
    fill(finance, project, **{"opinion-all": "=1+1"})
    data = finance.get(reverse("sheet-list-xlsx")).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["总览", "=泵站检修"]
    head = {cell.value: place for place, cell in enumerate(book["总览"][1])}
    cells = book["总览"][2]
    assert (cells[head["项目名称"]].value, cells[head["项目名称"]].data_type) == ("=泵站检修", "s")
    assert cells[head["总评"]].value == "中"
    texts = [cell for row in book["=泵站检修"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in texts] == ["s"]


def test_the_workbook_is_as_wide_as_a_page_and_wraps_what_is_long(finance: Client, project: Project) -> None:
    book = openpyxl.load_workbook(io.BytesIO(finance.get(address(project, "sheet-xlsx")).content))
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages down as it takes
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows(min_row=2) for cell in row)
    amount = next(cell for cell in book["总览"][2] if cell.value == 2)
    assert (amount.data_type, amount.number_format) == ("n", "#,##0.00")


def test_the_printed_sheets_are_those_of_the_filter(finance: Client, project: Project) -> None:
    factories.project("沟渠清淤", year=2024)
    page = words_of(finance.get(reverse("sheet-list"), {"year": "2024"}))
    assert "沟渠清淤" in page
    assert "=泵站检修" not in page


def test_too_many_are_said_to_be_too_many(finance: Client, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 0)
    assert "项目太多" in words_of(finance.get(reverse("sheet-list")))
    answer = finance.get(reverse("sheet-list-xlsx"), {"year": "2025"}, follow=True)
    assert "现有 1 个，请再加筛选条件" in words_of(answer)
    assert answer.redirect_chain == [(f"{reverse('sheet-list')}?year=2025", 302)]
    assert "没有可以下载的审核表" in words_of(finance.get(reverse("sheet-list-xlsx"), {"year": "2031"}, follow=True))


def test_who_signs_is_told_as_signing_also_where_the_same_request_filled_in(finance: Client, project: Project) -> None:
    fill(finance, project, "sign")
    assert {event.pgh_context.metadata["action"] for event in ProjectReviewEvent.objects.all()} == {"sign-review"}


@pytest.mark.parametrize("name", ["sheet-detail", "sheet-print", "sheet-xlsx"])
def test_a_project_without_a_department_has_a_sheet(finance: Client, name: str) -> None:
    bodiless = factories.project("垃圾转运", department=None)
    assert finance.get(address(bodiless, name)).status_code == 200
    assert "主管部门：—" in words_of(finance.get(reverse("sheet-list"), {"q": "垃圾转运"}))


def test_the_list_costs_as_many_statements_however_long(finance: Client, project: Project) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert finance.get(reverse("sheet-list")).status_code == 200
        return len(captured)

    statements()
    before = statements()
    with change(by=None, action="edit"):
        for number in range(5):
            factories.project(f"灯具更换{number}", amount=Decimal(2), period_amount=Decimal(1))
    assert statements() == before
