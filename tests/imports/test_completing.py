"""A list over projects that are known from their forms: it takes nothing away that it has no column for."""

from io import BytesIO

import openpyxl
import pytest

from imports.actions import Options, import_file
from imports.comparison import compare
from imports.official.listing import write_list
from imports.reporting import Report
from imports.stored import with_parts
from projects.models import Project
from tests.imports import texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forms() -> None:
    import_file((texts.form() + texts.form("食堂改造")).encode(), name="教育局.txt", options=Options(), by=None)


def published() -> openpyxl.Workbook:
    """The list of the projects, as it is published."""
    file = BytesIO()
    write_list(Project.objects.all(), file, unit="元")
    return openpyxl.load_workbook(file)


def taken_in(book: openpyxl.Workbook) -> Report:
    file = BytesIO()
    book.save(file)
    return import_file(file.getvalue(), name="清单.xlsx", options=Options(), by=None)


def test_a_published_list_takes_neither_indicators_nor_funding_nor_texts_away() -> None:
    report = taken_in(published())
    project = Project.objects.get(name="教室改造")
    assert {field["field"] for one in report.changes for field in one["fields"]} == {"序号", "支出内容"}
    assert project.indicators.count() == 12
    assert project.has_funding_table
    assert project.overview == "改造十二间教室。"
    assert report.counts.conflicts == 0


def test_what_a_list_says_anew_is_changed_and_the_rest_stays_the_sources() -> None:
    book = published()
    sheet = book.worksheets[0]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "教室改造完成。"][:1]
    cell.value = "教室改造提前完成。"
    taken_in(book)
    project = Project.objects.get(name="教室改造")
    assert "提前" in project.goals.get(scope="annual").text
    (compared,) = compare(with_parts(Project.objects.filter(pk=project.pk)))
    assert compared.differences == []
