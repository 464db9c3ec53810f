"""Several statements that see the database as it stood at one moment, or that PostgreSQL plans with other settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction


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
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        yield
        for name in settings:
            cursor.execute("SELECT set_config(%s, NULL, true)", [name])  # what the connection has
