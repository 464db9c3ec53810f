"""Processes that use a server, and looks at them from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from perfgoals.postgres import cluster as clusters
from perfgoals.postgres import locks
from perfgoals.postgres.places import DATABASE, PORT, ROLE, Cluster

PROJECT = Path(__file__).parents[3]
USE = """
import sys
from pathlib import Path
from perfgoals.postgres import ServerError, server
try:
    folder = server.ensure_running(Path(sys.argv[1]))
except ServerError as error:
    sys.exit(str(error))
print(folder, flush=True)
sys.stdin.read()
"""


class User:
    """A process that uses the server of a home until it is told to end."""

    def __init__(self, home: Path, *, before: str = "", through: list[str] | None = None) -> None:
        self.cluster = Cluster(home)
        self.process = subprocess.Popen(
            [*(through or []), sys.executable, "-c", before + USE, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def ready(self) -> Path:
        """The folder of the server's socket, once it runs."""
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        return Path(line.rstrip("\n"))

    def end(self) -> int:
        """End normally."""
        self.process.communicate()
        return self.process.returncode

    def refusal(self) -> str:
        """The one sentence that it ends with."""
        out, error = self.process.communicate()
        assert self.process.returncode == 1, out
        return error.strip()

    def signal(self, number: signal.Signals) -> None:
        """As a terminal or a service manager does: to the whole group."""
        os.killpg(self.process.pid, number)
        self.process.communicate()


def execute(folder: Path, sql: str) -> None:
    with psycopg.connect(host=str(folder), port=PORT, user=ROLE, dbname=DATABASE) as connection:
        connection.execute(sql)


def query(folder: Path, sql: str = "SELECT 1") -> object:
    with psycopg.connect(host=str(folder), port=PORT, user=ROLE, dbname=DATABASE) as connection:
        return connection.execute(sql).fetchone()[0]


def postmaster_pid(home: Path) -> int:
    note = clusters.postmaster(Cluster(home))
    assert note is not None
    return note.pid


def guard_pid(home: Path) -> int:
    assert soon(lambda: _guard_pid(home) is not None)
    return _guard_pid(home)


def _guard_pid(home: Path) -> int | None:
    command = [b"perfgoals.postgres.guard", os.fsencode(os.path.realpath(home))]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if arguments[2:4] == command:
            return int(folder.name)
    return None


def is_gone(home: Path, *, within: float = 3.0) -> bool:
    """Whether server and guard end soon."""
    cluster = Cluster(home)
    return soon(lambda: not clusters.is_alive(cluster) and not locks.is_taken(cluster.locks / "guard"), within)


def soon(condition: Callable[[], bool], within: float = 3.0) -> bool:
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
