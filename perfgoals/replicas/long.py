"""Reading at length from the replica, outside of requests."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from django.db import Error

from perfgoals.replicas.connection import can_answer, failed, is_there, primary, reading
from perfgoals.replicas.position import Position

PATIENCE: Final = 5.0
"""Seconds that work waits for the replica to have what the primary has."""
_STEP: Final = 0.05


def read_at_length(read: Callable[[], object], *, again: Callable[[], object]) -> None:
    """Read from the replica once it has all that the primary has now, or from the primary.

    ``again`` undoes what an attempt has left (a half written file), before the primary is asked instead. What ``read``
    writes meanwhile must be inside ``connection.writing``.
    """
    if is_there() and _has_all():
        try:
            with reading():
                read()
        except Error as error:
            failed(error)
            again()
        else:
            return
    read()


def _has_all() -> bool:
    with primary().cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        wanted = Position.read(cursor.fetchone()[0])
    deadline = time.monotonic() + PATIENCE
    while not can_answer(wanted):
        if time.monotonic() > deadline:
            return False
        time.sleep(_STEP)
    return True
