"""How many projects a list has and what they cost, summed by the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from projects.filters import ProjectFilter
from projects.funding_sources import SOURCES, UNLISTED
from projects.models import Department, Funding, Scope
from projects.querysets import ProjectQuerySet
from projects.rollups.groups import by_tally
from projects.rollups.reading import is_everything, kept_hits
from projects.totals.layout import MOST_ANYWHERE

Money = Decimal | None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many projects a list has and what they cost."""

    count: int
    amount: Money
    period_amount: Money
    parts: dict[str, Money]
    """Of the annual amount, what comes from each funding source that was asked for (by its code)."""


def summary_of(found: ProjectFilter) -> Summary:
    """Number and amounts of what is found, from kept totals where they say them."""
    if found.form.is_valid() and (hits := kept_hits(found.queryset, found.asked)):
        return Summary(hits.projects, hits.amount, hits.period, dict.fromkeys(found.sources, hits.part))
    if found.with_words and (groups := by_tally(found, [])) is not None:
        return next(
            (Summary(group.held, group.amount, group.period, {}) for _, group in groups), Summary(0, None, None, {})
        )
    return summarise(found.qs, found.sources)


def are_anywhere(found: ProjectFilter, number: int) -> bool:
    """Whether the ``number`` of projects found may belong to any of very many departments."""
    if number <= MOST_ANYWHERE or not is_everything(found.queryset) or found.asked.keys() & {"region", "department"}:
        return False
    return Department.objects.all()[: MOST_ANYWHERE + 1].count() > MOST_ANYWHERE


def summarise(projects: ProjectQuerySet, sources: Sequence[str] = ()) -> Summary:
    """Number and amounts of the projects, and of their annual amount what comes from ``sources``."""
    whole = projects.order_by().aggregate(n=Count("pk"), annual=Sum("amount"), period=Sum("period_amount"))
    parts = _parts(projects, whole["annual"]) if sources else {}
    return Summary(whole["n"], whole["annual"], whole["period"], {code: parts[code] for code in sources})


def plus(amounts: Iterable[Money]) -> Money:
    """The sum of the amounts that are there; ``None`` where all are blank."""
    there = [amount for amount in amounts if amount is not None]
    return sum(there, Decimal(0)) if there else None


def unexplained(amount: Money, explained: Money) -> Money:
    """What the funding sources leave of an amount; negative where they state more, ``None`` where both are blank."""
    return None if amount is None and explained is None else (amount or Decimal(0)) - (explained or Decimal(0))


def _parts(projects: ProjectQuerySet, amount: Money) -> dict[str, Money]:
    cells = Funding.objects.filter(project__in=projects.order_by().values("pk"), scope=Scope.ANNUAL)
    sums = cells.aggregate(**{code: Sum("amount", filter=Q(source=code)) for code in SOURCES})
    return {**sums, UNLISTED: unexplained(amount, plus(sums.values()))}
