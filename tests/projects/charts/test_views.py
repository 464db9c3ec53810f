"""The page of charts: the same projects and the same sums as the list."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from projects.charts.marks import Mark, Picture
from projects.charts.picture import MOST_DEPARTMENTS, layout_for, picture_of
from projects.filters import ProjectFilter
from projects.models import Project
from projects.permissions import FINANCE
from projects.totals import summarise
from projects.totals.layout import MOST_COUNTED, Layout
from projects.totals.waiting import BY_REGION, BY_TOP
from tests import factories
from tests.conftest import LogIn, words_of
from tests.projects.totals.conftest import mixed  # noqa: F401  # the same projects as the totals

pytestmark = pytest.mark.django_db

STATEMENTS = 40


def found_by(query: str = "") -> ProjectFilter:
    return ProjectFilter(QueryDict(query), Project.objects.all())


def total(marks: tuple[Mark, ...]) -> Decimal:
    return sum((mark.amount or Decimal(0) for mark in marks), Decimal(0))


def figures_of(picture: Picture) -> list[Any]:
    """All that is drawn, but for the keys of marks."""
    blocks = [mark for block in picture.blocks for mark in (block.whole, *block.parts)]
    marks = [replace(mark, key="") for mark in (*picture.departments, *picture.sources, *picture.years, *blocks)]
    return [picture.by, picture.whole, marks, picture.flows]


def figures(html: str) -> dict[str, Any]:
    scripts = re.findall(r'<script id="figure-(\w+)" type="application/json">(.*?)</script>', html, re.DOTALL)
    return {name: json.loads(figure) for name, figure in scripts}


@pytest.mark.parametrize("query", ["", "year=2024", "source=local", "source=none", "region=140400&own=1", "q=水"])
def test_the_marks_of_every_chart_add_up_to_the_list(mixed: None, query: str) -> None:  # noqa: F811
    found = found_by(query)
    picture = picture_of(found)
    amount = summarise(found.qs).amount or Decimal(0)
    assert picture.whole.amount == summarise(found.qs).amount
    for marks in (picture.departments, picture.sources, picture.years):
        assert total(marks) == amount
    assert sum((total(block.parts) for block in picture.blocks), Decimal(0)) == amount
    assert sum((flow.amount or Decimal(0) for flow in picture.flows), Decimal(0)) == amount


def test_many_departments_are_gathered_with_their_list() -> None:
    for number in range(MOST_DEPARTMENTS + 6):
        factories.project(department=factories.department(f"部门{number:02}"), amount=f"{100 - number}.01")
    picture = picture_of(found_by())
    rest = picture.departments[-1]
    assert (rest.label, rest.count) == ("其他 6 个部门", 6)
    linked = ProjectFilter(QueryDict(rest.url.partition("?")[2]), Project.objects.all())
    assert (summarise(linked.qs).count, summarise(linked.qs).amount) == (6, rest.amount)
    assert total(picture.departments) == picture.whole.amount


@pytest.mark.parametrize("query", ["", "year=2024", "source=local", "region=140400", "q=水"])
def test_of_very_many_projects_the_regions_are_drawn(mixed: None, query: str) -> None:  # noqa: F811
    found = found_by(query)
    layout = layout_for(found, replace(summarise(found.qs), count=MOST_COUNTED + 1))
    assert layout == {"": BY_REGION, "year=2024": BY_REGION, "region=140400": BY_REGION}.get(query)
    if layout is None:
        assert "source" in query or "q" in query  # which kept totals do not say
        layout = BY_REGION
    picture = picture_of(found, layout, number=MOST_COUNTED + 1)
    amount = summarise(found.qs).amount or Decimal(0)
    assert picture.by == "行政区划"
    assert total(picture.departments) == amount
    assert sum((total(block.parts) for block in picture.blocks), Decimal(0)) == amount
    assert sum((flow.amount or Decimal(0) for flow in picture.flows), Decimal(0)) == amount
    for block in picture.blocks:
        assert sum(mark.count for mark in block.parts) == block.whole.count


@pytest.mark.parametrize(("query", "drawn"), [("", BY_TOP), ("year=2024", BY_TOP), ("region=140400", BY_REGION)])
def test_of_a_whole_country_the_divisions_of_the_highest_level_are_drawn(
    mixed: None,  # noqa: F811
    query: str,
    drawn: Layout,
) -> None:
    other = factories.region("130000", "河北省", "河北省", None)
    factories.project("河北项目", region=other, amount="7", year=2024)
    found = found_by(query)
    layout = layout_for(found, replace(summarise(found.qs), count=MOST_COUNTED + 1))
    assert layout == drawn
    told, by_region = (figures_of(picture_of(found, one)) for one in (layout, BY_REGION))
    assert told == by_region


def test_too_many_departments_for_an_address_lead_to_the_totals() -> None:
    for number in range(300):
        factories.project(department=factories.department(f"部门{number:03}"), amount="1")
    assert picture_of(found_by()).departments[-1].url == "/totals/?by=department"


def test_a_department_s_projects_and_the_others_are_all_of_it(mixed: None) -> None:  # noqa: F811
    for block in picture_of(found_by()).blocks:
        assert sum(mark.count for mark in block.parts) == block.whole.count


def test_the_page_has_five_charts_with_tables_and_downloads(auditor: Client, mixed: None) -> None:  # noqa: F811
    html = auditor.get(reverse("charts")).content.decode()
    assert list(figures(html)) == ["departments", "sources", "years", "treemap", "flows"]
    assert html.count("data-chart-download=") == 10
    assert html.count('<details class="chart-table"') == 5


def test_a_mark_leads_to_the_list_that_it_draws(auditor: Client, mixed: None) -> None:  # noqa: F811
    trace = figures(auditor.get(f"{reverse('charts')}?unit=元").content.decode())["departments"]["data"][0]
    for url, text in zip(trace["customdata"], trace["text"], strict=True):
        assert f'class="sum">{text.partition(" ")[0]}<' in auditor.get(unescape(url)).content.decode()


def test_blank_is_a_dash_and_zero_a_zero_in_the_tables(auditor: Client) -> None:
    factories.project(amount="0", sources={"local": "0", "central": None})
    text = words_of(auditor.get(reverse("charts")))
    assert "没有可以画成图的金额" in text
    assert "区教育局 0.00 — — 0.00 — — 0.00" in text


def test_nothing_found_offers_to_clear_the_filters(auditor: Client) -> None:
    factories.project("甲")
    html = auditor.get(f"{reverse('charts')}?q=没有").content.decode()
    assert figures(html) == {}
    assert "没有符合条件的项目" in html


def test_people_see_charts_of_what_they_may_see(log_in: LogIn) -> None:
    factories.project(amount="10000", region=factories.city())
    factories.project(amount="20000")
    assert "合计 2.00 万元" in words_of(log_in(FINANCE, factories.county()).get(reverse("charts")))


@pytest.mark.parametrize("departments", [5, 40])
def test_charts_cost_as_many_statements_however_many_projects(
    log_in: LogIn, django_assert_max_num_queries: DjangoAssertNumQueries, departments: int
) -> None:
    client = log_in(FINANCE, factories.city())
    for number in range(departments):
        factories.project(department=factories.department(f"部门{number}"), sources={"local": "1"}, amount="1")
    with django_assert_max_num_queries(STATEMENTS):
        client.get(reverse("charts"))


def test_the_script_comes_from_the_installed_package_and_from_no_inline_text(auditor: Client) -> None:
    factories.project(amount="1")
    html = auditor.get(reverse("charts")).content.decode()
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html) == []
    assert 'src="/static/plotly/plotly.min.js" defer' in html
    assert "plotly" not in auditor.get(reverse("project-list")).content.decode()
    assert finders.find("plotly/plotly.min.js")
    assert finders.find("plotly/widgetbundle.js") is None
