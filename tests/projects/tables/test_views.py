"""The list's columns as a page, and the project beside the list."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from imports.models import ImportRun
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from projects.tables import COLUMNS
from tests import factories
from tests.conftest import LogIn, words_of

LIST, COLUMNS_PAGE, DENSITY = reverse("project-list"), reverse("list-columns"), reverse("list-density")
HTMX = {"HX-Request": "true"}
PANEL_STATEMENTS = 8


def heads(client: Client) -> list[str]:
    head = client.get(LIST).content.decode().partition("<thead")[2].partition("</thead>")[0]
    return re.findall(r'title="按(.*?)排序"', head)


def panel(client: Client, pk: int) -> str:
    return words_of(client.get(reverse("project-panel", args=[pk]), headers=HTMX))


@pytest.mark.parametrize("role", [FINANCE, DEPARTMENT, AUDIT, ADMIN])
def test_everybody_chooses_columns_for_themselves(log_in: LogIn, role: str) -> None:
    department = factories.project("教室改造", basis="文件一号", sources={"local": "20000"}).department
    client, other = log_in(role, department), log_in(role, department)
    answer = client.post(COLUMNS_PAGE, {"column": ["annual_local", "basis"], "query": "year=2025&sort=-amount"})
    assert answer.headers["Location"] == f"{LIST}?year=2025&sort=-amount"
    assert heads(client) == ["项目名称", "市县（区）财政资金", "立项依据"]
    text = words_of(client.get(LIST))
    assert "2.00 文件一号" in text
    assert "合计 2.00" in text
    assert "实施期金额" in heads(other)


def test_the_usual_columns_come_back(auditor: Client) -> None:
    factories.project()
    usual = heads(auditor)
    auditor.post(COLUMNS_PAGE, {"column": "year"})
    auditor.post(COLUMNS_PAGE, {"column": "year", "reset": "1"})
    assert heads(auditor) == usual


def test_a_column_is_moved_without_scripts(auditor: Client) -> None:
    factories.project()
    answer = auditor.post(COLUMNS_PAGE, {"move": "left:region", "query": "q=路"})
    assert answer.headers["Location"] == f"{COLUMNS_PAGE}?query={quote('q=%E8%B7%AF')}"
    assert heads(auditor)[:4] == ["序号", "项目名称", "行政区划", "年度"]
    assert f'href="{LIST}?q=%E8%B7%AF"' in auditor.get(answer.headers["Location"]).content.decode()


def test_what_is_sent_for_the_way_back_stays_within_the_list(auditor: Client) -> None:
    answer = auditor.post(COLUMNS_PAGE, {"query": "//evil.example/\r\nX: y"})
    assert answer.headers["Location"].startswith(f"{LIST}?")


def test_row_height_is_kept(auditor: Client) -> None:
    factories.project()
    assert "data-compact" not in auditor.get(LIST).content.decode()
    assert auditor.post(DENSITY, {"compact": "1"}).status_code == 204
    assert 'data-compact="1"' in auditor.get(LIST).content.decode()


def test_every_column_is_drawn(auditor: Client, imported: ImportRun) -> None:
    auditor.post(COLUMNS_PAGE, {"column": [column.key for column in COLUMNS]})
    html = auditor.get(LIST).content.decode()
    for column in COLUMNS:
        assert html.count(f'class="col-{column.css} ') + html.count(f'class="col-{column.css}"') == 3, column.key
    assert "≥12间" not in html
    assert "2024-" in html or "2025-" in html


def test_all_columns_cost_three_statements_more_than_the_usual_ones_however_many_rows(auditor: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            auditor.get(LIST, {"size": 200})
        return len(found)

    factories.indicator(factories.project(sources={"local": "1"}, amount="1"))
    usual = statements()
    auditor.post(COLUMNS_PAGE, {"column": [column.key for column in COLUMNS]})
    few = statements()
    for _ in range(60):
        factories.indicator(factories.project(sources={"local": "1"}, amount="1"))
    assert (few - usual, statements() - few) == (3, 0)


def test_a_text_cannot_become_markup(auditor: Client) -> None:
    factories.project(basis='<script>"&')
    auditor.post(COLUMNS_PAGE, {"column": "basis"})
    assert "<script>&quot;" not in auditor.get(LIST).content.decode()
    assert "&lt;script&gt;&quot;&amp;" in auditor.get(LIST).content.decode()


def test_the_panel_shows_money_goals_and_targets(auditor: Client, imported: ImportRun) -> None:
    text = panel(auditor, imported.records.get().project_id)
    order = [
        "教室改造",
        "打开完整页面",
        "历史",
        "来源",
        "主管部门及代码",
        "资金总额",
        "中央财政资金",
        "年度目标",
        "≥12间",
    ]
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_the_panel_offers_changes_to_those_who_may_make_them(log_in: LogIn) -> None:
    project = factories.project()
    assert "修改" in panel(log_in(FINANCE, project.region), project.pk)
    assert "修改" in panel(log_in(DEPARTMENT, project.department), project.pk)
    assert "修改" not in panel(log_in(AUDIT), project.pk)
    assert "修改" not in panel(log_in(ADMIN), project.pk)


def test_the_panel_leads_to_the_source_those_who_may_read_it(log_in: LogIn, imported: ImportRun) -> None:
    project = imported.records.get().project
    address = reverse("project-panel", args=[project.pk])
    shown = [
        "/documents/" in client.get(address, headers=HTMX).content.decode()
        for client in (log_in(AUDIT), log_in(DEPARTMENT, project.department))
    ]
    assert shown == [True, False]


def test_a_panel_of_others_is_not_found(log_in: LogIn) -> None:
    project = factories.project(department=factories.department("水利局"))
    client = log_in(DEPARTMENT, factories.department("教育局"))
    assert client.get(reverse("project-panel", args=[project.pk]), headers=HTMX).status_code == 404
    assert client.get(reverse("project-panel", args=[project.pk])).status_code == 404


def test_the_panels_address_alone_leads_to_the_page(auditor: Client) -> None:
    project = factories.project()
    answer = auditor.get(reverse("project-panel", args=[project.pk]))
    assert answer.headers["Location"] == project.get_absolute_url()


def test_the_lists_address_opens_a_project_beside_it(auditor: Client) -> None:
    project = factories.project("教室改造", basis="x")
    html = auditor.get(LIST, {"year": 2025, "open": project.pk}).content.decode()
    assert "data-panel-title>教室改造" in html
    assert f'href="{LIST}?year=2025"' in html
    assert re.search(r'href="\?[^"]*sort=amount[^"]*open=', html) is None


def test_an_address_that_opens_what_is_not_to_be_seen_shows_the_list(log_in: LogIn) -> None:
    other = factories.project("别人的", department=factories.department("水利局"))
    mine = factories.project("我的", department=factories.department("教育局"))
    text = words_of(log_in(DEPARTMENT, mine.department).get(LIST, {"open": other.pk}))
    assert "没有找到这个项目" in text
    assert "我的" in text
    assert "别人的" not in text


@pytest.mark.parametrize("asked", ["", "x", "-1", "9" * 30, "１"])
def test_nonsense_opens_nothing(auditor: Client, asked: str) -> None:
    factories.project()
    answer = auditor.get(LIST, {"open": asked})
    assert answer.status_code == 200
    assert "data-panel-title" not in answer.content.decode()


def test_a_panel_costs_as_many_statements_however_many_indicators(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = log_in(AUDIT)
    for count in (1, 30):
        project = factories.project(sources={"local": "1"})
        for _ in range(count):
            factories.indicator(project)
        with django_assert_num_queries(PANEL_STATEMENTS):
            client.get(reverse("project-panel", args=[project.pk]), headers=HTMX)
