"""Numbers of events and the times that they bear."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from indicators.history.tables import WALKED, table_name

LONGEST: Final = timedelta(days=1)
"""Longer transactions there are none. An event bears the time when its transaction began, which may be earlier than
the times of events before it."""

_NEWEST: Final = "(SELECT max(pgh_id) FROM {table})"
_AFTER: Final = "(SELECT pgh_id, pgh_created_at FROM {table} WHERE pgh_id >= middle ORDER BY pgh_id LIMIT 1)"
_SPAN: Final = """
WITH RECURSIVE search (low, high) AS (
    SELECT 0::bigint, coalesce(greatest({newest}), 0) + 1
    UNION ALL
    SELECT CASE WHEN is_early THEN middle ELSE low END, CASE WHEN is_early THEN high ELSE middle END
    FROM (
        SELECT low, high, middle, (
            SELECT pgh_created_at FROM ({after}) AS event (pgh_id, pgh_created_at) ORDER BY pgh_id LIMIT 1
        ) < %s AS is_early
        FROM (SELECT low, high, (low + high) / 2 AS middle FROM search WHERE high - low > 1) AS halved
    ) AS step
)
SELECT min(high) FROM search
"""


def moment_below(number: int) -> datetime | None:
    """The time of the newest event before a number."""
    newest: list[tuple[int, datetime]] = []
    for events in WALKED.values():
        below = events.objects.filter(pgh_id__lt=number).order_by("-pgh_id")
        newest += below.values_list("pgh_id", "pgh_created_at")[:1]
    return max(newest)[1] if newest else None


def first_since(moment: datetime) -> int:
    """The number from which on events bear that time or later ones, give or take `LONGEST`; found by halving."""
    tables = [table_name(events) for events in WALKED.values()]
    newest = ", ".join(_NEWEST.format(table=table) for table in tables)
    after = " UNION ALL ".join(_AFTER.format(table=table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(_SPAN.format(newest=newest, after=after), [moment])
        return int(cursor.fetchone()[0])
