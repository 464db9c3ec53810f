"""Several statements that see the database as it stood at one moment, or that PostgreSQL plans with other settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

_SET: Final = "SELECT set_config(name, value, true) FROM unnest(%s::text[], %s::text[]) given (name, value)"


@contextmanager
def snapshot() -> Iterator[None]:
    """What is read inside agrees with itself, whatever others store meanwhile; nothing can be written.

    Inside a transaction that others began, that one stays in force: its isolation cannot be changed any more.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def steered(settings: Mapping[str, str]) -> Iterator[None]:
    """PostgreSQL's settings for the statements inside; afterwards they are as before."""
    names = list(settings)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(name) FROM unnest(%s::text[]) name", [names])
        before = [value for (value,) in cursor]
        cursor.execute(_SET, [names, list(settings.values())])
        yield  # whatever fails in here undoes the transaction, and the settings with it
        cursor.execute(_SET, [names, before])
