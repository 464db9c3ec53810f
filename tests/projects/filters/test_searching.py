"""Choices too many to list: they are searched for, counted where they are shown, and accepted though nothing lists them."""

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from projects.filters import ProjectFilter
from projects.filters.facets import facets_of
from projects.filters.offers import FEW, told_apart
from projects.filters.searching import MOST, matches_of
from projects.models import Department, Project
from projects.permissions import DEPARTMENT, FINANCE
from tests import factories
from tests.projects.filters.country import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies(db: None) -> list[Department]:
    return settle(FEW * 4)


def filtered(query: str) -> ProjectFilter:
    return ProjectFilter(QueryDict(query), Project.objects.all())


def listed(query: str, name: str, typed: str = "") -> list[tuple[str, int | None]]:
    return [(one.label, one.number) for one in matches_of(filtered(query), name, typed).choices]


def labels(found: ProjectFilter, name: str) -> list[str]:
    return [label for value, label in found.form.fields[name].choices if value]


def test_a_page_shows_only_what_is_chosen(bodies: list[Department]) -> None:
    found = filtered(f"department={bodies[5].pk}&region=370100&section=第7科")
    assert found.searched == {"department", "region", "section", "document"}
    assert labels(found, "department") == ["第0局（济南市第6区）"]
    assert labels(found, "region") == ["济南市"]
    assert labels(found, "section") == ["第7科"]
    assert found.form.is_valid()


def test_what_does_not_exist_or_is_not_seen_is_refused(bodies: list[Department]) -> None:
    own = Project.objects.visible_to(factories.user(FINANCE, bodies[0].region))
    for query in (f"department={bodies[1].pk}", "department=0", "department=²", "region=370102", "section=第1科"):
        found = ProjectFilter(QueryDict(query), own)
        name, _, value = query.partition("=")
        assert found.form.errors[name] == [f"“{value}”不在{found.filters[name].label}的可选范围内，请重新选择。"], query
        assert list(found.qs) == []


def test_departments_are_found_by_words_of_their_name_and_region(bodies: list[Department]) -> None:
    assert listed("", "department", "第2局 第9区") == [("第2局（济南市第9区）", 1)]
    assert listed("", "department", "第2局 水利") == []
    assert listed("", "department", "%") == []


def test_only_departments_that_a_person_sees_are_found(bodies: list[Department]) -> None:
    person = factories.user(DEPARTMENT, bodies[0], bodies[80])
    found = ProjectFilter(QueryDict(), Project.objects.visible_to(person))
    names = [one.label for one in matches_of(found, "department", "局").choices]
    assert names == ["第0局（济南市第1区）", "第2局（济南市第1区）"]


def test_without_a_word_those_with_most_projects_come_first(bodies: list[Department]) -> None:
    matches = matches_of(filtered(""), "department", "")
    assert (matches.choices[0].label, matches.choices[0].number) == ("第0局（济南市第1区）", 2)
    assert len(matches.choices) == MOST
    assert matches.has_more


def test_of_very_many_projects_none_are_listed_before_something_is_typed(
    bodies: list[Department], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.filters.kept_counts.MOST_COUNTED", 5)
    matches = matches_of(filtered(f"department={bodies[1].pk}"), "department", "")
    assert [(one.label, one.number) for one in matches.choices] == [("第0局（济南市第2区）", 1)]
    assert matches.has_more
    assert listed("", "department", "第2局 第9区") == [("第2局（济南市第9区）", 1)]


def test_numbers_follow_the_other_filters_and_not_their_own(bodies: list[Department]) -> None:
    query = f"year=2024&department={bodies[1].pk}"
    assert listed(query, "department", "第0局 第1区") == [("第0局（济南市第2区）", 0), ("第0局（济南市第1区）", 1)]
    assert listed("section=第7科", "section", "第7科") == [("第7科", 1)]


def test_what_is_chosen_stays_while_others_are_searched_for(bodies: list[Department]) -> None:
    first, second = matches_of(filtered(f"department={bodies[1].pk}"), "department", "第2局 第9区").choices
    assert (first.value, first.is_chosen, second.is_chosen) == (str(bodies[1].pk), True, False)


def test_a_name_that_begins_with_its_region_says_it_once(bodies: list[Department]) -> None:
    bodies[1].name = "济南市第2区教育局"
    bodies[1].save()
    assert listed("", "department", "教育") == [("济南市第2区教育局", 1)]


def test_numbers_are_left_out_while_a_filter_is_not_understood(bodies: list[Department]) -> None:
    assert listed("min=x", "department", "第2局 第9区") == [("第2局（济南市第9区）", None)]


def test_projects_without_a_department_can_be_chosen(bodies: list[Department]) -> None:
    factories.project(department=None, year=2023)
    assert listed("year=2023", "department") == [("未列明部门", 1)]
    assert {project.year for project in filtered("department=none").qs} == {2023}


def test_regions_open_on_the_way_to_the_chosen_one(bodies: list[Department]) -> None:
    assert listed("", "region") == [("山东省", len(bodies) + 1)]
    assert listed("region=370000", "region")[1] == ("\u3000济南市", len(bodies) + 1)
    opened = listed("region=370103&year=2025", "region")
    assert opened[4] == ("\u3000\u3000第3区", 3)
    assert len(opened) == 42


def test_regions_are_found_by_name(bodies: list[Department]) -> None:
    assert listed("", "region", "第40区") == [("济南市第40区", 3)]


def test_counts_beside_listed_choices_leave_out_those_that_are_searched_for(bodies: list[Department]) -> None:
    assert not {"department", "region", "section"} & facets_of(filtered("")).counts.keys()


def test_departments_of_one_name_are_told_apart_by_the_least_that_does() -> None:
    rows = [(1, "教育局", "鼓楼区", "南京市鼓楼区"), (2, "教育局", "鼓楼区", "福州市鼓楼区"), (3, "教育局", "上党区", "长治市上党区"),
            (4, "民政局", "上党区", "长治市上党区")]  # fmt: skip
    names = [label for _, label in told_apart(rows)]
    assert names == ["教育局（南京市鼓楼区）", "教育局（福州市鼓楼区）", "教育局（上党区）", "民政局"]


@pytest.mark.parametrize("departments", [FEW + 1, FEW * 6])
def test_a_search_asks_as_often_among_many_as_among_more(
    django_assert_num_queries: DjangoAssertNumQueries, departments: int
) -> None:
    settle(departments)
    found = filtered("")
    with django_assert_num_queries(4):
        matches_of(found, "department", "")
