"""The last rows of a table: what every money column adds up to, on the page and in all that is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from projects.filters import ProjectFilter
from projects.funding_sources import NAMES, SOURCES, UNLISTED
from projects.models import Scope
from projects.rollups.groups import groups_of
from projects.tables.columns import Column
from projects.tables.rows import Money, Need, Row, unexplained

_TOTALS: Final = {"amount": Scope.ANNUAL, "period": Scope.PERIOD}


def page_sums(rows: Sequence[Row], columns: Iterable[Column]) -> dict[str, Money]:
    """Yuan by column, over the rows of a page; ``None`` where every cell is blank."""
    return {column.key: _plus(column.value(row) for row in rows) for column in columns if column.is_money}


def all_sums(
    found: ProjectFilter, columns: Iterable[Column], *, amount: Money, period_amount: Money
) -> dict[str, Money]:
    """Yuan by column, over all the projects found, whose annual and period amounts were added up already.

    Funding is added up in one statement, and only where a column asks for it.
    """
    money = [column for column in columns if column.is_money]
    sums = {"amount": amount, "period": period_amount}
    if any(Need.FUNDING in column.needs for column in money):
        sums |= _funding_sums(found, sums)
    return {column.key: sums[column.key] for column in money}


def _funding_sums(projects: ProjectFilter, totals: dict[str, Money]) -> dict[str, Money]:
    found: dict[tuple[str, str], Money] = {}
    for (source,), group in groups_of(projects, ["source"]):
        found[Scope.ANNUAL, source], found[Scope.PERIOD, source] = group.amount, group.period
    sums = {f"{scope}_{source}": found.get((scope, source)) for scope in Scope.values for source in NAMES}
    for total, scope in _TOTALS.items():
        parts = [found.get((scope, source)) for source in SOURCES]
        sums[f"{scope}_{UNLISTED}"] = unexplained(totals[total], parts)
    return sums


def _plus(amounts: Iterable[Money]) -> Money:
    there = [amount for amount in amounts if amount is not None]
    return sum(there, Decimal(0)) if there else None
