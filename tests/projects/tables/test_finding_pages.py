"""The page of a frequent word is filled by going through projects, unless that takes too long."""

import time
from random import Random

import pytest
from django.db import OperationalError, connection
from django.http import QueryDict

from perfgoals.pagination import Page
from perfgoals.snapshot import snapshot
from projects.filters import ProjectFilter, texts
from projects.models import Project
from projects.tables import Sort, are_met_soon, keys_found, page_keys, paging
from tests.projects.filters.worlds import populate
from tests.projects.words import few_are_many

pytestmark = pytest.mark.django_db
SORTS = ["", "amount", "-amount", "-year", "name"]


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three projects are many."""
    few_are_many(monkeypatch)
    populate(Random(8), 30)  # noqa: S311  # no secret


def asked() -> ProjectFilter:
    return ProjectFilter(QueryDict("q=甲"), Project.objects.all())


def page(number: int = 1) -> Page:
    return Page.asked(QueryDict(f"page={number}&size=3"), 1000)


@pytest.mark.parametrize("sort", SORTS)
def test_the_same_projects_are_met_as_are_found(sort: str) -> None:
    assert asked().is_met_soon
    for number in (1, 2):
        keys = keys_found(asked(), Sort.asked(sort), page(number))
        assert keys == page_keys(asked().qs, Sort.asked(sort), page(number))
        assert keys or number > 1


@pytest.mark.parametrize(
    ("others", "sort", "are_met"),
    [("", "amount", True), ("&region=140400", "", True), ("&region=140400", "amount", False)],
)
def test_of_some_regions_projects_are_met_in_the_usual_order_alone(
    monkeypatch: pytest.MonkeyPatch, others: str, sort: str, are_met: bool
) -> None:
    monkeypatch.setattr(texts, "MOST_NUMBERS", 1000)
    found = ProjectFilter(QueryDict(f"q=甲{others}"), Project.objects.all())
    assert are_met_soon(found, Sort.asked(sort)) is are_met


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Going through projects takes a second each, and soon too long."""
    in_order = ProjectFilter.in_order
    waiting = lambda found, until: in_order(found, until).extra(where=["pg_sleep(1) IS NOT NULL"])  # noqa: E731
    monkeypatch.setattr(ProjectFilter, "in_order", waiting)
    monkeypatch.setattr(paging, "PATIENCE", 50)


def test_what_is_not_met_soon_is_found_and_sorted(slow: None) -> None:
    begun = time.monotonic()
    keys = keys_found(asked(), Sort(), page())
    assert time.monotonic() - begun < 1  # each of the projects would be waited for as long
    assert keys == page_keys(asked().qs, Sort(), page())
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.django_db(transaction=True)
def test_what_was_given_up_leaves_a_snapshot_as_it_was(slow: None) -> None:
    with snapshot():
        keys = keys_found(asked(), Sort(), page())
        assert keys == page_keys(asked().qs, Sort(), page())


def test_another_fault_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProjectFilter, "in_order", lambda found, _: found.qs.extra(where=["1 / 0 = 1"]))
    with pytest.raises(Exception, match="division by zero") as raised:
        keys_found(asked(), Sort(), page())
    assert not isinstance(raised.value, OperationalError)
