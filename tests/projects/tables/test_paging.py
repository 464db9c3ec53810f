"""Pages that follow one another by key are the list cut in pieces, whatever it is sorted by."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from perfgoals.pagination import Beside, Page
from projects.models import Project
from projects.tables import COLUMNS, Sort, page_keys
from projects.tables.sorting import MOST_SORTED, QUICK
from tests import factories

KEYS = ["", *(column.key for column in COLUMNS)]
VALUES = st.tuples(
    st.sampled_from([None, Decimal(0), Decimal("0.01"), Decimal(1)]), st.sampled_from([None, "", "甲", "乙"]),
    st.sampled_from([2024, 2025]), st.sampled_from([None, 1, 2]), st.integers(0, 2),
)  # fmt: skip


class AnyOrder(TestCase):
    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(VALUES, min_size=1, max_size=6), st.sampled_from(KEYS), st.booleans(), st.integers(1, 3))
    def test_forwards_and_backwards_they_are_the_whole_list(
        self, values: list[tuple[Decimal | None, str | None, int, int | None, int]], key: str, is_down: bool, size: int
    ) -> None:
        for amount, unit, year, serial, indicators in values:
            project = factories.project(
                amount=amount,
                implementing_unit=unit,
                year=year,
                serial=serial,
                sources={"local": amount and str(amount)},
            )
            for _ in range(indicators):
                factories.indicator(project)
        sort, projects = Sort(key, is_down), Project.objects.all()
        whole = list(sort.apply(projects).values_list("pk", flat=True))
        last = -(-len(whole) // size)
        for number in range(1, last + 1):
            cut = whole[(number - 1) * size : number * size]
            assert page_keys(projects, sort, Page(number, size, len(whole))) == cut
            before, after = whole[: (number - 1) * size][-1:], whole[number * size :][:1]
            if before:
                assert page_keys(projects, sort, Page(number, size, len(whole), Beside(before[0], False))) == cut
            if after:
                assert page_keys(projects, sort, Page(number, size, len(whole), Beside(after[0], True))) == cut


@pytest.mark.django_db
def test_beside_a_project_that_is_not_in_the_list_pages_are_counted_off() -> None:
    made = [factories.project(f"项目{at}").pk for at in range(4)]
    gone = Page(2, 2, 4, Beside(10**9, is_before=False))
    assert page_keys(Project.objects.all(), Sort(), gone) == made[2:]


@pytest.mark.django_db
def test_what_was_added_before_moves_nothing_on_the_next_page() -> None:
    made = [factories.project(f"项目{at}", serial=at + 10).pk for at in range(4)]
    factories.project("插在前面", serial=1)
    page = Page.asked(QueryDict(f"page=2.after.{made[1]}"), 101)
    assert page_keys(Project.objects.all(), Sort(), page)[:2] == made[2:]


@pytest.mark.parametrize("key", KEYS)
def test_very_many_are_sorted_only_where_an_index_has_the_order(key: str) -> None:
    assert bool(Sort(key).refused_for(MOST_SORTED + 1)) is (key not in QUICK)
    assert not Sort(key).refused_for(MOST_SORTED)
