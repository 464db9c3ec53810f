"""Departments of a table are named when somebody looks at them."""

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from projects.filters import ProjectFilter
from projects.models import Department, DepartmentName, Project
from projects.totals import Layout, pivot_table
from projects.totals.members import NONE, Member, bodies, read_names
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def departments() -> list[Department]:
    """Of two regions one each with the same name, and one that sources also call something else."""
    own = [
        factories.department("教育局", factories.city()),
        factories.department("教育局"),
        factories.department("水利局"),
    ]
    DepartmentName.objects.create(department=own[2], printed="水务局", section="", region=own[2].region)
    return own


def keys(departments: list[Department]) -> list[str]:
    return [*(str(one.pk) for one in departments), NONE]


def test_those_of_one_name_are_told_apart_by_their_regions(departments: list[Department]) -> None:
    assert [(one.label, one.note) for one in bodies(keys(departments))] == [
        ("教育局（长治市）", ""), ("教育局（上党区）", ""), ("水利局", "水务局"), ("未列明部门", ""),
    ]  # fmt: skip


def test_a_few_are_read_in_three_statements_and_are_called_as_in_the_whole_table(
    departments: list[Department], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, _, third, nowhere = bodies(keys(departments))
    with django_assert_num_queries(3):
        read_names([first, third, nowhere])
    with django_assert_num_queries(0):
        assert [first.label, third.note, nowhere.label] == ["教育局（长治市）", "水务局", "未列明部门"]


def test_whoever_goes_through_them_one_by_one_asks_once(
    departments: list[Department], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        assert len({one.label for one in bodies(keys(departments))}) == 4


def test_other_members_have_their_names(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        read_names([Member("2025", "2025 年", {"year": ("2025",)})])


def test_the_rows_of_a_page_are_named_and_no_others(departments: list[Department]) -> None:
    for amount, department in enumerate(departments, start=1):
        factories.project(f"项目{amount}", department=department, amount=str(amount), region=department.region)
    pivot = pivot_table(ProjectFilter(QueryDict(), Project.objects.all()), Layout(("department",)))
    (shown,) = pivot.lines_at(pivot.places[:1])
    for department in departments[1:]:
        Department.objects.filter(pk=department.pk).update(name=f"后来的{department.name}")
    assert shown.place.label == "水利局"
    assert pivot.places[1].label == "后来的教育局"
