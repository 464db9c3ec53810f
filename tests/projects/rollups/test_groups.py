"""Kept totals say what counting says, to the fen, or leave the answer to counting."""

from itertools import chain
from random import Random
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from projects.filters import ProjectFilter
from projects.filters.conditions import NONE
from projects.models import Membership, Project
from projects.permissions import FINANCE
from projects.querysets import in_regions
from projects.rollups.compacting import settle
from projects.rollups.counting import counted_groups
from projects.rollups.groups import groups_of
from projects.rollups.parts import Part
from projects.rollups.reading import kept_groups, kept_hits
from projects.totals import summarise, summary_of
from projects.totals.counting import Cube, _facts
from projects.totals.dimensions import DIMENSIONS
from tests import factories
from tests.projects.filters.worlds import populate

pytestmark = pytest.mark.django_db

ASKED = {
    "region": ["140000", "140400", "140404"], "own": ["1"], "year": ["2024", "2025"], "archived": ["only", "all"],
    "attribute": ["一次性", "other", "none"], "source": ["central", "local", "none"], "section": ["预算科"],
    "category": ["output", "output.quality"],
}  # fmt: skip
QUERIES = st.lists(
    st.sampled_from(list(ASKED)).flatmap(lambda name: st.sampled_from(ASKED[name]).map(lambda value: (name, value))),
    max_size=4, unique_by=lambda pair: pair[0],
)  # fmt: skip
SEEN: list[list[str]] = [[], ["140000"], ["140400"], ["140404"], ["140403", "140404"], ["140404", "140000"], ["110000"]]
"""Regions of somebody who sees nothing else; without any, everything."""
TABLES = st.lists(st.sampled_from(list(DIMENSIONS)), min_size=1, max_size=3, unique=True)


def world(seed: int) -> None:
    """Projects below a province, some of them archived, with a part of the changes put together."""
    factories.region("140000", "山西省", "山西省", None)
    factories.region("140400", "长治市", "长治市", "140000")
    rng = Random(seed)  # noqa: S311
    populate(rng, 15)
    settle()
    for one in populate(rng, 10):
        if rng.random() < 0.3:
            Project.objects.filter(pk=one.project.pk).update(archived_at="2025-01-01T00:00Z", archive_reason="重复")


LATE = Part([2025])
COUNTIES = Part([2024, 2025], "region", ["140404", "140400"])
BODIES = [Part(None, "department", [NONE]), Part(None, "section", ["", "预算科"]), Part(None, "section", [NONE])]


def filter_of(pairs: list[tuple[str, str]], seen: list[str]) -> ProjectFilter:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    projects = Project.objects.all()
    return ProjectFilter(query, projects.filter(in_regions(seen)) if seen else projects)


@pytest.mark.parametrize("seed", range(2))
def test_hits_and_sums_are_those_that_are_counted(seed: int) -> None:
    world(seed)
    kept: list[bool] = []

    @settings(max_examples=60)
    @given(QUERIES, st.sampled_from(SEEN))
    @example([], [])
    @example([], ["140000"])
    def holds(pairs: list[tuple[str, str]], seen: list[str]) -> None:
        found = filter_of(pairs, seen)
        assert summary_of(found) == summarise(found.qs, found.sources)
        if kept_hits(found.queryset, found.asked) is not None:
            kept.append(bool(seen))

    holds()
    assert set(kept) == {True, False}


@pytest.mark.parametrize("seed", range(2))
def test_tables_are_those_that_are_counted_from_everything(seed: int) -> None:
    """From kept groups, from tallies, and from projects joined with funding and indicators."""
    world(seed)
    kept: list[bool] = []

    @settings(max_examples=25)
    @given(QUERIES, TABLES, st.sampled_from(SEEN), st.sampled_from([LATE, COUNTIES, *BODIES]))
    @example([], ["year"], [], LATE)
    @example([], ["year"], ["140000"], LATE)
    def holds(pairs: list[tuple[str, str]], names: list[str], seen: list[str], part: Part) -> None:
        found = filter_of([pair for pair in pairs if pair[0] != "category"], seen)
        assume(not found.errors)
        dimensions = [DIMENSIONS[name] for name in names]
        made = Cube(found, dimensions, indicators=True)
        if (groups := kept_groups(found.queryset, found.asked, names)) is not None:
            assert sorted(groups) == sorted(counted_groups(found.qs, names))
            kept.append(bool(seen))
        assert dict(groups_of(found, names)) == dict(counted_groups(found.qs, names))
        assert dict(groups_of(found, names, part)) == dict(counted_groups(found.qs.filter(part.of_projects()), names))
        plain = dict(_facts(Project.objects.filter(pk__in=found.qs.order_by().values("pk")), None, dimensions, False))
        for key, sums in plain.items():
            if not any("," in value for value in key):
                assert groups_say(made, key, names, sums)

    holds()
    assert set(kept) == {True, False}


def groups_say(made: Cube, key: tuple[str, ...], names: list[str], sums: Any) -> bool:
    """A cell that no total adds to says just what was counted; others say at least as many projects."""
    said = made[key]
    if "category" in names and key[names.index("category")]:
        return said.count >= sums.count
    return (said.count, said.amount, said.period) == (sums.count, sums.amount, sums.period)


def test_who_sees_departments_only_is_answered_by_counting() -> None:
    factories.project("看得见", amount="3")
    factories.project("看不见", region=factories.city(), amount="4")
    found = ProjectFilter(QueryDict(), Project.objects.visible_to(factories.user("部门", factories.department())))
    assert kept_hits(found.queryset, found.asked) is None
    assert (summary_of(found).amount, found.whole.amount) == (3, 3)
    assert [group.amount for _, group in groups_of(found, ["year"])] == [3]
    assert list(chain.from_iterable(values for values, _ in groups_of(found, ["year"]))) == ["2025"]


def test_who_sees_regions_is_answered_by_the_totals_of_these() -> None:
    county = factories.county()
    factories.project("看得见", amount="3")
    factories.project("看不见", region=factories.city(), amount="4")
    found = ProjectFilter(QueryDict(), Project.objects.visible_to(factories.user(FINANCE, county)))
    kept = kept_hits(found.queryset, found.asked)
    assert kept is not None
    assert (kept.projects, kept.amount) == (1, 3)


def test_who_sees_regions_and_departments_is_answered_by_counting() -> None:
    somebody = factories.user(FINANCE, factories.county())
    Membership.objects.create(user=somebody, department=factories.department("另一个局", factories.city()))
    found = ProjectFilter(QueryDict(), Project.objects.visible_to(somebody))
    assert kept_hits(found.queryset, found.asked) is None


def test_numbers_of_indicators_are_whole_numbers() -> None:
    factories.indicator(factories.project())
    group = groups_of(filter_of([], []), ["year"])[0][1]
    assert type(group.indicators) is int
