"""Which departments there are, and which are very likely the same."""

from __future__ import annotations

from itertools import chain

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perfgoals.pagination import Page
from projects.actions import ensure_department
from projects.departments.listing import BodiesByRegion, bodies_of, find_departments, likely_same
from tests import factories

pytestmark = pytest.mark.django_db


def test_departments_come_with_their_projects_and_printed_names() -> None:
    body = ensure_department(region=factories.county(), printed="区教育局（基教科）", body=None, by=None)
    factories.project(department=body)
    factories.project(department=body, archived_at=timezone.now(), archive_reason="取消")
    (found,) = bodies_of(find_departments())
    assert (found.department, found.projects, found.archived, found.names) == (body, 2, 1, ["区教育局（基教科）"])


def test_departments_are_found_by_own_and_printed_names_and_by_region() -> None:
    body = ensure_department(region=factories.county(), printed="区教育局（基教科）", body=None, by=None)
    factories.department("市财政局", factories.city())
    assert [found.name for found in find_departments("基教")] == ["区教育局"]
    assert [found.name for found in find_departments("财 局")] == ["市财政局"]
    assert [*find_departments(region=body.region_id)] == [body]


def test_names_that_are_the_same_in_full_are_suggested_the_larger_first() -> None:
    short, full = factories.department("区住建局"), factories.department("长治市上党区住房和城乡建设局")
    factories.department("市住建局", factories.city())
    factories.project(department=full)
    (pair,) = likely_same(find_departments())
    assert (pair.keep.department, pair.join.department) == (full, short)


@pytest.mark.parametrize("count", [1, 30])
def test_looking_for_the_same_is_two_statements(django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    for number in range(count):
        factories.department(f"区住建局{number}")
        factories.department(f"上党区住建局{number}")
    with django_assert_num_queries(2):
        assert len(likely_same(find_departments())) == count


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_the_pages_together_show_every_department_once_in_order(size: int) -> None:
    for region in (factories.county(), factories.city()):
        for number in range(3):
            body = factories.department(f"部门{number}", region)
            for _ in range(number):
                factories.project(department=body)
    every = bodies_of(find_departments())
    regions = BodiesByRegion(find_departments())
    pages = [Page(number, size, regions.total) for number in range(1, Page(1, size, regions.total).last_number + 1)]
    assert list(chain.from_iterable(map(regions.bodies, pages))) == every
    assert [regions.on(page) for page in pages] == [
        sorted({body.department.region_id for body in every[page.span]}) for page in pages
    ]


def test_a_page_of_many_regions_costs_as_many_statements_as_one_of_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    factories.department("区水利局", factories.county())
    factories.department("市水利局", factories.city())
    with django_assert_num_queries(2):
        assert len(BodiesByRegion(find_departments()).bodies(Page(1, 50, 2))) == 2
