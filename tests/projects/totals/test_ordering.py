"""The order of rows."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from projects.totals.changes import Figure
from projects.totals.members import Member, bodies
from projects.totals.ordering import ranked
from tests import factories


def labels(amounts: dict[str, Figure]) -> list[str]:
    return [one.label for one in ranked([Member(name, name, {}) for name in amounts], lambda one: amounts[one.key])]


def test_the_largest_stands_first_and_a_blank_is_as_nothing() -> None:
    assert labels({"a": Decimal(1), "b": None, "c": Decimal("2.50"), "d": Decimal(-1)}) == ["c", "a", "b", "d"]


def test_equals_stand_in_the_order_of_their_names() -> None:
    assert labels({"c": None, "b": Decimal("0.00"), "a": 0, "d": 0}) == ["a", "b", "c", "d"]


@pytest.mark.django_db
def test_names_are_read_of_equals_alone_and_together(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = [factories.department(name) for name in ("民政局", "教育局", "水利局", "财政局", "审计局")]
    amounts = dict(zip((str(one.pk) for one in made), (1, 1, 3, 2, 2), strict=True))
    members = bodies(amounts)
    with django_assert_num_queries(3):
        found = ranked(members, lambda one: amounts[one.key])
    assert [one.label for one in found] == ["水利局", "审计局", "财政局", "教育局", "民政局"]
