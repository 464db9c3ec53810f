"""The planner is told of the rows that one long transaction stores."""

import pytest
from django.db import connection

from perfgoals.bulk import Growth
from projects.models import Region

pytestmark = pytest.mark.django_db


def known_rows() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'projects_region'::regclass")
        return float(cursor.fetchone()[0])


def make_regions(first: int, count: int) -> None:
    numbers = range(first, first + count)
    Region.objects.bulk_create(Region(code=str(number), name=f"某地{number}") for number in numbers)


def test_the_planner_knows_rows_before_they_are_committed_and_again_when_there_are_several_times_as_many() -> None:
    growth = Growth(Region)
    make_regions(100_000, 600)
    growth.note(600)
    assert known_rows() >= 600
    make_regions(200_000, 600)
    growth.note(600)
    assert known_rows() < 1200  # it was not counted for so little
    make_regions(300_000, 1200)
    growth.note(1200)
    assert known_rows() >= 2400


def test_few_rows_are_not_counted() -> None:
    before = known_rows()
    make_regions(100_000, 400)
    Growth(Region).note(400)
    assert known_rows() == before
