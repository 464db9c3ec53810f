"""The page of totals and its download."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from projects.permissions import FINANCE
from projects.totals.layout import PRESETS
from tests import factories
from tests.conftest import LogIn, words_of

pytestmark = pytest.mark.django_db

TOTALS = "totals"
STATEMENTS = 34
LINK = re.compile(r'<a href="([^"]*)"\s+data-kind="(\w+)">(?:<span[^>]*>)?([^<]+)<')
LAYOUTS = [
    *(f"by={by}" for by in PRESETS), "rows=region&rows=department&columns=year", "rows=category&columns=source",
    "rows=department&rows=section&columns=attribute&measure=projects", "rows=year&columns=category&measure=projects",
    "rows=top&columns=source", "rows=region&columns=top", "rows=top&rows=region", "rows=region&rows=top",
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("filters", ["", "source=local&q=水", "region=140400&own=1"])
def test_every_cell_links_to_the_list_that_it_sums(auditor: Client, mixed: None, layout: str, filters: str) -> None:
    """The number or the sum that the linked list shows at its top equals the cell, to the fen."""
    page = auditor.get(f"{reverse(TOTALS)}?{layout}&unit=元&{filters}").content.decode()
    links = set(LINK.findall(page))
    assert links or "没有符合条件的项目" in page
    for href, kind, figure in links:
        summary = auditor.get(unescape(href)).content.decode()
        shown = {
            "count": r'class="count">([^<]*)<', "amount": r'class="sum">([^<]*)<', "indicators": r"()",
        }.get(kind, rf'class="part" data-source="{kind}">([^<]*)<')  # fmt: skip
        match = re.search(shown, summary)
        assert match is not None, (href, kind)
        assert match[1] in {"", figure.strip()}, (href, kind)


def test_departments_of_very_many_projects_are_refused_and_regions_shown(
    auditor: Client, mixed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.totals.layout.MOST_COUNTED", 1)
    sentence = "找到的项目超过 1 个，不能当场按部门、科室汇总，请先用行政区划等筛选条件缩小范围。"
    asked = {"rows": ["department", "section"]}
    shown, by_region = (auditor.get(reverse(TOTALS), query) for query in (asked, {"by": "region"}))
    assert f"{sentence}现按行政区划显示。" in words_of(shown)
    rows = [re.findall(r"<td[^>]*>[^<]*", page.content.decode()) for page in (shown, by_region)]
    assert rows[0] == rows[1] != []
    assert "不能当场" not in words_of(by_region)
    assert "不能当场" not in words_of(auditor.get(reverse(TOTALS), {"by": "year"}))
    assert sentence in words_of(auditor.get(reverse("totals-export"), {**asked, "format": "csv"}, follow=True))
    answer = auditor.get(reverse("api-totals"), asked)
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)


def test_of_a_whole_country_the_divisions_of_the_highest_level_are_shown_instead(
    auditor: Client, mixed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.totals.layout.MOST_COUNTED", 1)
    factories.project("河北项目", region=factories.region("130000", "河北省", "河北省", None), amount="7")
    page = words_of(auditor.get(reverse(TOTALS)))
    assert "现按最高一级区划显示。" in page
    assert "河北省 含下级 1 " in page


@pytest.mark.parametrize(("asked", "refused"), [({}, True), ({"region": "140404"}, False), ({"by": "year"}, False)])
def test_departments_of_many_projects_anywhere_are_refused(
    auditor: Client, mixed: None, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], *, refused: bool
) -> None:
    monkeypatch.setattr("projects.totals.layout.MOST_ANYWHERE", 1)
    monkeypatch.setattr("projects.totals.summary.MOST_ANYWHERE", 1)
    assert ("超过 1 个，不能当场按部门" in words_of(auditor.get(reverse(TOTALS), asked))) is refused


def test_zero_and_blank_cells_are_told_apart_and_link_nowhere(auditor: Client) -> None:
    factories.project(sources={"local": "0", "central": None}, amount="0")
    html = auditor.get(reverse(TOTALS)).content.decode()
    cells = [" ".join(cell.split()) for cell in re.findall(r'col-part">(.*?)</td>', html, re.DOTALL)]
    assert cells[:6] == ["—", "—", "0.00", "—", "—", "0.00"]


def test_a_cell_without_projects_is_empty_and_one_of_blanks_a_dash(auditor: Client) -> None:
    factories.project(year=2024, amount=None, department=factories.department("甲局"))
    factories.project(year=2025, amount="0", department=factories.department("乙局"))
    html = auditor.get(f"{reverse(TOTALS)}?rows=department&columns=attribute").content.decode()
    assert "col-part" in html
    html = auditor.get(f"{reverse(TOTALS)}?rows=department&columns=year").content.decode()
    cells = [
        " ".join(re.sub("<[^>]*>", " ", cell).split()) for cell in re.findall(r'col-part">(.*?)</td>', html, re.DOTALL)
    ]
    assert cells[:4] == ["", "0.00", "—", ""]


def test_shares_of_row_column_and_whole(auditor: Client) -> None:
    for body, year, amount in (("甲局", 2024, "10"), ("甲局", 2025, "30"), ("乙局", 2025, "60")):
        factories.project(department=factories.department(body), year=year, amount=amount)
    for show, expected in (("row", ["", "100.0%", "25.0%", "75.0%"]), ("whole", ["", "60.0%", "10.0%", "30.0%"])):
        html = auditor.get(f"{reverse(TOTALS)}?rows=department&columns=year&show={show}").content.decode()
        cells = [
            " ".join(re.sub("<[^>]*>", " ", cell).split())
            for cell in re.findall(r'col-part">(.*?)</td>', html, re.DOTALL)
        ]
        assert cells[:4] == expected


def test_changes_carry_their_sign(auditor: Client) -> None:
    for body, year, amount in (("甲局", 2024, "100000"), ("甲局", 2025, "75000"), ("乙局", 2025, "60000")):
        factories.project(department=factories.department(body), year=year, amount=amount)
    text = words_of(auditor.get(reverse(TOTALS)))
    assert "2025 年较 2024 年" in text
    assert "−2.50 −25.0%" in text
    assert "+6.00 新增" in text


def test_what_overlaps_is_said(auditor: Client) -> None:
    factories.indicator(factories.project(amount="1"))
    assert "互有重叠，不能相加" in words_of(auditor.get(f"{reverse(TOTALS)}?rows=category"))
    assert "指标数可以相加" in words_of(auditor.get(f"{reverse(TOTALS)}?by=category"))


def test_numbers_of_indicators_are_not_set_as_money(auditor: Client) -> None:
    project = factories.project(amount="1")
    for _ in range(3):
        factories.indicator(project)
    assert "合计 1 3 100.0%" in words_of(auditor.get(f"{reverse(TOTALS)}?by=category"))


def test_long_tables_are_paged_and_the_total_is_complete(auditor: Client) -> None:
    for number in range(105):
        factories.project(department=factories.department(f"部门{number}"), amount="10000")
    second = words_of(auditor.get(reverse(TOTALS), {"page": 2}))
    assert "第 101–105 条，共 105 行" in second
    assert "合计 105 105.00" in second


def test_a_page_that_begins_below_a_row_says_that_row_again(auditor: Client) -> None:
    for number in range(120):
        factories.project(department=factories.department(f"部门{number}"), amount="10000")
    second = words_of(auditor.get(f"{reverse(TOTALS)}?by=region-department&page=2"))
    assert "长治市上党区 （续）" in second


@pytest.mark.parametrize(
    "query",
    ["by=colour", "rows=colour", "rows=year&columns=x", "measure=x", "show=x", "rows=year&rows=region&rows=source"],
)
def test_an_unknown_layout_is_not_found(auditor: Client, query: str) -> None:
    assert auditor.get(f"{reverse(TOTALS)}?{query}").status_code == 404


def test_no_columns_is_a_choice_too(auditor: Client) -> None:
    factories.project(amount="1")
    assert (
        "市县"
        not in auditor.get(f"{reverse(TOTALS)}?rows=department&columns=-").content.decode().partition("<tbody")[2]
    )


@pytest.mark.parametrize("departments", [5, 40])
def test_totals_cost_as_many_statements_however_many_rows(
    log_in: LogIn, django_assert_max_num_queries: DjangoAssertNumQueries, departments: int
) -> None:
    client = log_in(FINANCE, factories.city())
    for number in range(departments):
        department = factories.department(f"部门{number}")
        factories.indicator(
            factories.project(department=department, sources={"local": "1"}, amount="1", year=2024 + number % 2)
        )
    for layout in LAYOUTS:
        with django_assert_max_num_queries(STATEMENTS):
            client.get(f"{reverse(TOTALS)}?{layout}")


def test_the_download_is_the_table_with_its_total(auditor: Client, mixed: None) -> None:
    response = auditor.get(f"{reverse('totals-export')}?by=department&format=xlsx&unit=元")
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("部门", "级次", "项目数", "年度金额（元）")
    assert rows[1][:4] == ("市财政局", "明细", 2, 19999999999.98)
    assert rows[-1][:4] == ("合计", "合计", 9, 20001000382.49)


def test_the_csv_has_the_unit_in_force(auditor: Client) -> None:
    factories.project(amount="12345.67", department=factories.department("=甲局"))
    text = auditor.get(f"{reverse('totals-export')}?by=department&format=csv&unit=万元").content.decode("utf-8-sig")
    assert "年度金额（万元）" in text
    assert "1.234567" in text
    assert "'=甲局" in text


def test_there_is_no_other_download(auditor: Client) -> None:
    assert auditor.get(f"{reverse('totals-export')}?by=department&format=exe").status_code == 404
