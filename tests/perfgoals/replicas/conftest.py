"""A replica of the tests' server: a second server that follows it, as docs/operations.md describes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections

from perfgoals.postgres import accounts
from perfgoals.postgres.binaries import program
from perfgoals.postgres.places import PORT, ROLE, Cluster
from perfgoals.postgres.programs import Account
from perfgoals.replicas import connection as replicas
from tests.databases import Database

LAUNCH = Path(accounts.__file__).with_name("launch.py")


class Replica:
    """A server that follows another one; it can be stopped, held back, and asked."""

    def __init__(self, folder: Path, account: Account) -> None:
        self.folder, self._account = folder, account
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["-c", "listen_addresses=", "-c", f"port={PORT}", "-c", f"unix_socket_directories={self.folder}"]
        command = [program("postgres"), "-D", self.folder / "data", *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", LAUNCH, "run", self._account.spec, *command], stdout=log, stderr=log
            )
        assert until(self._answers), (self.folder / "log").read_text()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def ask(self, statement: str) -> object:
        link = psycopg.connect(host=str(self.folder), port=PORT, user=ROLE, dbname="postgres", autocommit=True)
        with link:
            row = link.execute(statement).fetchone()  # type: ignore[arg-type]
            return row[0] if row else None

    def has_all(self) -> bool:
        """Whether it has what the primary has now."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
            return bool(self.ask(f"SELECT pg_last_wal_replay_lsn() >= '{cursor.fetchone()[0]}'"))

    def _answers(self) -> bool:
        try:
            return self.ask("SELECT pg_is_in_recovery()") is True
        except psycopg.OperationalError:
            return False


def until(condition: Callable[[], bool], within: float = 60.0) -> bool:
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture(scope="module")
def server(django_db_setup: object) -> Iterator[Replica]:
    """The second server."""
    if "PERFGOALS_HOME" not in connection.settings_dict:
        pytest.skip("only the embedded server can be followed by a test")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    primary, binary = Cluster(connection.settings_dict["PERFGOALS_HOME"]), program("postgres")
    account = accounts.choose(primary, [binary])
    host = connection.get_connection_params()["host"]
    with slot(f"of_tests_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}") as name:
        try:
            done = subprocess.run(
                [program("pg_basebackup"), "-h", host, "-p", str(PORT), "-U", ROLE, "-D", folder / "data",
                 "--checkpoint=fast", "--write-recovery-conf", f"--slot={name}"],
                check=False, capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            for path in (folder, *folder.rglob("*")):
                account.own(path) if path.is_dir() else shutil.chown(path, account.uid, account.gid)
            running = Replica(folder, account)
            try:
                running.start()
                yield running
            finally:
                running.stop()
        finally:
            shutil.rmtree(folder)


@contextmanager
def slot(name: str) -> Iterator[str]:
    """Keeps the primary's log for the replica, from before it is copied.

    Tests beside this one make and drop databases, and each of those is a checkpoint that takes old log away: without a
    slot, one copy in fifteen failed beside two processes that did nothing else.
    """
    drop = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s AND NOT active"
    with psycopg.connect(Database("postgres").url, autocommit=True) as link:
        link.execute(drop, [name])  # what a run that was killed left
        link.execute("SELECT pg_create_physical_replication_slot(%s, true)", [name])
        try:
            yield name
        finally:
            assert until(lambda: link.execute(drop, [name]).rowcount == 1)  # once the replica's connection has ended


@pytest.fixture
def replica(committed: None, server: Replica, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """The site with that replica, which has everything that the primary has."""
    monkeypatch.setattr(replicas, "_failed_until", 0.0)
    usual = connections.settings["default"]
    connections.settings["replica"] = usual | {"ENGINE": "django.db.backends.postgresql", "HOST": str(server.folder)}
    # Django's tests forbid connections of the settings that they have not prepared; this one is made here.
    connections["replica"].alias = "replica of the tests"
    assert until(server.has_all)
    yield server
    server.ask("SELECT pg_wal_replay_resume()")
    connections["replica"].close()
    del connections["replica"], connections.settings["replica"]
