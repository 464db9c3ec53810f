"""Sums from the kept totals, where they answer what is asked: the same figures as counting, without counting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q

from projects.models import Region
from projects.querysets import ProjectQuerySet
from projects.rollups.answering import PAID, Place, Rows, rows_of_cube, rows_of_hits

Money = Decimal | None

MEASURES: Final = ("held", "projects", "amounts", "amount", "periods", "period", "indicators")

Values = tuple[str, ...]
"""Of a group, one of each dimension, in the order in which they were asked for."""


class Hits(NamedTuple):
    """Number of projects and what they cost, ``None`` where all amounts are blank; and what the source asked for gives."""

    projects: int
    amount: Money
    period: Money
    part: Money


class Group(NamedTuple):
    """The sums of a group of projects: ``held`` is how many it has, ``projects`` those that count."""

    held: int
    projects: int
    amount: Money
    period: Money
    indicators: int

    @classmethod
    def of(cls, sums: Sequence[Any]) -> Group:
        """A group from the sums of `MEASURES`. Blank is not zero: without any amount the sum is ``None``."""
        held, projects, amounts, amount, periods, period, indicators = sums
        # A sum of large whole numbers comes as a decimal one, and those are money wherever they are shown.
        counted = int(indicators or 0)
        return cls(held or 0, projects or 0, amount if amounts else None, period if periods else None, counted)


_TEXTS: Final = {"region": "place", "year": "year::text"}
"""Dimension → the column of its values as texts, where it is another."""


def kept_hits(projects: ProjectQuerySet, asked: Mapping[str, Any]) -> Hits | None:
    """Number and amounts of what is asked of all projects; ``None`` where the kept totals do not say them."""
    rows = rows_of_hits(asked, _place(asked)) if is_everything(projects) else None
    if rows is None:
        return None
    group, source = _sum(rows), rows.conditions["source"]
    # Without any project that it pays for, a source gives them nothing that could be known, though others may state its zero.
    given = _sum(rows.of_source(source.removeprefix(PAID))).amount if source and group.projects else None
    return Hits(group.projects, group.amount, group.period, given)


def kept_groups(
    projects: ProjectQuerySet, asked: Mapping[str, Any], dimensions: Sequence[str], years: Collection[int] | None = None
) -> list[tuple[Values, Group]] | None:
    """The sums of what is asked, grouped by the dimensions; ``None`` where the kept totals do not say them.

    ``years`` are the only ones that are wanted, ``None``: all.
    """
    rows = rows_of_cube(asked, _place(asked), dimensions) if is_everything(projects) else None
    if rows is None:
        return None
    columns = [_TEXTS.get(name, name) for name in dimensions]
    wanted = [f"year = ANY('{{{','.join(map(str, years))}}}')"] if years is not None else []
    found = _sums(rows, columns, f"source NOT LIKE '{PAID}%%'", *wanted)
    groups = ((row[: len(columns)], Group.of(row[len(columns) :])) for row in found)
    return [(values, group) for values, group in groups if group.held]


def is_everything(projects: ProjectQuerySet) -> bool:
    """Whether a queryset has all projects: the kept totals are about all of them."""
    query = projects.query
    return not query.where and not query.is_sliced and not query.distinct and not query.combinator


def regions_meant(asked: Mapping[str, Any]) -> list[str] | None:
    """The codes of the regions that are asked for, ``None`` for all: the region with those below it, or itself alone."""
    if (place := _place(asked)) is None:
        return None
    return [place.code] if asked.get("own") else sorted(place.below)


def _sum(rows: Rows) -> Group:
    return Group.of(_sums(rows)[0])


def _sums(rows: Rows, columns: Sequence[str] = (), *also: str) -> list[tuple[Any, ...]]:
    """The columns and the sum of each measure, by the columns; ``also`` are further conditions."""
    # Every page asks this several times; Django would take longer to write it than the database to answer it.
    asked = {"level": rows.level.value, **rows.conditions}
    equal = (f"{name.removesuffix('__in')} = {'ANY(%s)' if name.endswith('__in') else '%s'}" for name in asked)
    told = ", ".join([*columns, *(f"sum({name})" for name in MEASURES)])
    statement = f"SELECT {told} FROM projects_rollup WHERE {' AND '.join([*equal, *also])}"  # noqa: S608  # our own names
    with connection.cursor() as cursor:
        cursor.execute(statement + (f" GROUP BY {', '.join(columns)}" if columns else ""), [*asked.values()])
        return list(cursor.fetchall())


def _place(asked: Mapping[str, Any]) -> Place | None:
    if "region" not in asked:
        return None
    parents = dict(Region.objects.filter(_within(asked["region"])).values_list("code", "parent_id"))
    return Place(asked["region"], parents.get(asked["region"]) is None, parents.keys())


def _within(code: str) -> Q:
    return Q(code=code) | Q(parent=code) | Q(parent__parent=code)
