"""Words that very many projects have: the first page at once, number and sums a moment later."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from projects.filters import texts
from projects.models import Project
from projects.permissions import FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.projects.words import few_are_many

pytestmark = pytest.mark.django_db
WAITING = "正在统计准确的数目和金额"


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three projects are many, and what else is asked for leaves many."""
    few_are_many(monkeypatch)
    for number in range(3):
        factories.project(f"道路{number}", amount=Decimal(10))
    factories.project("校舍")


def test_the_first_page_is_there_before_it_is_counted(auditor: Client) -> None:
    response = auditor.get("/projects/", {"q": "道路"})
    page = words_of(response)
    assert [row.project.name for row in response.context["rows"]] == ["道路0", "道路1", "道路2"]
    assert WAITING in page
    assert "30.00" not in page
    assert 'class="pagination"' not in response.content.decode()


def asked_for_later(page: str) -> str:
    """The address that a page asks for once it is there."""
    asked = re.search(r'hx-get="([^"]+)"\s+hx-trigger="load"', page)
    assert asked
    return f"/projects/{unescape(asked[1])}"


def test_the_page_asks_again_and_is_counted(auditor: Client) -> None:
    later = asked_for_later(auditor.get("/projects/", {"q": "道路"}).content.decode())
    page = words_of(auditor.get(later, headers={"HX-Request": "true"}))
    assert "共 3 个项目" in page
    assert WAITING not in page


def test_the_next_page_is_there_before_it_is_counted_too(auditor: Client) -> None:
    for number in range(3, 60):
        factories.project(f"道路{number}")
    first = auditor.get("/projects/", {"q": "道路", "page": "1"})
    following = re.search(r'<a href="(\?[^"]+)"\s+rel="next"', first.content.decode())
    assert following
    shown = auditor.get(f"/projects/{unescape(following[1])}")
    assert shown.context["summary"] is None
    counted = auditor.get(asked_for_later(shown.content.decode()))
    assert "第 51–60 条" in words_of(counted)
    names = [[row.project.name for row in page.context["rows"]] for page in (shown, counted)]
    assert len(names[0]) == 10
    assert names[0] == names[1]


@pytest.mark.parametrize("page", ["2.after.{}", "1.after.{}", "601.x", "601.after."])
def test_a_page_after_the_last_project_is_counted_and_shown_as_the_last(auditor: Client, page: str) -> None:
    last = Project.objects.filter(name__contains="道路").order_by("pk").last()
    response = auditor.get("/projects/", {"q": "道路", "page": page.format(last and last.pk)})
    assert "共 3 个项目" in words_of(response)
    assert len(response.context["rows"]) == 3


@pytest.mark.parametrize("asked", [{"page": "1"}, {"sort": "implementing_unit"}, {"q": "校舍"}])
def test_what_needs_the_number_is_counted_at_once(auditor: Client, asked: dict[str, str]) -> None:
    assert WAITING not in words_of(auditor.get("/projects/", {"q": "道路", **asked}))


def test_nothing_found_is_said_at_once(auditor: Client) -> None:
    for number in range(3):
        factories.project(f"校舍{number}", year=2019)
    response = auditor.get("/projects/", {"q": "道路", "year": "2019"})
    assert response.context["summary"] is None
    assert WAITING not in words_of(response)
    assert "没有" in words_of(response)


def test_of_few_projects_each_is_looked_at(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_LOOKED_AT", 4)
    page = words_of(log_in(FINANCE, factories.county()).get("/projects/", {"q": "道路"}))
    assert "共 3 个项目" in page
