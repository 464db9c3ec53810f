"""Counts beside the choices: what each choice would find."""

from random import Random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from indicators.checks import RULES, Severity
from projects.filters import ProjectFilter, kept_counts, texts
from projects.filters.facets import Facets, facets_of
from projects.models import Project
from tests import factories
from tests.indicators.reviewing.made import RULE, finding
from tests.projects.filters.worlds import CLASSES, OPERATORS, populate
from tests.projects.words import few_are_many

pytestmark = pytest.mark.django_db
OTHER_RULE = next(rule.id for rule in RULES if rule.id != RULE)

QUERIES = [
    "", "year=2025", "region=140400&own=1", "q=甲", "source=local", "category=output&indicator=甲",
    "number_max=90%25&operator=ge&section=none&year=2024", "kind=qualitative&attribute=none&indicators=yes",
]  # fmt: skip
CHOICES = {
    "region": ["140400", "140404"], "year": ["2024", "2025"], "section": ["none", "预算科", "农业科"],
    "attribute": ["一次性", "经常性", "other", "none"], "category": ["output", "benefit", *CLASSES], "operator": list(OPERATORS),
    "kind": ["quantitative", "qualitative"], "indicators": ["yes", "no"], "source": ["central", "local", "none"],
}  # fmt: skip


def filtered(query: str | QueryDict) -> ProjectFilter:
    return ProjectFilter(QueryDict(query) if isinstance(query, str) else query, Project.objects.all())


def number_with(query: str, name: str, value: str) -> int:
    """How many projects are found once the choice is made in place of others of its filter (a source: beside them)."""
    chosen = QueryDict(query, mutable=True)
    chosen.setlist(name, [*(chosen.getlist(name) if name == "source" else []), value])
    if name == "region":
        chosen.pop("own", None)
    return filtered(chosen).qs.count()


@pytest.mark.parametrize("query", QUERIES)
def test_a_count_is_what_its_choice_would_find(query: str) -> None:
    populate(Random(7))  # noqa: S311
    counted = facets_of(filtered(query)).counts
    for name, values in CHOICES.items():
        assert {value: counted.get(name, {}).get(value, 0) for value in values} == {
            value: number_with(query, name, value) for value in values
        }, name


def test_departments_are_counted_by_number() -> None:
    project = factories.project()
    factories.project(department=None)
    counted = facets_of(filtered("")).counts
    assert counted["department"] == {str(project.department_id): 1, "none": 1}


def test_all_counts_are_seven_statements(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    populate(Random(1), 5)  # noqa: S311
    found = filtered("year=2025&q=甲")
    assert found.form.is_valid()
    assert found.searched == {"document"}
    with django_assert_max_num_queries(7):
        facets_of(found)


def test_what_stands_behind_more_filters_is_counted_apart() -> None:
    factories.project()
    whole = facets_of(filtered("year=2025")).counts
    usual = facets_of(filtered("year=2025"), only_usual=True).counts
    assert usual == {name: whole[name] for name in ("region", "year", "department")}


def test_nothing_is_counted_while_a_value_is_not_understood() -> None:
    assert facets_of(filtered("year=x")).counts == {}


def test_somebody_who_sees_nothing_counts_nothing() -> None:
    factories.project()
    found = ProjectFilter(QueryDict(), Project.objects.visible_to(factories.user(None)))
    assert facets_of(found).counts == {"region": {}}


def test_rules_and_severities_count_the_projects_that_have_such_a_finding() -> None:
    grave, light = factories.project(), factories.project()
    finding(grave, severity=Severity.MUST)
    finding(grave, severity=Severity.MUST)
    finding(light, severity=Severity.HINT, rule=OTHER_RULE)
    counted = facets_of(ProjectFilter(QueryDict("finding_severity=1"), Project.objects.all())).counts
    assert counted["finding_severity"] == {"1": 1, "3": 1}
    assert counted["finding_rule"] == {RULE: 1}


def test_of_very_many_projects_only_what_kept_totals_say_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    populate(Random(3), 30)  # noqa: S311
    whole = facets_of(filtered(""))
    monkeypatch.setattr("projects.filters.kept_counts.MOST_COUNTED", 5)
    kept = facets_of(filtered(""))
    assert whole.are_all
    assert not kept.are_all
    assert kept.counts == {
        name: whole.counts[name] for name in ("region", "year", "attribute", "source", "category", "indicators")
    }
    assert facets_of(filtered("department=none&year=1999")).are_all  # few are found


def test_of_words_that_most_likely_very_many_have_nothing_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(5):
        factories.project(f"道路{at}", year=2024 + at % 2)
    few_are_many(monkeypatch)
    monkeypatch.setattr(texts, "SAMPLED", 5)
    monkeypatch.setattr(kept_counts, "MOST_COUNTED", 3)
    with CaptureQueriesContext(connection) as asked:
        assert facets_of(filtered("q=道路")) == Facets({"region": {}}, are_all=False)
    assert not [one for one in asked if "projects_with_words" in one["sql"]]
    # Among few others they are counted.
    assert facets_of(filtered("q=道路&year=2025")).counts["section"] == {"none": 2}
