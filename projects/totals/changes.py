"""Changes from one year to another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from projects.totals.counting import Sums

Figure = Decimal | int | None
"""An amount in yuan, or how many."""


@dataclass(frozen=True, slots=True)
class Change:
    """How much more (or less) than the year before, and that as a percentage of it.

    ``difference`` is ``None`` where one of the years has projects but blank amounts only: what is not known has no
    difference. ``percent`` is ``None`` too where there was nothing the year before.
    """

    difference: Figure
    percent: Decimal | None


def measured(sums: Sums, measure: str) -> Figure:
    """What a measure says of some sums."""
    if measure == "amount":
        return sums.amount
    return sums.count if measure == "projects" else sums.indicators


def change(now: Sums, before: Sums, measure: str) -> Change:
    """The change between two years. Where a year has no project, nothing was spent in it, and that is 0."""
    one, other = (measured(sums, measure) if sums.count or sums.amount is not None else 0 for sums in (now, before))
    if one is None or other is None:
        return Change(None, None)
    difference = one - other
    percent = Decimal(difference) * 100 / Decimal(other) if other else None
    return Change(difference, percent)


def share(part: Figure, whole: Figure) -> Decimal | None:
    """A part as a percentage of a whole; ``None`` where either is missing or the whole is 0."""
    return Decimal(part) * 100 / Decimal(whole) if part is not None and whole else None
