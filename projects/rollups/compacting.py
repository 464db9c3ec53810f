"""Putting together what changes added to the kept totals, so that they do not grow with the changes."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

from projects.rollups.reading import MEASURES

_ALONE: Final = 0x50474F414C54
_KEY: Final = "level, place, year, attribute, is_archived, category, source"
_MEASURES: Final = ", ".join(MEASURES)
_MOST: Final = 200_000
"""Rows put together in one transaction."""
# Who reads sees the rows before or the rows after, and both add up to the same.
_SETTLE: Final = f"""
    WITH gone AS (
        DELETE FROM projects_rollup WHERE id IN (SELECT id FROM projects_rollup WHERE change > 0 LIMIT {_MOST})
        RETURNING {_KEY}, {_MEASURES}
    ), put AS (
        INSERT INTO projects_rollup AS kept ({_KEY}, {_MEASURES}, change)
        SELECT {_KEY}, {", ".join(f"sum({one})" for one in MEASURES)}, 0 FROM gone GROUP BY {_KEY} ORDER BY {_KEY}
        ON CONFLICT ON CONSTRAINT rollup_once
            DO UPDATE SET {", ".join(f"{one} = kept.{one} + EXCLUDED.{one}" for one in MEASURES)}
    )
    SELECT count(*) FROM gone
"""  # noqa: S608  # every name is one of this module
_EMPTY: Final = "DELETE FROM projects_rollup WHERE held = 0 AND change = 0"


def settle() -> int:
    """Put changes together with what they change, at any time; how many rows went into others.

    One process does so at a time; another one finds nothing to do.
    """
    done = 0
    while count := _settle_some():
        done += count
    return done


@transaction.atomic
def _settle_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ALONE])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_SETTLE)
        count: int = cursor.fetchone()[0]
        cursor.execute(_EMPTY)
        return count
