"""pgbouncer in transaction mode before the tests' server, with so few sessions that each transaction may get another."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

from perfgoals.postgres import pooler_settings
from perfgoals.postgres.pooling import go_through_pooler

PORT = 6432
SESSIONS = 3
"""Of the server, for all that come through the pooler."""
CONFIGURATION = """
[databases]
* = host={server} port={port} user={user}
[pgbouncer]
pool_mode = transaction
default_pool_size = {sessions}
server_round_robin = 1
unix_socket_dir = {folder}
listen_port = {own_port}
listen_addr =
auth_type = any
logfile = {folder}/log
"""


@pytest.fixture(scope="module")
def pgbouncer(django_db_setup: object) -> Iterator[str]:
    """Its address, but for the database's name."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        reason = "没有找到 pgbouncer，连接池的测试无法运行"
        pytest.fail(reason) if os.environ.get("PERFGOALS_REQUIRE_BROWSER") == "1" else pytest.skip(reason)
    folder, server = Path(tempfile.mkdtemp(prefix="pg")), connection.get_connection_params()
    values = {"server": server["host"], "port": server["port"], "user": server["user"], "folder": folder}
    (folder / "ini").write_text(CONFIGURATION.format(**values, own_port=PORT, sessions=SESSIONS))
    # It refuses to run as root, and the folder of the server's socket is closed to all but its owner.
    owner = Path(server["host"]).stat()
    shutil.chown(folder, owner.st_uid, owner.st_gid)
    who = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
    process = subprocess.Popen([program, folder / "ini"], stderr=subprocess.DEVNULL, **who)  # type: ignore[call-overload]
    url = f"postgresql://{server['user']}@/{{name}}?host={quote(str(folder), safe='')}&port={PORT}"
    wait_for(url.format(name="postgres"), folder / "log")
    yield url
    process.terminate()
    process.wait()
    shutil.rmtree(folder)


def wait_for(url: str, log: Path) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise AssertionError(log.read_text() if log.exists() else "no log") from None
            time.sleep(0.05)
        else:
            return


@pytest.fixture
def pooled(committed: None, pgbouncer: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The site's processes go through it, as wsgi.py has them do. The address of the tests' database there."""
    usual = dict(connections.settings["default"])
    url = pgbouncer.format(name=usual["NAME"])
    found = pooler_settings(url, direct="postgresql:///x")
    monkeypatch.setattr(
        settings, "DATABASE_POOLER", {key: found[key] for key in found if key != "ENGINE"} | {"PORT": PORT}
    )
    go_through_pooler()
    # The embedded backend would look for its own server.
    monkeypatch.setattr(type(connections["default"]), "_running", lambda self, _ensure: self.settings_dict["HOST"])
    yield url
    connections.close_all()
    connections.settings["default"].clear()
    connections.settings["default"].update(usual)
