"""The picker's part, the page that does without scripts, and what pages weigh among many departments."""

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.models import Department
from projects.permissions import AUDIT, DEPARTMENT
from tests import factories
from tests.projects.filters.country import add_departments, settle

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def bodies(client: Client) -> list[Department]:
    client.force_login(factories.user(AUDIT))
    return settle(120)


def test_the_picker_s_part_has_the_matches_and_says_how_many(client: Client, bodies: list[Department]) -> None:
    part = client.get("/projects/choices/department/?typed=第2局", headers=PART).content.decode()
    assert "<html" not in part
    assert part.count('type="checkbox"') == 20
    assert "找到 20 个以上，请多输入几个字。" in part


def test_nothing_found_is_said(client: Client, bodies: list[Department]) -> None:
    assert (
        "没有名称包含这些文字的部门。"
        in client.get("/projects/choices/department/?typed=水", headers=PART).content.decode()
    )


def test_the_page_keeps_the_other_filters(client: Client, bodies: list[Department]) -> None:
    page = client.get(
        f"/projects/choices/department/?on=totals&by=year&year=2025&department={bodies[3].pk}&typed=第2局 第9区"
    )
    html = page.content.decode()
    assert '<input type="hidden" name="by" value="year">' in html
    assert html.count('name="department"') == 2
    assert f'href="/totals/?by=year&amp;year=2025&amp;department={bodies[3].pk}"' in html


def test_the_page_leads_back_with_what_was_chosen(client: Client, bodies: list[Department]) -> None:
    answer = client.get("/projects/choices/region/?on=totals&year=2025&region=370101&typed=x&done=1&page=3&unit=")
    assert answer.headers["Location"] == "/totals/?year=2025&region=370101"


@pytest.mark.parametrize("on", ["logout", "//example.org", ""])
def test_it_leads_back_to_pages_with_filters_only(client: Client, bodies: list[Department], on: str) -> None:
    assert client.get("/projects/choices/region/", {"on": on, "done": "1"}).headers["Location"] == "/projects/?"


def test_only_the_usual_filters_can_be_counted(client: Client) -> None:
    client.force_login(factories.user(AUDIT))
    factories.indicator(factories.project())
    counts = [client.get(f"/projects/facets/{query}").json()["counts"].keys() for query in ("", "?only=usual")]
    assert "category" in counts[0]
    assert counts[1] == {"region", "year", "department"}


def test_other_filters_have_no_page_of_choices(client: Client, bodies: list[Department]) -> None:
    assert client.get("/projects/choices/year/").status_code == 404


def test_somebody_else_s_departments_are_not_found(client: Client, bodies: list[Department]) -> None:
    client.force_login(factories.user(DEPARTMENT, bodies[0]))
    page = client.get("/projects/choices/department/?typed=第2局").content.decode()
    assert "第2局（" not in page


@pytest.mark.parametrize("path", ["/projects/", "/totals/", "/projects/?q=甲", "/charts/", "/findings/"])
def test_pages_do_not_grow_with_the_departments(client: Client, path: str) -> None:
    client.force_login(factories.user(AUDIT))
    settle(100)
    client.get(path)
    seen = []
    for more in (0, 300):
        add_departments(more)
        with CaptureQueriesContext(connection) as asked:
            html = client.get(path).content
        seen.append((len(asked), len(html)))
    (asked_before, bytes_before), (asked_after, bytes_after) = seen
    assert asked_after <= asked_before
    assert bytes_after < bytes_before * 1.05
    assert len(gzip.compress(html)) < 25_000


def test_the_picker_of_very_many_asks_for_a_name(
    client: Client, bodies: list[Department], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "列出项目最多的部门" in client.get("/projects/choices/department/", headers=PART).content.decode()
    monkeypatch.setattr("projects.filters.kept_counts.MOST_COUNTED", 5)
    assert "部门很多，请输入名称查找。" in client.get("/projects/choices/department/", headers=PART).content.decode()
