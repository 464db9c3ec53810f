"""The memo of cited 文号: complete before each reading, whoever wrote the projects, and by however many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from imports.gazettes.citing.remembering import remember_texts, standard_numbers
from imports.gazettes.models import CitedText
from projects.models import Project
from tests import factories

BRACKETS = ("〔〕", "[]", "（）", "()", "【】", "［］")


@given(st.sampled_from(BRACKETS), st.integers(2000, 2035), st.integers(1, 999), st.sampled_from(["", " ", "　"]))
def test_a_number_is_the_same_in_every_bracket_style(pair: str, year: int, number: int, gap: str) -> None:
    printed = f"根据晋财预{gap}{pair[0]}{year}{pair[1]}{gap}{number}{gap}号文件"
    assert standard_numbers(printed) == [f"晋财预〔{year}〕{number}号"]


@pytest.mark.django_db
def test_each_text_is_searched_once_however_many_projects_have_it() -> None:
    for _ in range(3):
        factories.project(basis="根据长政发[2031]7号和长政发〔2031〕7号")
    factories.project(basis="会议纪要")
    factories.project(basis=None)
    remember_texts()
    assert [text.numbers for text in CitedText.objects.all()] == [["长政发〔2031〕7号"]]


@pytest.mark.django_db
def test_a_text_that_was_written_past_everything_is_found_too() -> None:
    project = factories.project(basis="长政发〔2031〕7号")
    remember_texts()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET basis = %s WHERE id = %s", ["长财社〔2031〕8号", project.pk])
    remember_texts()
    assert {text.numbers[0] for text in CitedText.objects.all()} == {"长政发〔2031〕7号", "长财社〔2031〕8号"}


@pytest.mark.django_db
def test_the_digest_is_that_of_the_database() -> None:
    factories.project(basis="长政发〔2031〕7号，“引号”\n换行")
    remember_texts()
    assert Project.objects.extra(where=["md5(basis) = %s"], params=[CitedText.objects.get().digest]).exists()


@pytest.mark.django_db
def test_where_nothing_is_new_it_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(5):
        factories.project(basis=f"长政发〔2031〕{number + 1}号")
    remember_texts()
    with django_assert_num_queries(1):
        remember_texts()


@pytest.mark.django_db
def test_more_texts_than_a_batch_are_all_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.gazettes.citing.remembering.BATCH", 2)
    for number in range(5):
        factories.project(basis=f"长政发〔2031〕{number + 1}号")
    remember_texts()
    assert CitedText.objects.count() == 5


def _remember() -> None:
    try:
        remember_texts()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_store_each_text_once(committed: None) -> None:
    for number in range(200):
        factories.project(basis=f"长政发〔2031〕{number + 1}号")
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(_remember) for _ in range(3)]:
            done.result()
    assert CitedText.objects.count() == 200
