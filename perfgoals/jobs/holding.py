"""Who is at a piece of work: a lock in the database that the process holds over a connection of its own while it works.

PostgreSQL frees it the moment the process dies, however it dies, and keeps it for one that is merely slow to answer. So
work is begun again exactly where nobody is at it any more, and never while somebody still is.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Self

from django.db import Error, connections, models


class Hold:
    """One's own connection, and the right to do the work of one row."""

    def __init__(self, model: type[models.Model], pk: Any) -> None:
        self._name = f"{model._meta.db_table}:{pk}"
        self._connection = connections["default"].copy()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        # PostgreSQL sees a closed connection a moment later, in which whoever is next would find the work taken.
        with suppress(Error):
            self._ask("SELECT pg_advisory_unlock_all()", [])
        self._connection.close()

    def take(self) -> bool:
        """Take the right, unless another process has it. It ends with this object."""
        return bool(self._ask("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [self._name]))

    def execute(self, statement: str, values: list[Any]) -> None:
        """Write at once, whatever transaction the work is in."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values)

    def _ask(self, statement: str, values: list[Any]) -> object:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone()[0]
