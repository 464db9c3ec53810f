"""Each of the main statements finds its rows by the index that was made for it, among a hundred thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.http import QueryDict
from procrastinate.sql import queries
from pytest_django.plugin import DjangoDbBlocker

from imports.planning import _by_identity
from indicators.history.walk import Wanted, find
from indicators.reviewing.working.listed import FindingList
from indicators.state import load_state
from perfgoals.pagination import Beside, Page
from projects.filters import ProjectFilter
from projects.filters.offers import Departments
from projects.models import Project, Region
from projects.querysets import in_regions
from projects.tables import Sort, page_keys
from projects.totals import summary_of
from tests.databases import Database, at, database
from tests.plans import MANY, fill, plans, read_whole, scans

pytestmark = pytest.mark.django_db

SOME = 54_321


@pytest.fixture(scope="module", autouse=True)
def many(migrated: Database, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database that the tests of this module share; what each of them writes is taken back."""
    with django_db_blocker.unblock(), database(migrated.name) as there, at(there):
        fill()
        connection.close()
        yield


def found(query: str = "") -> ProjectFilter:
    return ProjectFilter(QueryDict(query), Project.objects.all())


def first_page(query: str, order: str) -> list[int]:
    return page_keys(found(query).qs, Sort.asked(order), Page(1, 50, MANY))


def deep_page() -> list[int]:
    return page_keys(found().qs, Sort.asked(""), Page(1000, 50, MANY, Beside(SOME, is_before=False)))


MAIN: list[tuple[str, Callable[[], object], list[str]]] = [
    ("the list as it opens", lambda: first_page("", ""), ["project_usual_order"]),
    ("a year's projects by amount", lambda: first_page("year=2020", "-amount"), ["project_year_amount"]),
    ("a page far down the list", deep_page, ["projects_project_pkey", "project_usual_order"]),
    ("hits and sums of a year", lambda: summary_of(found("year=2020")), ["rollup_once"]),
    ("a project with its parts", lambda: load_state(SOME),
     ["projects_project_pkey", "projects_funding_project_id", "indicators_indicator_project_id"]),
    ("a project's history", lambda: find(Wanted(Project.objects.filter(pk=SOME)), before=None, size=20),
     ["project_history", "indicator_history"]),
    ("findings, the gravest first", lambda: FindingList(found()).page(""), ["finding_in_order"]),
    ("chosen departments by name", lambda: Departments(Project.objects.all()).named([str(SOME)]),
     ["projects_department_pkey", "projects_project_department_id"]),
    ("what a filing was stored as", lambda: _by_identity(["e3b98a4da31a127d4bde6e43033f66ba"]),
     ["imports_sourcerecord_identity"]),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "indexes"), [case[1:] for case in MAIN], ids=[case[0] for case in MAIN])
def test_a_main_statement_is_answered_by_its_index(ask: Callable[[], object], indexes: list[str]) -> None:
    plan = plans(ask)
    assert [index for index in indexes if index not in plan] == [], plan
    assert read_whole(plan) == set(), plan


@pytest.mark.parametrize("order", ["", "-amount"])
def test_what_lies_in_a_city_is_looked_up_by_its_regions(order: str) -> None:
    Region.objects.filter(code="110001").update(parent="110000")
    projects = Project.objects.filter(in_regions(["110000"]))
    plan = plans(lambda: page_keys(projects, Sort.asked(order), Page(1, 50, 200)))
    assert "Index Cond: (region_id = ANY" in plan
    assert read_whole(plan) == set(), plan
    assert set(projects.values_list("region", flat=True)) == {"110000", "110001"}


def test_a_rare_word_is_looked_up() -> None:
    def search() -> None:
        assert found("q=麒麟").qs.count() == MANY // 20_000

    assert scans(search, "project_text_grams", "projects_projecttext") == [1, 0]


def test_a_word_that_every_text_has_is_looked_up() -> None:
    plan = plans(lambda: summary_of(found("q=项目")))
    assert "Bitmap Index Scan on project_text_grams" in plan
    assert "Filter: ((projects_grams" not in plan, plan  # the pairs of every text would be made


def test_the_next_job_is_looked_up() -> None:
    def fetch() -> None:
        with connection.cursor() as cursor:
            cursor.execute(queries["fetch_job"], {"queues": None, "worker_id": None})
            assert cursor.fetchone()[1] == "doing"

    by_index, whole = scans(fetch, "procrastinate_jobs_priority_idx_v1", "procrastinate_jobs")
    assert (by_index, whole) == (1, 0)


def test_a_missing_index_is_noticed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX project_usual_order, project_text_grams")
    assert "project_usual_order" not in plans(lambda: first_page("", ""))
    assert read_whole(plans(lambda: Project.objects.filter(name="项目1").count())) == {"projects_project"}
    assert scans(lambda: found("q=麒麟").qs.count(), "projects_projecttext") == [1]
