"""The different values of a column that few projects differ in, read by stepping from one to the next through an index."""

from __future__ import annotations

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from projects.querysets import ProjectQuerySet


def different_values(projects: ProjectQuerySet, column: str, most: int) -> list[str]:
    """The first values of a text column without blanks, in the database's order: one look into the column's index each.

    PostgreSQL reads every row to make values distinct, also where a million rows have three of them.
    """
    ordered = projects.order_by(column).values(column)
    try:
        first, of_first = ordered[:1].query.sql_with_params()
        later = ordered.filter(**{f"{column}__gt": RawSQL('"stepped"."value"', ())})  # no value from outside
        following, of_following = later[:1].query.sql_with_params()
    except EmptyResultSet:
        return []
    statement = f"""
        WITH RECURSIVE stepped (value) AS (
            ({first}) UNION ALL SELECT ({following}) FROM stepped WHERE stepped.value IS NOT NULL
        )
        SELECT value FROM stepped WHERE value IS NOT NULL LIMIT %s
    """  # noqa: S608  # Django's own statements
    with connection.cursor() as cursor:
        cursor.execute(statement, [*of_first, *of_following, most])
        return [value for (value,) in cursor.fetchall()]
