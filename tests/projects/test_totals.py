"""Totals: right to the fen, and equal to the lists that their cells link to."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from projects.funding_sources import NAMES
from projects.models import Project
from projects.totals import TABLES, by_department, by_region, by_source, by_year, summarise
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed() -> None:
    """Projects of three departments, two regions and two years, with all kinds of gaps."""
    city = factories.city()
    education, water = factories.department("教育局"), factories.department("水利局")
    finance = factories.department("市财政局", city)
    make = factories.project
    make("校舍", department=education, amount="1000000.01", period_amount="5", sources={"local": "1000000.01"})
    make("操场", department=education, amount="300", sources={"local": "100", "central": "200", "other": None})
    make("食堂", department=education, amount="70", sources={"local": "80"}, year=2024)
    make("水渠", department=water, amount="0", sources={"local": "0", "provincial": None})
    make("水库", department=water, amount=None, sources={"central": "33.33"})
    make("水泵", department=water)
    make("债券", department=None, amount="12.50", region=city)
    for name in ("市财政局（预算科）", "市财政局（债务科）"):
        make(name, department=finance, department_printed=name, amount="9999999999.99", region=city, year=2024)
    factories.funding(Project.objects.get(name="校舍"), "local", "5", "period")


def rows(totals: list) -> dict[str, tuple[int, Decimal | None]]:
    return {total.label: (total.count, total.amount) for total in totals}


def test_departments_the_largest_first(mixed: None) -> None:
    assert list(rows(by_department(Project.objects.all())).items()) == [
        ("市财政局", (2, Decimal("19999999999.98"))),
        ("教育局", (3, Decimal("1000370.01"))),
        ("未列明部门", (1, Decimal("12.50"))),
        ("水利局", (3, Decimal(0))),
    ]


def test_a_department_notes_the_names_that_sources_print(mixed: None) -> None:
    first = by_department(Project.objects.all())[0]
    assert set(first.note.split("、")) == {"市财政局（债务科）", "市财政局（预算科）"}


def test_regions_stand_below_what_holds_them(mixed: None) -> None:
    totals = by_region(Project.objects.all())
    assert [(total.label, total.depth, total.count) for total in totals] == [
        ("长治市", 0, 9), ("长治市本级", 1, 3), ("长治市上党区", 1, 6),
    ]  # fmt: skip


def test_years_the_latest_first(mixed: None) -> None:
    assert rows(by_year(Project.objects.all())) == {
        "2025 年": (6, Decimal("1000312.51")), "2024 年": (3, Decimal("20000000069.98")),
    }  # fmt: skip


def test_sources_and_what_none_of_them_explains(mixed: None) -> None:
    totals = {total.source: (total.count, total.amount) for total in by_source(Project.objects.all())}
    assert totals == {
        "central": (2, Decimal("233.33")),
        "provincial": (0, None),
        "local": (3, Decimal("1000180.01")),
        "self_raised": (0, None),
        "other": (0, None),
        "none": (5, Decimal("19999999999.98") + Decimal("12.50") - 10 - Decimal("33.33")),
    }


def test_a_sum_of_blanks_is_blank_and_a_sum_of_zeros_is_zero() -> None:
    factories.project(amount=None, year=2024)
    factories.project(amount="0", year=2025)
    assert [total.amount for total in by_year(Project.objects.all())] == [Decimal(0), None]


@pytest.mark.parametrize("by", TABLES)
def test_every_table_adds_up_to_the_list(mixed: None, by: str) -> None:
    totals = [total for total in TABLES[by][1](Project.objects.all()) if not total.is_subtotal]
    whole = summarise(Project.objects.all(), list(NAMES))
    assert sum(total.amount or 0 for total in totals) == whole.amount
    if by != "source":
        assert sum(total.count for total in totals) == whole.count
        for code in NAMES:
            assert sum(total.by_source[code] or 0 for total in totals) == (whole.parts[code] or 0)


def test_totals_of_nothing_are_empty() -> None:
    assert [by_department(Project.objects.none()), by_region(Project.objects.none())] == [[], []]
    assert summarise(Project.objects.none(), ["local"]).amount is None


LINK = re.compile(r'<a href="([^"]*)"\s+data-kind="(\w+)">(?:<span[^>]*>)?([^<]+)<')


@pytest.mark.parametrize("by", TABLES)
@pytest.mark.parametrize(
    "filters", ["", "year=2024", "source=local", "source=none", "region=140400", "region=140400&own=1", "q=水"]
)
def test_every_cell_links_to_the_list_that_it_sums(auditor: Client, mixed: None, by: str, filters: str) -> None:
    """The number or the sum that the linked list shows at its top equals the cell, to the fen."""
    page = auditor.get(f"{reverse('totals')}?by={by}&unit=元&{filters}").content.decode()
    links = LINK.findall(page)
    assert links
    for href, kind, figure in links:
        summary = auditor.get(unescape(href)).content.decode()
        shown = {
            "count": r'class="count">([^<]*)<', "amount": r'class="sum">([^<]*)<',
        }.get(kind, rf'class="part" data-source="{kind}">([^<]*)<')  # fmt: skip
        match = re.search(shown, summary)
        assert match is not None, (href, kind)
        assert match[1] == figure.strip(), (href, kind)


def test_zero_and_blank_cells_are_told_apart_and_link_nowhere(auditor: Client) -> None:
    factories.project(sources={"local": "0", "central": None}, amount="0")
    html = auditor.get(reverse("totals")).content.decode()
    cells = [" ".join(cell.split()) for cell in re.findall(r'col-part">(.*?)</td>', html, re.DOTALL)]
    assert cells[:6] == ["—", "—", "0.00", "—", "—", "0.00"]
