"""Words that very many projects have: the first page at once, number and sums a moment later."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client

from projects.filters import texts
from projects.models import Project
from projects.permissions import AUDIT, FINANCE
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
    asked = re.search(r'id="counting"\s+hx-get="([^"]+)"', page)
    assert asked
    return f"/projects/{unescape(asked[1])}"


def counted(client: Client, page: str) -> HttpResponse:
    """What a page gets that asks for number and sums."""
    shown = re.search(r'"X-Shown": "(\w+)"', page)
    assert shown
    return client.get(asked_for_later(page), headers={"HX-Request": "true", "X-Shown": shown[1]})


def test_the_page_asks_again_and_gets_number_and_sums_without_rows(auditor: Client) -> None:
    answer = counted(auditor, auditor.get("/projects/", {"q": "道路"}).content.decode())
    page = words_of(answer)
    assert "共 3 个项目，合计 0.003 万元" in page
    assert WAITING not in page
    assert 'id="sums" hx-swap-oob="true"' in answer.content.decode()
    assert "导出" in page
    assert "data-project=" not in answer.content.decode()
    assert "HX-Retarget" not in answer.headers


@pytest.mark.parametrize("meanwhile", [{"amount": Decimal(11)}, {"name": "路灯"}, {"serial": 9}])
def test_where_other_rows_stand_by_now_the_whole_list_comes(auditor: Client, meanwhile: dict[str, object]) -> None:
    factories.project("道路3", amount=Decimal(10))
    page = auditor.get("/projects/", {"q": "道路"}).content.decode()
    Project.objects.filter(name="道路1").update(**meanwhile)
    answer = counted(auditor, page)
    assert answer.headers["HX-Retarget"] == answer.headers["HX-Reselect"] == "#results"
    assert answer.headers["HX-Reswap"] == "outerHTML"
    assert answer.content.decode().count("data-project=") == (3 if "name" in meanwhile else 4)


def test_where_the_unit_was_changed_in_another_window_the_whole_list_comes(auditor: Client) -> None:
    page = auditor.get("/projects/", {"q": "道路"}).content.decode()
    auditor.get("/totals/", {"unit": "元"})
    answer = counted(auditor, page)
    assert answer.headers["HX-Retarget"] == "#results"
    assert "年度金额（元）" in words_of(answer)


def test_where_the_role_was_changed_meanwhile_the_whole_list_comes(log_in: LogIn) -> None:
    finance = log_in(FINANCE, factories.county())
    page = finance.get("/projects/", {"q": "道路"}).content.decode()
    get_user(finance).groups.set(Group.objects.filter(name=AUDIT))
    assert counted(finance, page).headers["HX-Retarget"] == "#results"


def test_what_asks_without_saying_what_it_shows_gets_the_list(auditor: Client) -> None:
    later = asked_for_later(auditor.get("/projects/", {"q": "道路"}).content.decode())
    answer = auditor.get(later, headers={"HX-Request": "true"})
    assert answer.content.decode().count("data-project=") == 3
    assert "HX-Retarget" not in answer.headers


def test_rows_can_be_chosen_before_they_are_counted_and_all_too(log_in: LogIn) -> None:
    finance = log_in(FINANCE, factories.county())
    page = finance.get("/projects/", {"q": "道路"}).content.decode()
    assert page.count('name="ids"') == 3
    assert "选中全部筛选结果" in page
    answer = counted(finance, page).content.decode()
    assert '<span id="bulk-all" hx-swap-oob="true">选中全部 3 个筛选结果</span>' in answer
    assert 'id="bulk"' not in answer


def test_the_next_page_is_there_before_it_is_counted_too(auditor: Client) -> None:
    for number in range(3, 60):
        factories.project(f"道路{number}")
    first = auditor.get("/projects/", {"q": "道路", "page": "1"})
    following = re.search(r'<a href="(\?[^"]+)"\s+rel="next"', first.content.decode())
    assert following
    shown = auditor.get(f"/projects/{unescape(following[1])}")
    assert shown.context["summary"] is None
    whole = auditor.get(asked_for_later(shown.content.decode()))
    assert "第 51–60 条" in words_of(whole)
    assert "第 51–60 条" in words_of(counted(auditor, shown.content.decode()))
    names = [[row.project.name for row in page.context["rows"]] for page in (shown, whole)]
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
