"""Projects as states: loaded, written, and replayed from their history."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from indicators.models import Indicator
from indicators.state import (
    Cell,
    IndicatorRow,
    State,
    create_project,
    load_state,
    load_states,
    state_at,
    version_of,
    write_state,
    write_states,
)
from projects.models import Project
from tests import factories

pytestmark = pytest.mark.django_db

ROW = IndicatorRow("annual", 1, "output.quantity", "数量指标", "改造教室", "≥12间", ">=", Decimal(12), "间")


def made() -> tuple[int, State]:
    project = factories.project(amount=Decimal("100"), sources={"local": "100", "central": None})
    factories.goal(project, "建成")
    factories.indicator(project, scope="period", position=1)
    factories.indicator(project, position=1)
    return project.pk, load_state(project.pk)


def test_what_is_written_is_what_stands() -> None:
    pk, current = made()
    wanted = current.copy()
    wanted.fields["name"] = "新名称"
    wanted.funding = {("annual", "local"): Cell(Decimal("90.00"), "90"), ("period", "other"): Cell(None, "")}
    wanted.goals = {"period": "全部建成"}
    first, *_ = wanted.indicators
    wanted.indicators = {first: wanted.indicators[first]._replace(position=3), -1: ROW}
    assert write_state(pk, current, wanted)
    after = load_state(pk)
    assert (after.fields, after.funding, after.goals) == (wanted.fields, wanted.funding, wanted.goals)
    assert list(after.indicators.values()) == [ROW, wanted.indicators[first]]


def test_nothing_is_written_where_nothing_differs() -> None:
    pk, current = made()
    version = version_of(pk)
    assert not write_state(pk, current, current.copy())
    assert version_of(pk) == version


def test_many_projects_are_written_each_with_its_own_difference_in_as_many_statements_as_two(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    new = ROW._replace(position=9)
    for count in (2, 6):
        current = load_states([made()[0] for _ in range(count)])
        wanted = {pk: state.copy() for pk, state in current.items()}
        untouched, *changed = current
        for number, pk in enumerate(changed, start=1):
            wanted[pk].fields["plan"], wanted[pk].goals["annual"] = f"计划{number}", f"目标{number}"
            wanted[pk].funding["annual", "other"] = Cell(Decimal(number), str(number))
            wanted[pk].indicators = {
                **{at: row._replace(value=f"≥{number}") for at, row in wanted[pk].indicators.items()}, -1: new,
            }  # fmt: skip
        with django_assert_num_queries(5):
            assert write_states({pk: (current[pk], wanted[pk]) for pk in current}) == frozenset(changed)
        after = load_states(current)
        assert after[untouched] == current[untouched]
        for pk in changed:
            assert (after[pk].fields, after[pk].funding, after[pk].goals) == (
                wanted[pk].fields, wanted[pk].funding, wanted[pk].goals,
            )  # fmt: skip
            assert list(after[pk].indicators.values()).count(new) == 1


def test_history_replays_to_every_former_state() -> None:
    pk, first = made()
    versions = [version_of(pk)]
    second = first.copy()
    second.fields["name"], second.goals, second.indicators = "改名", {}, {-1: ROW}
    write_state(pk, first, second)
    versions.append(version_of(pk))
    Project.objects.filter(pk=pk).update(attribute="一次性项目")
    Indicator.objects.filter(project=pk).update(value="≥13间", number=13)
    versions.append(version_of(pk))
    assert versions == sorted(set(versions))
    assert state_at(pk, versions[0]) == first
    between = state_at(pk, versions[1])
    assert between is not None
    assert (between.fields, list(between.indicators.values())) == (second.fields, [ROW])
    assert state_at(pk, versions[2]) == load_state(pk)
    assert state_at(pk, 0) is None


def test_a_deleted_indicator_comes_back_under_its_number() -> None:
    pk, first = made()
    emptied = first.copy()
    emptied.indicators = {}
    write_state(pk, first, emptied)
    write_state(pk, load_state(pk), first)
    assert load_state(pk) == first


def test_a_state_becomes_a_new_project() -> None:
    pk, state = made()
    copy = state.copy()
    copy.fields["year"] = 2026
    copy.indicators = {-number: row for number, row in state.indicators.items()}
    project = create_project(copy)
    stored = load_state(project.pk)
    assert project.pk != pk
    assert (stored.fields, stored.funding, stored.goals) == (copy.fields, copy.funding, copy.goals)
    assert list(stored.indicators.values()) == list(state.indicators.values())


@pytest.mark.parametrize("rows", [1, 60])
def test_writing_costs_as_many_statements_however_many_indicators(
    django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    project = factories.project(sources={"local": "1"})
    for position in range(rows):
        factories.indicator(project, position=position)
    current = load_state(project.pk)
    wanted = current.copy()
    wanted.fields["name"], wanted.goals["annual"] = "新名称", "目标"
    wanted.funding[("annual", "local")] = Cell(Decimal(2), "2")
    wanted.indicators = {number: row._replace(value="≥13间") for number, row in current.indicators.items()}
    wanted.indicators.update({-position: ROW._replace(position=1000 + position) for position in range(1, rows)})
    with django_assert_num_queries(4 if rows == 1 else 5):
        write_state(project.pk, current, wanted)
