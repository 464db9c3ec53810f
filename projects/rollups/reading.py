"""Sums from the kept totals, where they answer what is asked: the same figures as counting, without counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection

from projects.querysets import MEANT, ProjectQuerySet, Scope, scope_of
from projects.rollups.answering import PAID, Place, Rows, rows_of_cube, rows_of_hits
from projects.rollups.parts import EVERY, Condition, Part

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


_TEXTS: Final = {"region": "place", "top": "place", "year": "year::text"}
"""Dimension → the column of its values as texts, where it is another."""


def kept_hits(projects: ProjectQuerySet, asked: Mapping[str, Any]) -> Hits | None:
    """Number and amounts of what is asked of the projects; ``None`` where the kept totals do not say them."""
    scope = scope_of(projects)
    rows = rows_of_hits(asked, _place(asked, scope)) if scope else None
    if rows is None:
        return None
    group, source = _sum(rows), rows.conditions["source"]
    # Without any project that it pays for, a source gives them nothing that could be known, though others may state its zero.
    given = _sum(rows.of_source(source.removeprefix(PAID))).amount if source and group.projects else None
    return Hits(group.projects, group.amount, group.period, given)


def are_kept(projects: ProjectQuerySet, asked: Mapping[str, Any], dimensions: Sequence[str]) -> bool:
    """Whether the kept totals say the sums of what is asked, grouped by the dimensions."""
    scope = scope_of(projects)
    return scope is not None and rows_of_cube(asked, _place(asked, scope), dimensions) is not None


def kept_groups(
    projects: ProjectQuerySet, asked: Mapping[str, Any], dimensions: Sequence[str], part: Part = EVERY
) -> list[tuple[Values, Group]] | None:
    """The sums of a part of what is asked, grouped by the dimensions; ``None`` where the kept totals do not say them."""
    scope = scope_of(projects)
    if scope is None or (part.along and (part.along != "region" or "region" not in dimensions)):
        return None
    if (rows := rows_of_cube(asked, _place(asked, scope), dimensions)) is None:
        return None
    columns = [_TEXTS.get(name, name) for name in dimensions]
    found = _sums(rows, columns, (f"source NOT LIKE '{PAID}%%'", ()), *part.of_rollups())
    groups = ((row[: len(columns)], Group.of(row[len(columns) :])) for row in found)
    return [(values, group) for values, group in groups if group.held]


def is_everything(projects: ProjectQuerySet) -> bool:
    """Whether a queryset has all projects."""
    return scope_of(projects) == Scope(None)


def regions_meant(asked: Mapping[str, Any], scope: Scope) -> list[str] | None:
    """The codes of the regions that are asked for within a scope, ``None`` for all: a region with those below it, or alone."""
    place = _place(asked, scope)
    return None if place is None else sorted(place.codes)


def _sum(rows: Rows) -> Group:
    return Group.of(_sums(rows)[0])


def _sums(rows: Rows, columns: Sequence[str] = (), *also: Condition) -> list[tuple[Any, ...]]:
    """The columns and the sum of each measure, by the columns; ``also`` are further conditions."""
    # Every page asks this several times; Django would take longer to write it than the database to answer it.
    asked = {"level": rows.level.value, **rows.conditions}
    equal = (f"{name.removesuffix('__in')} = {'ANY(%s)' if name.endswith('__in') else '%s'}" for name in asked)
    told = ", ".join([*columns, *(f"sum({name})" for name in MEASURES)])
    statement = f"SELECT {told} FROM projects_rollup WHERE {' AND '.join([*equal, *(sql for sql, _ in also)])}"  # noqa: S608  # our own names
    with connection.cursor() as cursor:
        values = [*asked.values(), *(value for _, values in also for value in values)]
        cursor.execute(statement + (f" GROUP BY {', '.join(columns)}" if columns else ""), values)
        return list(cursor.fetchall())


def _place(asked: Mapping[str, Any], scope: Scope) -> Place | None:
    wanted = scope.regions if "region" not in asked else (asked["region"],)
    if wanted is None:
        return None
    is_alone = bool("region" in asked and asked.get("own"))
    conditions = ["code = ANY(%s)" if is_alone else f"code = ANY({MEANT})"]
    values = [list(wanted)] * (1 if is_alone else 3)
    if scope.regions is not None and "region" in asked:
        conditions.append(f"code = ANY({MEANT})")
        values += [list(scope.regions)] * 3
    statement = f"SELECT code, parent_id FROM projects_region WHERE {' AND '.join(conditions)}"  # noqa: S608  # our own names
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        above = dict(cursor.fetchall())
    # Who sees a division that nothing stands above sees all of it.
    tops = [code for code in wanted if code in above and above[code] is None]
    return Place(above.keys(), tops[0] if len(wanted) == 1 and tops and not is_alone else "")
