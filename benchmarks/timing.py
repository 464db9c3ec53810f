"""Times of the same thing done several times, and tables of them."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Times(NamedTuple):
    """Milliseconds: the middle one, and how far the middle half spreads."""

    median: float
    spread: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Times:
        """Of measured seconds, at least two."""
        low, _, high = statistics.quantiles(seconds, n=4)
        return cls(statistics.median(seconds) * 1000, (high - low) * 1000)

    def __str__(self) -> str:
        return f"{self.median:9.1f} ±{self.spread:6.1f}"


def seconds_of(action: Callable[[], object]) -> float:
    """How long it took."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def geometric_mean(numbers: Iterable[float]) -> float:
    """The mean of ratios."""
    logarithms = [math.log(number) for number in numbers]
    return math.exp(sum(logarithms) / len(logarithms))
