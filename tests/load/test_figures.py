"""Percentiles, and when memory counts as flat."""

from __future__ import annotations

import pytest

from tests.load.figures import Answer, Growth, growth, percentile, problems_of, table


def test_a_percentile_is_one_of_the_values() -> None:
    values = list(range(1, 101))
    assert (percentile(values, 50), percentile(values, 95), percentile(values, 100)) == (50, 95, 100)
    assert percentile([7.0], 95) == 7.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_the_table_has_every_kind_and_all_together() -> None:
    answers = [Answer("列表", 100.0, ""), Answer("列表", 300.0, "500"), Answer("项目", 50.0, "")]
    _, listed, opened, everything, speed = table(answers, 2.0)
    assert listed.split() == ["2", "100", "300", "300", "1", "列表"]
    assert opened.split() == ["1", "50", "50", "50", "0", "项目"]
    assert everything.split() == ["3", "100", "300", "300", "1", "全部"]
    assert speed == "每秒 1.5 次"
    assert problems_of(answers) == {"列表: 500": 1}


def test_memory_that_stays_is_flat() -> None:
    found = growth([(at, 40.0 if at < 60 else 200.0) for at in range(5, 605, 5)], 600)
    assert found == Growth(200.0, 200.0, 200.0)
    assert found.is_flat


def test_memory_that_grows_on_and_on_is_not() -> None:
    found = growth([(at, 200.0 + at / 5) for at in range(5, 605, 5)], 600)
    assert found is not None
    assert not found.is_flat


def test_what_one_request_holds_for_a_moment_is_no_growth() -> None:
    found = growth([(at, 900.0 if at == 595 else 200.0) for at in range(5, 605, 5)], 600)
    assert found == Growth(200.0, 200.0, 900.0)
    assert found.is_flat


def test_a_short_run_cannot_tell() -> None:
    assert growth([(5.0, 100.0)], 10) is None
