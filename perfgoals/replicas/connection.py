"""The replica: whether there is one, whether it can be asked now, and a block in which it is."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from perfgoals.replicas.position import Position

ALIAS: Final = "replica"
RETRY: Final = 10.0
"""Seconds in which a replica that failed is not asked again."""
MOST_BEHIND: Final = 60.0
"""Seconds without news after which a replica is not believed: it may be cut off. Workers write every few seconds."""
_STATE: Final = """
    SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn
        AND now() - pg_last_xact_replay_timestamp() < make_interval(secs => %s)
"""
_log = logging.getLogger(__name__)
_failed_until = 0.0


def is_there() -> bool:
    """Whether the site has a replica."""
    return ALIAS in connections.settings


def can_answer(seen: Position | None) -> bool:
    """Whether the replica can be asked now, by somebody who has seen that much of the primary."""
    if not is_there() or time.monotonic() < _failed_until:
        return False
    try:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(_STATE, [str(seen or Position(0)), MOST_BEHIND])
            return bool(cursor.fetchone()[0])
    except Error as error:
        failed(error)
        return False


def failed(error: Error) -> None:
    """The replica gave an error instead of an answer: for a while nobody asks it."""
    global _failed_until
    _failed_until = time.monotonic() + RETRY
    connections[ALIAS].close()
    _log.warning("replica not asked for %.0f s: %s", RETRY, error)


def primary() -> BaseDatabaseWrapper:
    """The connection to the primary, also within `reading`."""
    connection = connections[DEFAULT_DB_ALIAS]
    return getattr(connection, "perfgoals_primary", connection)


@contextmanager
def reading() -> Iterator[None]:
    """Everything in the block that asks the database asks the replica.

    The connection itself changes places, so that no statement can forget which one it is for, whether Django wrote it
    or we did. What would write fails, as everything on a replica does.
    """
    usual, replica = primary(), connections[ALIAS]
    replica.perfgoals_primary = usual  # type: ignore[attr-defined]  # how `primary` finds back
    connections[DEFAULT_DB_ALIAS] = replica
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual


@contextmanager
def writing() -> Iterator[None]:
    """Within `reading`: everything in the block asks the primary again."""
    current = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = primary()
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = current
