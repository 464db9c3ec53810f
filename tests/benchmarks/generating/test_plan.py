"""A plan spreads projects over regions and years, and its lines recur from year to year."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generating.plan import LONG, YEARS, Plan

plans = st.builds(Plan, st.integers(0, 3000), st.integers(0, 2**32), st.integers(1, 60))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan(20_000, 7, 40)


@given(plans)
def test_every_number_below_the_sum_is_one_project(plan: Plan) -> None:
    assert sum(lot.size for lot in plan.lots) == plan.projects
    assert [lot.first for lot in plan.lots] == [sum(lot.size for lot in plan.lots[:at]) for at in range(len(plan.lots))]


@given(plans)
def test_a_year_has_no_line_twice(plan: Plan) -> None:
    for lot in plan.lots:
        lines = [line.number for line in lot.lines()]
        assert len(lines) == lot.size == len(set(lines))


def test_lots_follow_one_another_by_year_and_region(plan: Plan) -> None:
    assert [(lot.year, lot.place) for lot in plan.lots] == sorted(
        (year, place) for year in YEARS for place in range(40)
    )


def test_few_regions_have_many_projects(plan: Plan) -> None:
    sizes: Counter[int] = Counter()
    for lot in plan.lots:
        sizes[lot.place] += lot.size
    first, *_, last = (count for _, count in sizes.most_common())
    assert first > 5 * last


def test_long_lines_recur_and_others_do_not(plan: Plan) -> None:
    years: dict[tuple[int, int], list[int]] = {}
    for lot in plan.lots:
        for line in lot.lines():
            years.setdefault((lot.place, line.number), []).append(lot.year)
    spans = Counter(len(known) for known in years.values())
    assert spans[1] > 5_000
    assert sum(count for span, count in spans.items() if span > 2) > 1_000
    assert spans[10] > 20


def test_bodies_are_fifteen_to_sixty_and_the_first_have_most(plan: Plan) -> None:
    assert all(15 <= bodies <= 60 for bodies in plan.bodies)
    assert len(set(plan.bodies)) > 5
    lines = [line for lot in plan.lots if lot.place == 3 for line in lot.lines() if line.kind != LONG]
    bodies = Counter(plan.body_of(3, line) for line in lines)
    assert bodies[0] > 3 * bodies[plan.bodies[3] - 1]


def test_departments_are_those_that_have_projects(plan: Plan) -> None:
    met = {(lot.place, plan.body_of(lot.place, line)) for lot in plan.lots for line in lot.lines()}
    assert set(plan.departments) == met
    assert sorted(number for number, _ in plan.departments.values()) == list(range(1, len(met) + 1))


def test_all_counties_take_part() -> None:
    regions = Plan(0, 1).regions
    assert len(regions) > 2_800
    assert len({region.name for region in regions}) == len(regions)
