"""Projects, funding and departments for programs."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from imports.models import ImportRun
from projects.models import Project
from projects.permissions import AUDIT, DEPARTMENT
from tests import factories
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return Program(factories.user(AUDIT))


def names(program: Program, query: str = "") -> list[str]:
    return [row["name"] for row in program.rows("projects/", query)]


def test_a_project_reads_as_in_the_interchange_format(program: Program, imported: ImportRun) -> None:
    project = Project.objects.get()
    read = program.read(f"projects/{project.pk}/")
    document = imported.document
    assert read["region"] == {"code": "140404", "name": "长治市上党区"}
    assert read["department"] == {
        "id": project.department_id, "code": "301", "name": "长治市上党区教育局", "body": "长治市上党区教育局",
    }  # fmt: skip
    assert (read["amount"], read["amount_printed"], read["printed_unit"]) == ("300000.00", "300,000", "元")
    assert read["funding"]["annual"] == {
        "total": "300000.00", "central": "0.00", "provincial": "0.00", "local": "300000.00", "self_raised": "0.00",
        "other": None,
    }  # fmt: skip
    assert read["funding_printed"]["annual"]["other"] == ""
    assert (read["content"], read["overview"]) == (None, "改造十二间教室。")
    assert read["goals"] == {"period": "教室改造完成。", "annual": "教室改造完成。"}
    assert read["filed_at"] == "2024-12-17T09:07:09+08:00"
    assert read["source"] == {
        "id": document.pk, "document": "教育局.txt", "sha256": document.sha256, "first_line": 1, "last_line": 28,
    }  # fmt: skip
    first, second = read["indicators"][:2]
    assert (first["scope"], second["scope"], first["position"]) == ("period", "annual", second["position"])
    assert {key: first[key] for key in ("level1", "level2", "level3", "value", "operator", "number", "unit")} == {
        "level1": "产出指标", "level2": "数量指标", "level3": "改造教室", "value": "≥12间", "operator": ">=",
        "number": "12", "unit": "间",
    }  # fmt: skip
    assert set(read["contacts"]) == {"lead", "handler", "phone"}


def test_blank_and_zero_are_two_facts(program: Program) -> None:
    factories.project("空白")
    factories.project("零", amount=Decimal(0))
    assert [row["amount"] for row in program.rows("projects/")] == [None, "0.00"]


def test_a_project_that_no_source_printed_has_no_place(program: Program) -> None:
    project = factories.project(department=None)
    read = program.read(f"projects/{project.pk}/")
    assert (read["source"], read["funding"], read["funding_printed"]) == (None, None, None)
    assert read["department"] == {"id": None, "code": None, "name": None, "body": None}


def test_filters_are_the_site_s_own(program: Program) -> None:
    factories.project("今年", amount=Decimal(20_000))
    factories.project("去年", year=2024, amount=Decimal(500))
    assert names(program, "year=2024") == ["去年"]
    assert names(program, "q=今") == ["今年"]
    assert names(program, "min=600") == ["今年"]
    assert names(program, "min=1&unit=万元") == ["今年"]


def test_archived_projects_are_found_where_they_are_asked_for(program: Program) -> None:
    factories.project("在用")
    gone = factories.project("归档", archived_at=timezone.now(), archive_reason="取消")
    assert names(program) == ["在用"]
    assert names(program, "archived=only") == ["归档"]
    assert program.read(f"projects/{gone.pk}/")["archive_reason"] == "取消"


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("year=1999", "year", "1999"),
        ("region=999999", "region", "999999"),
        ("department=0", "department", "0"),
        ("min=x", "min", "x"),
        ("min=2&max=1", "max", "最高金额小于最低金额"),
        ("jahr=2025", "jahr", "没有这个参数"),
        ("year=", "year", "参数是空的"),
        ("year=2025&year=2024", "year", "只能写一次"),
        ("unit=角", "unit", "角"),
        ("format=xml", "format", "没有这种格式"),
    ],
)
@pytest.mark.parametrize("path", ["projects/", "funding/", "departments/", "indicators/", "totals/", "documents/"])
def test_what_is_not_understood_is_refused_with_a_sentence(
    program: Program, path: str, query: str, field: str, words: str
) -> None:
    factories.project()
    answer = program.ask(path, query)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert list(answer.json()["fields"]) == [field]
    assert words in answer.json()["fields"][field][0]


def test_who_sees_one_department_reads_one_department() -> None:
    mine = factories.project("自己的", department=factories.department("教育局"), sources={"local": "1"})
    other = factories.project("别人的", department=factories.department("民政局"), sources={"local": "1"})
    program = Program(factories.user(DEPARTMENT, mine.department))
    assert names(program) == ["自己的"]
    assert program.ask(f"projects/{other.pk}/").status_code == 404
    assert [row["name"] for row in program.rows("departments/")] == ["教育局"]
    assert {row["project"]["name"] for row in program.rows("funding/")} == {"自己的"}
    assert program.read("totals/")["total"]["projects"] == 1


def test_funding_is_read_cell_by_cell(program: Program) -> None:
    factories.project("甲", sources={"local": "5", "other": None})
    factories.project("乙", year=2024, sources={"local": "7"})
    cells = program.rows("funding/", "year=2025")
    assert [(cell["source"], cell["amount"], cell["scope"]) for cell in cells] == [
        ("local", "5.00", "annual"), ("other", None, "annual"),
    ]  # fmt: skip
    assert cells[0]["project"]["name"] == "甲"


def test_departments_are_summed_over_the_projects_found(program: Program) -> None:
    body = factories.department("住房和城乡建设局")
    factories.project(department=body, department_printed="住建局", amount=Decimal(5))
    factories.project(department=body, department_printed="市住建局", amount=Decimal(7), year=2024)
    factories.project(department=None)
    (read,) = program.rows("departments/", "year=2025")
    assert (read["name"], read["printed_names"], read["projects"], read["amount"]) == (
        "住房和城乡建设局", ["住建局"], 1, "5.00",
    )  # fmt: skip


def test_a_csv_has_a_column_a_value_and_guards_formulas(program: Program) -> None:
    factories.project("=1+1", amount=Decimal("12.50"), implementing_unit="甲，“乙”\n丙")
    answer = program.ask("projects/", "format=csv")
    assert answer.content.startswith(b"\xef\xbb\xbfid,region.code,")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = program.table("projects/")
    assert (row["name"], row["amount"], row["region.name"], row["serial"]) == ("'=1+1", "12.50", "长治市上党区", "")
    assert row["implementing_unit"] == "甲，“乙”\n丙"


def test_a_csv_without_rows_has_its_header(program: Program) -> None:
    factories.project()
    header = program.ask("projects/", "format=csv&q=没有").content.decode("utf-8-sig").splitlines()
    assert len(header) == 1
    assert header[0].startswith("id,region.code,region.name,year,serial,name,department.id")


def test_one_project_is_a_csv_of_one_row(program: Program, imported: ImportRun) -> None:
    (row,) = program.table(f"projects/{Project.objects.get().pk}/")
    assert row["funding.annual.local"] == "300000.00"
    assert row["source.document"] == "教育局.txt"
    assert '"level3": "改造教室"' in row["indicators"]


def statements(program: Program, path: str) -> int:
    program.read(path)  # the token's use is noted, and what is read once a process is read
    with CaptureQueriesContext(
        connection,
    ) as caught:
        program.read(path)
    return len(caught)


@pytest.mark.parametrize(
    ("path", "most"),
    [("projects/", 5), ("funding/", 5), ("departments/", 6), ("indicators/", 5), ("documents/", 5), ("totals/", 9)],
)
def test_statements_do_not_grow_with_the_rows(program: Program, path: str, most: int) -> None:
    def add(name: str) -> None:
        made = factories.project(name, sources={"local": "1"}, department=factories.department(f"{name}局"))
        factories.indicator(made)

    add("甲")
    few = statements(program, path)
    for name in "乙丙丁戊己":
        add(name)
    assert statements(program, path) == few
    assert few <= most


def test_one_project_takes_as_many_statements_however_long_it_is(program: Program, imported: ImportRun) -> None:
    project: Any = Project.objects.get()
    few = statements(program, f"projects/{project.pk}/")
    for _ in range(5):
        factories.indicator(project)
    assert statements(program, f"projects/{project.pk}/") == few <= 9
