"""Databases of their own on the tests' server, for tests that run the program as a process."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql


class Database:
    """A database, and how programs reach it."""

    def __init__(self, name: str) -> None:
        self.name = name
        server = connection.get_connection_params()
        self.folder = str(server["host"])
        self.url = f"postgresql://{server['user']}@/{name}?host={quote(self.folder, safe='')}&port={server['port']}"

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.url, autocommit=True)

    def ask(self, statement: str) -> object:
        """The first value of the first row; ``None`` where there is no row."""
        with self.connect() as link:
            row = link.execute(statement).fetchone()  # type: ignore[arg-type]
            return row[0] if row else None

    def execute(self, statements: str) -> None:
        with self.connect() as link:
            link.execute(statements)  # type: ignore[arg-type]

    def manage(self, *arguments: str | Path, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """``manage.py`` on this database."""
        command = [sys.executable, "manage.py", *map(str, arguments)]
        environment = self.environment(home) | variables
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=300
        )

    def environment(self, home: Path) -> dict[str, str]:
        return {**os.environ, "DATABASE_URL": self.url, "PERFGOALS_HOME": str(home)}


@contextmanager
def database(template: str = "template0") -> Iterator[Database]:
    """An empty database, or a copy of another one that nobody uses, for as long as the block lasts."""
    made = Database(f"scratch_{secrets.token_hex(4)}")
    names = sql.Identifier(made.name), sql.Identifier(template)
    with psycopg.connect(Database("postgres").url, autocommit=True) as link:
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        try:
            yield made
        finally:
            link.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(names[0]))


def made_once(run: str, home: Path) -> str:
    """The name of a database with the program's tables, which all processes of a test run copy; the first one makes it.

    Nobody may stay connected to it. The next run takes it away.
    """
    name = f"tables_of_{run}"
    with psycopg.connect(Database("postgres").url, autocommit=True) as link:
        link.execute("SELECT pg_advisory_lock(hashtext('tables of a test run'))")
        found = [row[0] for row in link.execute("SELECT datname FROM pg_database WHERE datname LIKE 'tables\\_of\\_%'")]
        if name in found:
            return name
        for old in found:
            link.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        making = Database(f"{name}_making")
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(making.name)))
        done = making.manage("migrate", "--verbosity=0", home=home)
        assert done.returncode == 0, done.stderr
        link.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making.name), sql.Identifier(name))
        )
    return name


@contextmanager
def at(there: Database) -> Iterator[Database]:
    """Django's own connection goes to that database, for as long as the block lasts."""
    here = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = there.name
    try:
        yield there
    finally:
        connection.close()
        connection.settings_dict["NAME"] = here
