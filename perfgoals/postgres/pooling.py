"""The site behind a pooler in transaction mode (``DATABASE_POOLER_URL``), as pgbouncer is."""

from __future__ import annotations

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections


def go_through_pooler() -> None:
    """From here on this process reaches the database through the pooler, if there is one.

    For web processes alone. Workers hold what they are at by a lock of their session, and migrations and backups need
    one session too: they go straight to ``DATABASE_URL``. Connections made so far would go on as they are.
    """
    if settings.DATABASE_POOLER:
        connections.close_all()
        connections.settings[DEFAULT_DB_ALIAS].update(settings.DATABASE_POOLER)
