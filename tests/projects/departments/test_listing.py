"""Which departments there are, and which are very likely the same."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from projects.actions import ensure_department
from projects.departments.listing import find_departments, likely_same
from tests import factories

pytestmark = pytest.mark.django_db


def test_departments_come_with_their_projects_and_printed_names() -> None:
    body = ensure_department(region=factories.county(), printed="区教育局（基教科）", body=None, by=None)
    factories.project(department=body)
    factories.project(department=body, archived_at=timezone.now(), archive_reason="取消")
    (found,) = find_departments()
    assert (found.department, found.projects, found.archived, found.names) == (body, 2, 1, ["区教育局（基教科）"])


def test_departments_are_found_by_own_and_printed_names_and_by_region() -> None:
    body = ensure_department(region=factories.county(), printed="区教育局（基教科）", body=None, by=None)
    factories.department("市财政局", factories.city())
    assert [found.department.name for found in find_departments("基教")] == ["区教育局"]
    assert [found.department.name for found in find_departments("财 局")] == ["市财政局"]
    assert [found.department for found in find_departments(region=body.region_id)] == [body]


def test_names_that_are_the_same_in_full_are_suggested_the_larger_first() -> None:
    short, full = factories.department("区住建局"), factories.department("长治市上党区住房和城乡建设局")
    factories.department("市住建局", factories.city())
    factories.project(department=full)
    (pair,) = likely_same(find_departments())
    assert (pair.keep.department, pair.join.department) == (full, short)


@pytest.mark.parametrize("count", [1, 30])
def test_listing_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    for number in range(count):
        factories.project(department=factories.department(f"部门{number}"))
    with django_assert_num_queries(1):
        likely_same(find_departments())
