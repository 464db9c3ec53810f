"""What one person alone and several at once waited for, kind by kind, and which promises that keeps. Pure."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

MEDIAN: Final = 5.0
"""The median with several, over the median of one alone."""
LATE: Final = 2 * MEDIAN
"""The 95th percentile with several, over the same median of one alone."""
LONGEST: Final = 1.0
"""Seconds that any request may take."""
FEW: Final = 20
"""Fewer requests than this have no 95th percentile but their longest: their kind is shown and not judged."""
ALL: Final = "all"


class Answer(NamedTuple):
    """One request, as whoever waited for its answer saw it."""

    kind: str
    seconds: float
    person: str
    address: str
    problem: str = ""
    """Empty where the answer was as expected."""


class Waiting(NamedTuple):
    """Seconds."""

    median: float
    late: float
    """The 95th percentile."""

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Waiting:
        """Of at least one wait; the percentile is one of them. Raises `ValueError` of none."""
        ordered = sorted(seconds)
        if not ordered:
            raise ValueError("no waits")
        return cls(statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1])


class Row(NamedTuple):
    """One kind of requests, or all of them."""

    kind: str
    alone: Waiting
    together: Waiting
    numbers: tuple[int, int]
    longest: float
    errors: int

    @property
    def median_ratio(self) -> float:
        """Of the medians: how many times as long as one alone."""
        return self.together.median / self.alone.median

    @property
    def late_ratio(self) -> float:
        """The 95th percentile with several over the median of one alone."""
        return self.together.late / self.alone.median

    @property
    def kept(self) -> list[bool]:
        """Both promises, in the order of the ratios; none where there were too few requests to tell."""
        return [] if min(self.numbers) < FEW else [self.median_ratio <= MEDIAN, self.late_ratio <= LATE]

    def __str__(self) -> str:
        alone, together = (f"{one.median * 1000:8.0f}{one.late * 1000:7.0f}" for one in (self.alone, self.together))
        marks = ["(few)"] if not self.kept else ["" if kept else "missed" for kept in self.kept]
        return (
            f"{self.kind:<26}{alone}{together}{self.median_ratio:10.2f}{self.late_ratio:7.2f}{self.longest * 1000:9.0f}"
            f"{self.numbers[0]:7}{self.numbers[1]:10}{self.errors:8}  {' '.join(filter(None, marks))}"
        )


HEAD: Final = (
    f"{'':<26}{'alone':>15}{'together':>15}{'to median alone':>17}{'':9}{'requests':>15}\n{'ms':<26}"
    + f"{'median':>8}{'95%':>7}" * 2
    + f"{'median':>10}{'95%':>7}{'longest':>9}{'alone':>7}{'together':>10}{'errors':>8}"
)


def rows_of(alone: Sequence[Answer], together: Sequence[Answer]) -> list[Row]:
    """A row for each kind that was asked for both ways, and one for all requests. Raises `ValueError` where there is none."""
    before, after = _by_kind(alone), _by_kind(together)
    kinds = [kind for kind in sorted(before) if kind in after]
    return [_row(kind, before[kind], after[kind]) for kind in kinds] + [_row(ALL, alone, together)]


def slow_ones(answers: Iterable[Answer]) -> list[Answer]:
    """Those that took longer than any may, the longest first."""
    return sorted((one for one in answers if one.seconds > LONGEST), key=lambda one: -one.seconds)


def _row(kind: str, alone: Sequence[Answer], together: Sequence[Answer]) -> Row:
    both = [*alone, *together]
    before, after = (Waiting.of(one.seconds for one in some) for some in (alone, together))
    longest, errors = max(one.seconds for one in both), sum(bool(one.problem) for one in both)
    return Row(kind, before, after, (len(alone), len(together)), longest, errors)


def _by_kind(answers: Iterable[Answer]) -> Mapping[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for one in answers:
        found.setdefault(one.kind, []).append(one)
    return found
