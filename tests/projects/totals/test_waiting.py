"""Totals that would keep somebody waiting are refused in a sentence, and can be had as a file."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from projects.filters import ProjectFilter, filterset
from projects.models import Project
from projects.totals import Layout, refusal, summary_at_once, waiting
from tests import factories
from tests.conftest import words_of
from tests.projects.words import few_are_many

pytestmark = pytest.mark.django_db

BY_YEAR = Layout(("year",), "source")
OFFER = "在后台汇总成 Excel"


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two projects are too many to be counted, three too many to look for words."""
    monkeypatch.setattr("projects.totals.layout.MOST_COUNTED", 2)
    monkeypatch.setattr(waiting, "MOST_MATCHED", 1)
    few_are_many(monkeypatch)
    monkeypatch.setattr(filterset, "MOST_WITH_WORDS", 2)
    monkeypatch.setattr(waiting, "MOST_WITH_WORDS", 2)
    for number in range(3):
        factories.indicator(factories.project(f"道路{number}", amount="10000", section="预算科"))
    factories.project("校舍", amount="1", department=None)


def told(query: str, layout: Layout = BY_YEAR) -> str:
    found = ProjectFilter(QueryDict(query), Project.objects.all())
    return refusal(found, layout, summary_at_once(found))


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", ""), ("year=2025", ""), ("section=预算科", "超过 2 个，不能当场汇总"), ("min=9", ""), ("min=1", "超过 2 个，不能当场汇总"), ("q=道路", "这些文字很常见，要在超过 2 个项目中查找"),
        ("unit_text=没有", ""),
    ],
)  # fmt: skip
def test_what_kept_totals_do_not_say_is_refused_where_it_is_very_much(query: str, said: str) -> None:
    assert told(query) == "" if not said else said in told(query)


@pytest.mark.usefixtures("many")
def test_indicators_that_meet_conditions_are_refused_earlier_where_the_table_is_about_them() -> None:
    by_class = Layout(("category",), measure="indicators")
    assert "超过 1 个，不能当场统计符合条件的指标" in told("category=output&max=999", by_class)
    assert "不能当场汇总" in told("category=output&max=999")


@pytest.mark.usefixtures("many")
def test_words_of_very_many_projects_are_not_counted_to_be_refused(django_assert_max_num_queries: Any) -> None:
    found = ProjectFilter(QueryDict("q=道路"), Project.objects.all())
    with django_assert_max_num_queries(5):
        assert summary_at_once(found) is None


@pytest.mark.usefixtures("many")
def test_words_that_few_of_what_else_is_found_have_are_not_said_to_be_in_many_of_it() -> None:
    for number in range(3):
        factories.project(f"校舍{number}", section="农业科")
    assert ProjectFilter(QueryDict("q=道路&section=农业科"), Project.objects.all()).qs.count() == 0
    said = told("q=道路&section=农业科")
    assert said == "这些文字很常见，要在超过 2 个项目中查找，不能当场汇总，请先用行政区划、年度等筛选条件缩小范围。"


@pytest.mark.usefixtures("many")
def test_frequent_words_are_counted_where_little_else_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filterset, "MOST_WITH_WORDS", 4)
    monkeypatch.setattr("projects.totals.layout.MOST_COUNTED", 3)
    found = ProjectFilter(QueryDict("q=道路"), Project.objects.all())
    whole = summary_at_once(found)
    assert found.takes_long
    assert whole is not None
    assert (whole.count, refusal(found, BY_YEAR, whole)) == (3, "")


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", ["section=预算科", "q=道路"])
def test_the_page_says_so_and_offers_a_file(auditor: Client, query: str) -> None:
    response = auditor.get(f"{reverse('totals')}?{query}&by=year")
    page = words_of(response)
    assert "不能当场汇总" in page
    assert OFFER in page
    assert "没有符合条件" not in page
    assert "totals-table" not in response.content.decode()
    assert ("共 3 个项目" in page) is ("q" not in query)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", ["section=预算科", "q=道路"])
def test_charts_say_so(auditor: Client, query: str) -> None:
    response = auditor.get(f"{reverse('charts')}?{query}")
    assert "不能当场汇总" in words_of(response)
    assert response.context["charts"] == []
    assert "没有符合条件" not in words_of(response)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", ["section=预算科", "q=道路"])
def test_programs_are_told(auditor: Client, query: str) -> None:
    answer = auditor.get(f"{reverse('api-totals')}?{query}&rows=year")
    assert answer.status_code == 400
    assert "不能当场汇总" in answer.content.decode()


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", ["section=预算科", "q=道路"])
def test_departments_of_very_many_are_not_offered_as_a_file_either(
    auditor: Client, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_COUNTED", 2)
    page = words_of(auditor.get(f"{reverse('totals')}?{query}&by=department"))
    assert "请先用行政区划" in page
    assert OFFER not in page


@pytest.mark.usefixtures("many")
def test_where_nothing_is_refused_nothing_is_offered(auditor: Client) -> None:
    assert OFFER not in words_of(auditor.get(f"{reverse('totals')}?by=year"))
