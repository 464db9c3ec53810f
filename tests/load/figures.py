"""Percentiles, and whether memory stayed flat. Pure."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

WARM: Final = 0.1
"""Part of the time in which people arrive and processes fill: memory is compared with what they have then."""
FACTOR: Final = 1.2
ALLOWED: Final = 30.0
"""MB that may come in addition."""
WINDOW: Final = 5
"""Samples whose median is taken, at both ends: what one request holds for a moment is no growth."""


class Answer(NamedTuple):
    """One request, as the program that plays people measured it."""

    kind: str
    ms: float
    problem: str
    """Empty where the answer was as expected."""


class Growth(NamedTuple):
    """MB of one kind of process: after the warm-up, at the end, and the most."""

    warm: float
    end: float
    most: float

    @property
    def is_flat(self) -> bool:
        """At the end at most 1.2 times what there was after the warm-up, and 30 MB."""
        return self.end <= FACTOR * self.warm + ALLOWED


def percentile(values: Iterable[float], part: float) -> float:
    """The smallest value that so many percent of all are no larger than. Raises ``ValueError`` where there is none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    return ordered[max(0, math.ceil(part / 100 * len(ordered)) - 1)]


def growth(samples: Sequence[tuple[float, float]], seconds: float) -> Growth | None:
    """Of samples (seconds since the beginning, MB) over so many seconds; ``None`` where too few were taken to tell."""
    warm = [size for at, size in samples if at >= WARM * seconds]
    if len(warm) < 2:
        return None
    window = min(WINDOW, len(warm) // 2)
    return Growth(statistics.median(warm[:window]), statistics.median(warm[-window:]), max(warm))


def table(answers: Sequence[Answer], seconds: float) -> list[str]:
    """Lines: number, median, 95th percentile and the longest of each kind in milliseconds, and of all together."""
    lines = [f"{'次数':>6}{'中位数':>7}{'95%':>9}{'最长':>8}{'错误':>6}  种类（毫秒）"]
    kinds: dict[str, list[Answer]] = {}
    for answer in answers:
        kinds.setdefault(answer.kind, []).append(answer)
    for kind, of_kind in [*sorted(kinds.items()), ("全部", list(answers))]:
        if not of_kind:
            continue
        times = [answer.ms for answer in of_kind]
        wrong = sum(bool(answer.problem) for answer in of_kind)
        lines.append(
            f"{len(times):8}{percentile(times, 50):10.0f}{percentile(times, 95):10.0f}{max(times):10.0f}{wrong:8}  {kind}"
        )
    return [*lines, f"每秒 {len(answers) / seconds:.1f} 次"]


def problems_of(answers: Iterable[Answer]) -> Mapping[str, int]:
    """How often which problem was met, the most frequent first."""
    counted = Counter(f"{answer.kind}: {answer.problem}" for answer in answers if answer.problem)
    return dict(counted.most_common())
