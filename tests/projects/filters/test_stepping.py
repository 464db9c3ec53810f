"""The different values of a column, stepped through."""

import pytest
from pytest_django import DjangoAssertNumQueries

from projects.filters.stepping import different_values
from projects.models import Project
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections() -> set[str]:
    for section in ("预算科", "", "农业科", "预算科", ""):
        factories.project(section=section)
    return {"预算科", "", "农业科"}


def test_each_value_comes_once_in_the_databases_order(
    sections: set[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = different_values(Project.objects.all(), "section", 9)
    assert set(found) == sections
    assert found == list(Project.objects.order_by("section").values_list("section", flat=True).distinct())


def test_no_more_come_than_are_asked_for(sections: set[str]) -> None:
    assert len(different_values(Project.objects.all(), "section", 2)) == 2


def test_what_the_projects_lack_is_left_out(sections: set[str]) -> None:
    assert different_values(Project.objects.exclude(section=""), "section", 9) == sorted(
        sections - {""}, key=list(Project.objects.order_by("section").values_list("section", flat=True)).index
    )
    assert different_values(Project.objects.none(), "section", 9) == []


def test_numbers_are_stepped_through_too_and_blanks_are_left_out() -> None:
    one, two = factories.department("甲"), factories.department("乙")
    for department in (one, two, one, None):
        factories.project(department=department)
    assert different_values(Project.objects.all(), "department_id", 9) == [one.pk, two.pk]
