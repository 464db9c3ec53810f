"""The rows of a page: what each column holds, and what it costs."""

from datetime import UTC, datetime
from decimal import Decimal
from operator import attrgetter

import pytest
from pytest_django import DjangoAssertNumQueries

from imports.models import ImportRun
from projects.models import Project
from projects.tables import BY_KEY, COLUMNS, USUAL, Column, Row, page_rows
from tests import factories

pytestmark = pytest.mark.django_db
ALL = slice(0, 500)
EVERY_NEED = 1 + 1 + 5
"""Keys, projects, and a statement each for funding, indicators, goals and sources."""


def only_row(columns: tuple[Column, ...] = COLUMNS) -> Row:
    (row,) = page_rows(Project.objects.all(), ALL, columns)
    return row


def test_a_row_names_its_sources_and_counts_its_indicators() -> None:
    project = factories.project(sources={"local": "1", "central": "2", "other": "0", "self_raised": None})
    factories.indicator(project)
    factories.indicator(project, scope="period")
    factories.indicator(project, scope="period")
    row = only_row(USUAL)
    assert (row.sources, row.period_indicators, row.annual_indicators) == (["中央", "市县"], 2, 1)


def test_every_column_holds_its_own_plain_value() -> None:
    filed = datetime(2025, 3, 4, tzinfo=UTC)
    body = factories.department("区教育局")
    project = factories.project(
        "教室改造", serial=7, department=body, department_printed="教育局（基建科）", section="基建科", amount="9",
        period_amount="20", sources={"local": "5", "central": None}, attribute="一次性项目", filed_at=filed, plan="",
    )  # fmt: skip
    factories.funding(project, "local", "12", "period")
    factories.goal(project, "办成")
    wanted = {
        "serial": 7, "name": "教室改造", "year": 2025, "region": "长治市上党区", "department": "教育局（基建科）",
        "department_joined": "区教育局", "section": "基建科", "attribute": "一次性项目", "amount": Decimal(9),
        "period": Decimal(20), "sources": "市县", "annual_local": Decimal(5), "annual_central": None,
        "annual_none": Decimal(4), "period_local": Decimal(12), "period_none": Decimal(8), "indicators": 0,
        "annual_goal": "办成", "period_goal": None, "plan": "", "filed_at": filed, "source": None, "archived_at": None,
    }  # fmt: skip
    row = only_row()
    assert {key: BY_KEY[key].value(row) for key in wanted} == wanted


def test_the_source_column_names_document_and_line(imported: ImportRun) -> None:
    assert BY_KEY["source"].value(only_row()) == "教育局.txt 第 1 行"


def test_blank_money_explains_nothing() -> None:
    factories.project(amount=None, sources={"local": None})
    assert BY_KEY["annual_none"].value(only_row()) is None


@pytest.mark.parametrize("column", COLUMNS, ids=attrgetter("key"))
def test_a_column_loads_all_that_it_shows(
    column: Column, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        factories.project(sources={"local": "1"}, department=factories.department(f"部门{number}"))
    with django_assert_max_num_queries(3):
        for row in page_rows(Project.objects.all(), ALL, [column]):
            column.value(row)


@pytest.mark.parametrize("rows", [1, 40])
def test_all_columns_cost_as_many_statements_however_many_rows(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        factories.indicator(factories.project(sources={"local": "1"}))
    with django_assert_num_queries(EVERY_NEED):
        found = page_rows(Project.objects.all(), ALL, COLUMNS)
        for column in COLUMNS:
            assert len([column.value(row) for row in found]) == rows
