"""The different values of a column that few projects differ in, read by stepping from one to the next through an index."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from projects.querysets import ProjectQuerySet

_made: dict[tuple[str, str], tuple[str, tuple[Any, ...]]] = {}


def different_values(projects: ProjectQuerySet, column: str, most: int, *, once: str | None = None) -> list[Any]:
    """The first values of a column but blanks, in the database's order: one look into the column's index each.

    PostgreSQL reads every row to make values distinct, also where a million rows have three of them. The statement is put
    together once in a process for projects that always go by the same name ``once``.
    """
    made = _made.get((once, column)) if once else None
    if made is None:
        try:
            made = _stepping(projects, column)
        except EmptyResultSet:
            return []
        if once:
            _made[once, column] = made
    statement, values = made
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, most])
        return [value for (value,) in cursor.fetchall()]


def _stepping(projects: ProjectQuerySet, column: str) -> tuple[str, tuple[Any, ...]]:
    ordered = projects.order_by(column).values(column)
    first, of_first = ordered[:1].query.sql_with_params()
    later = ordered.filter(**{f"{column}__gt": RawSQL('"stepped"."value"', ())})  # no value from outside
    following, of_following = later[:1].query.sql_with_params()
    statement = f"""
        WITH RECURSIVE stepped (value) AS (
            ({first}) UNION ALL SELECT ({following}) FROM stepped WHERE stepped.value IS NOT NULL
        )
        SELECT value FROM stepped WHERE value IS NOT NULL LIMIT %s
    """  # noqa: S608  # Django's own statements
    return statement, (*of_first, *of_following)
