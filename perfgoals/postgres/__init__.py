"""The database: a PostgreSQL server given by ``DATABASE_URL``, or one of our own that needs no installing.

The embedded server comes as plain programs in a wheel. It listens on a Unix socket only, keeps its data
under ``PERFGOALS_HOME``, starts with the first process that connects and stops with the last one, however
that ends. `perfgoals.postgres.server` explains how. This package is at the same time the Django database
backend for it (``ENGINE: perfgoals.postgres``); nothing is started, read or written before the first
connection.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perfgoals.postgres.errors import ServerError

__all__ = ["ServerError", "database_settings", "pooler_settings", "replica_settings"]


def database_settings(home: Path, database_url: str | None) -> dict[str, Any]:
    """Django's ``DATABASES["default"]``: the server of the URL, else the embedded one with its data under
    `home`.

    Raises `ImproperlyConfigured` for a URL that is not PostgreSQL's.
    """
    if database_url is not None:
        # Imported late, like everything that needs Django or psycopg: the guard lives on without them.
        from perfgoals.postgres.database_url import settings_from_url

        return settings_from_url(database_url)
    from perfgoals.postgres.places import DATABASE, PORT, ROLE, Cluster, socket_folder

    cluster = Cluster(home)
    return {
        "ENGINE": "perfgoals.postgres",
        "NAME": DATABASE,
        "USER": ROLE,
        "HOST": str(socket_folder(cluster)),
        "PORT": str(PORT),
        "CONN_HEALTH_CHECKS": True,
        # Read by our own backend only; Django keeps keys that it does not know.
        "PERFGOALS_HOME": home,
    }


def replica_settings(url: str) -> dict[str, Any]:
    """Django's settings of a read replica: one that does not answer is given up soon, since the primary can be asked.

    Raises `ImproperlyConfigured` for a URL that is not PostgreSQL's.
    """
    from perfgoals.postgres.database_url import settings_from_url

    found = settings_from_url(url, variable="DATABASE_REPLICA_URL")
    soon = {"connect_timeout": "2", "tcp_user_timeout": "5000", "keepalives_idle": "5"}
    # Migrations and tests know the primary only.
    return {**found, "OPTIONS": soon | found["OPTIONS"], "TEST": {"MIRROR": "default"}}


def pooler_settings(url: str | None, *, direct: str | None) -> dict[str, Any]:
    """What web processes change in their settings to go through a pooler in transaction mode; nothing without a URL.

    Whatever a session keeps would be somebody else's in the next transaction: cursors that outlive theirs are not used.
    (psycopg prepares no statements, as Django starts it.) Raises `ImproperlyConfigured` for a URL that is not
    PostgreSQL's, and where the server behind the pooler is not named by ``DATABASE_URL`` (``direct``).
    """
    if url is None:
        return {}
    from django.core.exceptions import ImproperlyConfigured

    from perfgoals.postgres.database_url import settings_from_url

    found = settings_from_url(url, variable="DATABASE_POOLER_URL")
    if direct is None:
        raise ImproperlyConfigured(
            "设置了环境变量 DATABASE_POOLER_URL，却没有设置 DATABASE_URL：后台处理、升级和备份要直接连接数据库服务器，请一并设置。"
        )
    return {**found, "DISABLE_SERVER_SIDE_CURSORS": True}
