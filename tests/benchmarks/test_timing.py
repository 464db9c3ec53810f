"""Times of the same thing done several times."""

import pytest

from benchmarks.timing import Times, geometric_mean


def test_times_are_the_middle_one_and_the_spread_of_the_middle_half() -> None:
    assert Times.of([0.001, 0.002, 0.003, 0.004, 0.1]) == (3.0, pytest.approx(50.5))


def test_the_mean_of_ratios_is_the_same_upside_down() -> None:
    ratios = [0.5, 3.0, 40.0]
    assert geometric_mean(ratios) == pytest.approx(1 / geometric_mean(1 / ratio for ratio in ratios))
