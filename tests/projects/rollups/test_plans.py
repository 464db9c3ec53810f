"""The main statements of the list find their rows by an index, among many projects."""

import pytest
from django.db import connection
from django.http import QueryDict

from perfgoals.pagination import Beside, Page
from projects.filters import ProjectFilter
from projects.models import Project, ProjectTally
from projects.rollups.answering import rows_of_hits
from projects.rollups.models import Rollup
from projects.tables import Sort, page_keys
from projects.totals import summary_of
from tests import factories
from tests.plans import plans

pytestmark = pytest.mark.django_db

MANY = 20_000
PROJECTS = """
    INSERT INTO projects_project (region_id, year, name, section, amount, serial, has_funding_table, printed_unit)
    SELECT CASE WHEN n %% 4 = 0 THEN '140404' ELSE '140400' END, 2016 + n %% 10, '项目' || n, '', n %% 977, n %% 300, false, '元'
    FROM generate_series(1, %s) n
"""


@pytest.fixture
def many(db: None) -> None:
    """Projects of two regions and ten years, and statistics of them; triggers stand aside but those of totals."""
    factories.county()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(PROJECTS, [MANY])
        cursor.execute("SELECT indicators_write_tallies(array(SELECT id FROM projects_project))")
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SELECT projects_make_rollups()")
        cursor.execute("ANALYZE projects_project, projects_projecttally, projects_rollup, projects_region")


def found(query: str) -> ProjectFilter:
    return ProjectFilter(QueryDict(query), Project.objects.all())


PAGES = [
    ("", "", "project_usual_order"),
    ("", "-amount", "project_amount"),
    ("", "amount", "project_smallest_amount"),
    ("", "-year", "project_latest_year"),
    ("", "-indicators", "project_most_indicators"),
    ("", "indicators", "project_fewest_indicators"),
    ("region=140404&own=1&year=2016", "-amount", "project_region_year_amount"),
    ("year=2020", "-amount", "project_year_amount"),
]


@pytest.mark.usefixtures("many")
def test_pages_are_read_from_the_index_of_their_order() -> None:
    for query, key, index in PAGES:
        projects, sort = found(query).qs, Sort.asked(key)
        first = plans(lambda: page_keys(projects, sort, Page(1, 50, MANY)))  # noqa: B023  # asked at once
        assert index in first, (query, key, first)
        assert "Seq Scan" not in first, (query, key, first)
        last = sort.apply(projects, backwards=True).values_list("pk", flat=True)[60]
        page = Page(300, 50, MANY, Beside(last, is_before=False))
        beside = plans(lambda: page_keys(projects, sort, page))  # noqa: B023  # asked at once
        assert "Seq Scan on projects_project " not in beside, (query, key, beside)


@pytest.mark.usefixtures("many")
def test_hits_are_read_from_a_handful_of_groups() -> None:
    plan = plans(lambda: summary_of(found("")))
    assert "projects_rollup" in plan
    assert "projects_project" not in plan
    rows = rows_of_hits({}, None)
    assert rows is not None
    assert Rollup.objects.filter(level=rows.level, **rows.conditions).count() == 10
    assert summary_of(found("")).count == ProjectTally.objects.count() == MANY
