"""Holding the kept totals against what they are the totals of, and making them anew."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db import connection, transaction

from perfgoals.snapshot import snapshot
from projects.rollups.reading import MEASURES

_PIECE: Final = 20_000
_KEY: Final = "level, place, year, attribute, is_archived, category, source"
_SUMS: Final = ", ".join(f"sum({one})" for one in MEASURES)
_NUMBERS: Final = """
    SELECT id FROM (SELECT id FROM projects_project UNION SELECT project_id FROM projects_projecttally) every (id)
    WHERE id > %s ORDER BY id LIMIT %s
"""
_WRONG_TALLIES: Final = """
    SELECT count(DISTINCT project_id) FROM (
        (TABLE kept EXCEPT TABLE counted) UNION ALL (TABLE counted EXCEPT TABLE kept)
    ) other
"""
# By its name in the app above, since a tally has what stands among indicators.
_BOTH: Final = """
    WITH kept AS (SELECT * FROM projects_projecttally WHERE project_id = ANY(%s)),
        counted AS (SELECT * FROM indicators_tallies(%s))
"""
_WRONG_GROUPS: Final = f"""
    WITH kept AS (SELECT {_KEY}, {_SUMS} FROM projects_rollup GROUP BY {_KEY} HAVING ({_SUMS}) <> (0, 0, 0, 0, 0, 0, 0)),
        counted AS (SELECT {_KEY}, {", ".join(MEASURES)} FROM projects_rollups_made_anew())
    SELECT count(*) FROM (
        SELECT {_KEY} FROM (TABLE kept EXCEPT TABLE counted) more
        UNION SELECT {_KEY} FROM (TABLE counted EXCEPT TABLE kept) less
    ) other
"""  # noqa: S608  # every name is one of this module


class Wrong(NamedTuple):
    """How many projects are counted otherwise than they are, and how many groups add up to something else."""

    projects: int
    groups: int


def compare() -> Wrong:
    """Count everything again and compare, all as of one moment. Nothing is changed."""
    with snapshot():
        return Wrong(sum(_wrong_tallies(numbers) for numbers in _pieces()), _one(_WRONG_GROUPS))


@transaction.atomic
def rebuild() -> None:
    """Count everything again and keep that. Whoever changes projects meanwhile waits."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE projects_project, projects_projecttally IN EXCLUSIVE MODE")
        cursor.execute("SELECT set_config('perfgoals.rollups', 'later', true)")
        cursor.execute("DELETE FROM projects_projecttally")
        for numbers in _pieces():
            cursor.execute("SELECT indicators_write_tallies(%s)", [numbers])
        make_rollups()
        cursor.execute("SELECT set_config('perfgoals.rollups', '', true)")


def make_rollups() -> None:
    """Sum the tallies anew, for who wrote these without the triggers that follow."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT projects_make_rollups()")


def _pieces() -> list[list[int]]:
    pieces: list[list[int]] = []
    after = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_NUMBERS, [after, _PIECE])
            numbers = [row[0] for row in cursor.fetchall()]
            if not numbers:
                return pieces
            pieces.append(numbers)
            after = numbers[-1]


def _wrong_tallies(numbers: list[int]) -> int:
    return _one(_BOTH + _WRONG_TALLIES, numbers, numbers)


def _one(statement: str, *values: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        number: int = cursor.fetchone()[0]
        return number
