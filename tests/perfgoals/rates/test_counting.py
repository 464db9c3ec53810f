"""Counts in the database and in one process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from perfgoals.api.models import ApiUse
from perfgoals.rates.counting import MinuteCounts, count, sweep

NOON = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=10)


@pytest.mark.django_db
def test_each_window_begins_at_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        assert [count("甲", window) for window in (NOON, NOON, LATER, LATER)] == [1, 2, 1, 2]
    assert count("乙", LATER) == 1


@pytest.mark.django_db
def test_a_clock_that_lags_behind_counts_in_the_later_window() -> None:
    count("甲", LATER)
    assert count("甲", NOON) == 2


@pytest.mark.django_db
def test_what_is_over_is_swept_away() -> None:
    count("甲", NOON)
    count("乙", LATER)
    sweep(LATER)
    assert list(ApiUse.objects.values_list("asker", flat=True)) == ["乙"]


def test_a_process_counts_each_person_by_the_minute() -> None:
    counts = MinuteCounts()
    assert [counts.count(1, now) for now in (120.0, 150.0, 179.9, 180.0)] == [1, 2, 3, 1]
    assert counts.count(2, 180.0) == 1


def test_nothing_is_kept_of_earlier_minutes() -> None:
    counts = MinuteCounts()
    for person in range(1000):
        counts.count(person, 60.0)
    counts.count(1, 120.0)
    assert counts._counts == {1: 1}
