"""Totals of a queryset of projects by department, funding source, region and year, summed by the database.

Sums keep blank and zero apart: a sum of blanks only is ``None``. Every total says by which filters the list shows
exactly what it sums (``narrowing``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Sum

from projects.filters import has_money_of
from projects.funding_sources import NAMES, SOURCES, UNLISTED
from projects.models import Department, Funding, Scope
from projects.querysets import ProjectQuerySet
from projects.region_tree import region_tree

Money = Decimal | None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many projects a list has and what they cost."""

    count: int
    amount: Money
    period_amount: Money
    parts: dict[str, Money]
    """Of the annual amount, what comes from each funding source that was asked for (by its code)."""


@dataclass(frozen=True, slots=True)
class Total:
    """One row of a table of totals."""

    label: str
    count: int
    amount: Money
    period_amount: Money
    by_source: dict[str, Money]
    """Annual money by source code, `UNLISTED` among them."""
    narrowing: dict[str, str] = field(default_factory=dict)
    """The filters, in place of those already on, that select what the row sums."""
    source: str | None = None
    """The funding source, beside those already asked for, whose money the row sums."""
    note: str = ""
    depth: int = 0
    is_subtotal: bool = False
    """The row repeats rows below it and is left out of the table's own sum."""


def summarise(projects: ProjectQuerySet, sources: Sequence[str] = ()) -> Summary:
    """Number and amounts of the projects, and of their annual amount what comes from ``sources``."""
    whole = _sums(projects.order_by()).get(None) or _Sums()
    parts = _with_unlisted(whole.amount, _funding(projects, None).get(None, {})) if sources else {}
    return Summary(whole.count, whole.amount, whole.period_amount, {code: parts[code] for code in sources})


def by_department(projects: ProjectQuerySet) -> list[Total]:
    """One total per joined department, the largest first. The note lists the names that sources print for it."""
    sums, funding = _sums(projects, "department_id"), _funding(projects, "department_id")
    printed = _printed_names(projects)
    names = dict(Department.objects.filter(pk__in=[pk for pk in sums if pk]).values_list("pk", "name"))
    totals = [
        _total(
            names.get(pk, "未列明部门"),
            sums[pk],
            funding.get(pk, {}),
            {"department": str(pk or "none")},
            note="、".join(name for name in printed.get(pk, ()) if name != names.get(pk)),
        )
        for pk in sums
    ]
    return sorted(totals, key=lambda total: (-(total.amount or 0), total.label))


def by_region(projects: ProjectQuerySet) -> list[Total]:
    """One total per region alone, under a subtotal of each division that has others below it."""
    sums, funding = _sums(projects, "region_id"), _funding(projects, "region_id")
    totals: list[Total] = []
    for branch in region_tree(sums):
        name, code = branch.region.name, branch.region.code
        if branch.has_below:
            held = [_total("", sums[part], funding.get(part, {}), {}) for part in sorted(branch.codes)]
            totals.append(add_up(held, name, {"region": code, "own": ""}, note="含下级", depth=branch.depth))
        if branch.has_own:
            label, depth = (f"{name}本级", branch.depth + 1) if branch.has_below else (name, branch.depth)
            narrowing = {"region": code, "own": "1"} if branch.has_below else {"region": code}
            totals.append(_total(label, sums[code], funding.get(code, {}), narrowing, depth=depth))
    return totals


def by_year(projects: ProjectQuerySet) -> list[Total]:
    """One total per budget year, the latest first."""
    sums, funding = _sums(projects, "year"), _funding(projects, "year")
    return [
        _total(f"{year} 年", sums[year], funding.get(year, {}), {"year": str(year)})
        for year in sorted(sums, reverse=True)
    ]


def by_source(projects: ProjectQuerySet) -> list[Total]:
    """One total per funding source: the projects whose year has money of it, and that money.

    A project with several sources counts in several rows. The period's money is that of all projects.
    """
    whole = summarise(projects, list(NAMES))
    period = _with_unlisted(whole.period_amount, _funding(projects, None, Scope.PERIOD).get(None, {}))
    counts = projects.aggregate(**{code: Count("pk", filter=has_money_of(code)) for code in NAMES})
    return [Total(NAMES[code], counts[code], whole.parts[code], period[code], {}, {}, source=code) for code in NAMES]


TABLES: Final[dict[str, tuple[str, Callable[[ProjectQuerySet], list[Total]]]]] = {
    "department": ("按部门", by_department),
    "source": ("按资金来源", by_source),
    "region": ("按行政区划", by_region),
    "year": ("按年度", by_year),
}
"""Name in the address → name on the tab, and what makes the rows."""


def add_up(totals: Iterable[Total], label: str, narrowing: dict[str, str], *, note: str = "", depth: int = 0) -> Total:
    """The sum of totals that share no project, as a subtotal; subtotals among them are passed over."""
    parts = [total for total in totals if not total.is_subtotal]
    return Total(
        label,
        sum(total.count for total in parts),
        plus(total.amount for total in parts),
        plus(total.period_amount for total in parts),
        {code: plus(total.by_source.get(code) for total in parts) for code in NAMES},
        narrowing,
        note=note,
        depth=depth,
        is_subtotal=True,
    )


def plus(amounts: Iterable[Money]) -> Money:
    """The sum of the amounts that are there; ``None`` where all are blank."""
    there = [amount for amount in amounts if amount is not None]
    return sum(there, Decimal(0)) if there else None


@dataclass(frozen=True, slots=True)
class _Sums:
    count: int = 0
    amount: Money = None
    period_amount: Money = None


def _sums(projects: ProjectQuerySet, key: str | None = None) -> dict[Any, _Sums]:
    columns = {"n": Count("pk"), "annual": Sum("amount"), "period": Sum("period_amount")}
    rows = projects.order_by().values(key).annotate(**columns) if key else [projects.aggregate(**columns)]
    return {row[key] if key else None: _Sums(row["n"], row["annual"], row["period"]) for row in rows}


def _funding(projects: ProjectQuerySet, key: str | None, scope: Scope = Scope.ANNUAL) -> dict[Any, dict[str, Money]]:
    cells = Funding.objects.filter(project__in=projects.order_by().values("pk"), scope=scope).order_by()
    path = f"project__{key}"
    grouped = cells.values("source_id", *([path] if key else [])).annotate(total=Sum("amount"))
    found: dict[Any, dict[str, Money]] = {}
    for row in grouped:
        found.setdefault(row.get(path), {})[row["source_id"]] = row["total"]
    return found


def _with_unlisted(amount: Money, funding: dict[str, Money]) -> dict[str, Money]:
    explained = plus(funding.values())
    unlisted = None if amount is None and explained is None else (amount or Decimal(0)) - (explained or Decimal(0))
    return {**{code: funding.get(code) for code in SOURCES}, UNLISTED: unlisted}


def _total(
    label: str, sums: _Sums, funding: dict[str, Money], narrowing: dict[str, str], *, note: str = "", depth: int = 0
) -> Total:
    by_source = _with_unlisted(sums.amount, funding)
    return Total(label, sums.count, sums.amount, sums.period_amount, by_source, narrowing, note=note, depth=depth)


def _printed_names(projects: ProjectQuerySet) -> dict[Any, list[str]]:
    printed = projects.order_by().values("department_id").annotate(
        names=ArrayAgg("department_printed", distinct=True, default=[])
    )  # fmt: skip
    return {row["department_id"]: [name for name in row["names"] if name] for row in printed}
