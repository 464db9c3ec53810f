"""What counts as kept, of what people waited for."""

from __future__ import annotations

import pytest

from benchmarks.people.figures import ALL, FEW, Answer, Waiting, rows_of, slow_ones


def answers(kind: str, *milliseconds: float, problem: str = "") -> list[Answer]:
    return [Answer(kind, one / 1000, "甲", f"/{kind}/", problem) for one in milliseconds]


def test_a_wait_of_many_is_the_middle_one_and_one_that_few_are_longer_than() -> None:
    assert Waiting.of(range(100, 0, -1)) == (50.5, 95)
    assert Waiting.of([7.0]) == (7.0, 7.0)
    with pytest.raises(ValueError, match="no waits"):
        Waiting.of([])


def test_both_ratios_are_to_the_median_of_one_alone() -> None:
    row, _ = rows_of(answers("list", *[10] * 30, *[90] * 10), answers("list", *[40] * 90, *[80] * 10))
    assert (row.median_ratio, row.late_ratio) == (pytest.approx(4), pytest.approx(8))


@pytest.mark.parametrize(
    ("median", "late", "kept"), [(50, 100, [True, True]), (51, 100, [False, True]), (50, 101, [True, False])]
)
def test_five_times_the_median_is_kept_and_twice_that_for_the_late_ones(
    median: float, late: float, kept: list[bool]
) -> None:
    row, _ = rows_of(answers("list", *[10] * FEW), answers("list", *[median] * 18, *[late] * 2))
    assert row.kept == kept


def test_one_late_answer_of_twenty_is_no_late_percentile() -> None:
    row, _ = rows_of(answers("list", *[10] * FEW), answers("list", *[10] * 19, 900))
    assert (row.kept, row.longest) == ([True, True], 0.9)


def test_a_slow_kind_is_seen_among_many_quick_ones() -> None:
    alone = answers("list", *[10] * 100) + answers("totals", *[10] * 20)
    together = answers("list", *[10] * 1000) + answers("totals", *[200] * 20)
    listed, totals, whole = rows_of(alone, together)
    assert (listed.kept, totals.kept, whole.kept) == ([True, True], [False, False], [True, True])
    assert whole.kind == ALL
    assert "missed missed" in str(totals)


def test_too_few_requests_are_shown_and_not_judged() -> None:
    row, whole = rows_of(answers("charts", *[10] * (FEW - 1)), answers("charts", *[900] * 50))
    assert row.kept == whole.kept == []
    assert "(few)" in str(row)


def test_a_kind_that_was_asked_for_one_way_only_has_no_row_and_counts_with_all() -> None:
    rows = rows_of(answers("list", 10), answers("list", 20) + answers("charts", 30))
    assert [(row.kind, row.numbers) for row in rows] == [("list", (1, 1)), (ALL, (1, 2))]


def test_errors_of_both_ways_are_counted() -> None:
    row, _ = rows_of(answers("list", 10, problem="500"), answers("list", 20) + answers("list", 30, problem="429"))
    assert row.errors == 2


def test_slow_requests_come_longest_first() -> None:
    assert [one.seconds for one in slow_ones(answers("list", 1000, 1001, 2000))] == [2.0, 1.001]
