"""What a failed test is told with: who was connected, who waited for what, what stood in the queue, where workers stood.

A failure that comes once in thousands of runs can only be understood by what is seen the first time.
"""

from __future__ import annotations

import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

import psycopg
from django.db import connection
from psycopg import sql

STATEMENTS: Final = {
    "sessions": """
        SELECT pid, datname, application_name, backend_type, state, wait_event_type, wait_event,
            pg_blocking_pids(pid) AS blocked_by, age(clock_timestamp(), xact_start) AS transaction,
            age(clock_timestamp(), state_change) AS since, left(regexp_replace(query, '\\s+', ' ', 'g'), 160) AS query
        FROM pg_stat_activity WHERE datname IS NOT NULL AND pid <> pg_backend_pid() ORDER BY datname, pid
    """,
    "advisory locks": "SELECT pid, classid, objid, mode, granted FROM pg_locks WHERE locktype = 'advisory'",
    "queue": "SELECT id, task_name, args, status, attempts, scheduled_at, worker_id FROM procrastinate_jobs ORDER BY id",
    "workers": "SELECT id, age(clock_timestamp(), last_heartbeat) AS silent FROM procrastinate_workers ORDER BY id",
    "uploads": "SELECT id, state, stage, attempts, problem FROM imports_upload ORDER BY id",
    "exports": "SELECT token, state, stage, attempts, problem FROM imports_export ORDER BY token",
    "rows": """
        SELECT (SELECT count(*) FROM projects_project) AS projects, (SELECT count(*) FROM imports_importrun) AS runs,
            (SELECT count(*) FROM projects_region) AS regions, (SELECT count(*) FROM perfgoals_user) AS users
    """,
}
MOST: Final = 40
"""Rows of one answer."""

_stacks: dict[subprocess.Popen[bytes], Path] = {}

DUMPING: Final = """
import faulthandler, signal, sys
stacks = open(sys.argv[2], "w")
faulthandler.register(signal.SIGUSR1, file=stacks)
print("can be asked", file=stacks, flush=True)
"""
"""What a worker runs first, so that it can be asked where each of its threads stands; its second argument is a file."""


def place_for_stacks() -> str:
    """A file for the stacks of a process that is about to be started."""
    with tempfile.NamedTemporaryFile(prefix="stacks-", delete=False) as file:
        return file.name


def watch(process: subprocess.Popen[bytes], place: str) -> None:
    """The process can be asked for its stacks, until `forget`."""
    _stacks[process] = Path(place)


def forget(process: subprocess.Popen[bytes]) -> None:
    """The process is ended."""
    if path := _stacks.pop(process, None):
        path.unlink(missing_ok=True)


def state() -> str:
    """All of it, of the database that Django's connection goes to now."""
    return "\n".join([f"database {connection.settings_dict['NAME']}", *_answers(), *_where_workers_stand()])


def _answers() -> list[str]:
    try:
        parameters = {**connection.get_connection_params(), "connect_timeout": 5}
        known = ("host", "port", "user", "password", "dbname", "connect_timeout")
        link = psycopg.connect(**{key: parameters[key] for key in known if parameters.get(key)}, autocommit=True)
    except Exception as error:  # whatever it is, it is part of what is told
        return [f"cannot be asked: {error}"]
    with link:
        link.execute("SET statement_timeout = '5s'")
        return [_answer(link, name, statement) for name, statement in STATEMENTS.items()]


def _answer(link: psycopg.Connection[tuple[object, ...]], name: str, statement: str) -> str:
    try:
        rows = link.execute(sql.SQL(statement)).fetchmany(MOST)  # type: ignore[arg-type]
    except psycopg.Error as error:
        return f"{name}: {error}"
    return "\n  ".join([f"{name}: {len(rows)}", *(" | ".join(map(str, row)) for row in rows)])


def _where_workers_stand() -> list[str]:
    for process, path in _stacks.items():
        # Before it listens for it, the signal would end it.
        if process.poll() is None and path.read_text():
            process.send_signal(signal.SIGUSR1)
    time.sleep(0.5 if _stacks else 0)
    return [f"worker {one.pid}, ended with {one.poll()}:\n{path.read_text()}" for one, path in _stacks.items()]
