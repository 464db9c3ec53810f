"""The pages of cited 文号, and what other pages show of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from imports.gazettes.models import CitedText, OfficialDocument
from projects.permissions import AUDIT, DEPARTMENT
from tests import factories
from tests.conftest import LogIn, words_of
from tests.imports.gazettes.citing.test_finding import OTHER, held
from tests.imports.gazettes.texts import NUMBER

pytestmark = pytest.mark.django_db
LIST = "/citations/"


def page_of(number: str) -> str:
    return reverse("citation-detail", args=[number])


def test_the_list_says_how_often_for_how_much_and_whether_held(auditor: Client) -> None:
    held()
    factories.project(basis=f"{OTHER}，{NUMBER}", amount=Decimal(700_000))
    factories.project(basis=OTHER, amount=Decimal(300_000))
    words = words_of(auditor.get(LIST))
    assert f"{OTHER} 未收录 未收录 2 100.00" in words
    assert "校舍修缮五年规划" in words
    assert "全部 2 已收录 1 未收录 1" in words


@pytest.mark.parametrize(("held_or_not", "shown", "gone"), [("yes", NUMBER, OTHER), ("no", OTHER, NUMBER)])
def test_held_and_not_held_are_told_apart(auditor: Client, held_or_not: str, shown: str, gone: str) -> None:
    held()
    factories.project(basis=f"{OTHER}，{NUMBER}")
    words = words_of(auditor.get(LIST, {"held": held_or_not}))
    assert shown in words
    assert gone not in words


@pytest.mark.parametrize(
    "typed", ["长政发[2031]7号", "长政发（2031）7号", " 长政发〔2031〕 7 号", "长政发", "校舍修缮"]
)
def test_a_number_is_found_in_any_brackets_and_a_document_by_its_title(auditor: Client, typed: str) -> None:
    held()
    factories.project(basis=f"{OTHER}，{NUMBER}")
    words = words_of(auditor.get(LIST, {"q": typed}))
    assert NUMBER in words
    assert OTHER not in words


def test_the_list_can_be_sorted_by_amount_and_by_number(auditor: Client) -> None:
    factories.project(basis=OTHER, amount=Decimal(1))
    factories.project(basis=OTHER, amount=None)
    factories.project(basis=NUMBER, amount=Decimal(500))
    for sort in ("amount", "number", "nonsense"):
        words = words_of(auditor.get(LIST, {"sort": sort}))
        assert (words.index(NUMBER) < words.index(OTHER)) == (sort == "amount" or (sort == "number" and NUMBER < OTHER))


def test_an_empty_list_says_what_will_stand_there(auditor: Client) -> None:
    assert "项目的依据里还没有文号" in words_of(auditor.get(LIST))


def test_a_search_that_finds_nothing_leads_back(auditor: Client) -> None:
    factories.project(basis=NUMBER)
    assert "没有符合条件的文号" in words_of(auditor.get(LIST, {"q": "不存在"}))


def test_the_list_is_asked_with_as_many_statements_for_many_numbers_as_for_few(auditor: Client) -> None:
    def statements() -> int:
        auditor.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            auditor.get(LIST)
        return len(captured)

    factories.project(basis=NUMBER)
    few = statements()
    for number in range(30):
        factories.project(basis=f"长财社〔2031〕{number + 1}号")
    assert statements() == few


def test_a_number_leads_to_the_projects_that_cite_it_with_their_words(auditor: Client) -> None:
    project = factories.project(basis="为了防汛，根据长政发[2031] 7 号安排", amount=Decimal(120_000))
    response = auditor.get(page_of(NUMBER))
    assert "为了防汛，根据<mark>长政发[2031] 7 号</mark>安排" in response.content.decode()
    assert project.get_absolute_url() in response.content.decode()
    assert "1 个项目以它为依据，年度金额合计 12.00 万元" in words_of(response)


def test_the_page_of_a_number_is_found_in_any_brackets(auditor: Client) -> None:
    factories.project(basis=NUMBER)
    assert auditor.get(page_of("长政发[2031]7号")).status_code == 200


def test_a_held_document_that_nobody_cites_says_so(auditor: Client) -> None:
    held()
    assert "还没有项目引用这份文件" in words_of(auditor.get(page_of(NUMBER)))


@pytest.mark.parametrize("number", [NUMBER, "不是文号", "长政发〔2031〕7号和别的"])
def test_what_nobody_cites_and_nothing_holds_is_not_found(auditor: Client, number: str) -> None:
    assert auditor.get(page_of(number)).status_code == 404


def test_the_projects_of_others_are_not_told(log_in: LogIn) -> None:
    factories.project(basis=NUMBER)
    client = log_in(DEPARTMENT, factories.department("区民政局"))
    assert client.get(page_of(NUMBER)).status_code == 404


def test_people_without_a_role_see_neither_page(log_in: LogIn) -> None:
    factories.project(basis=NUMBER)
    client = log_in(None)
    assert [client.get(address).status_code for address in (LIST, page_of(NUMBER))] == [403, 403]


def test_both_pages_are_only_read(auditor: Client) -> None:
    assert [auditor.post(address).status_code for address in (LIST, page_of(NUMBER))] == [405, 405]


def test_the_project_page_links_what_is_held_and_marks_what_is_not(auditor: Client) -> None:
    document = held()
    project = factories.project(basis=f"{NUMBER}；{OTHER}")
    response = auditor.get(project.get_absolute_url())
    assert f'href="{document.get_absolute_url()}"' in response.content.decode()
    assert f'href="{page_of(OTHER)}"' in response.content.decode()
    assert f"{OTHER} 未收录" in words_of(response)


def _resting(document: OfficialDocument) -> str:
    request = RequestFactory().get("/")
    request.user = factories.user(AUDIT)
    template = Template("{% load citations %}{% resting_projects document %}")
    return template.render(Context({"request": request, "document": document, "unit": "元"}))


def test_the_document_page_names_the_largest_projects_and_their_total() -> None:
    document = held()
    for number in range(7):
        factories.project(f"修缮{number}", basis=NUMBER, amount=Decimal(number))
    shown = _resting(document)
    assert "修缮6" in shown
    assert "修缮1" not in shown
    assert "<b>21.00</b> 元" in shown
    assert "查看全部 7 个项目" in shown


def test_a_document_that_nothing_rests_on_says_what_will_stand_there() -> None:
    document = held()
    assert NUMBER in _resting(document)
    document.number = ""
    assert "没有文号" in _resting(document)


def test_a_text_remembered_by_other_rules_is_still_shown(auditor: Client) -> None:
    factories.project(basis="照本地旧例长政发（2031）七号办")
    auditor.get(LIST)
    CitedText.objects.update(numbers=[OTHER])
    assert "照本地旧例" in words_of(auditor.get(page_of(OTHER)))
