"""Readiness while the server comes and goes, asked by a process that goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from perfgoals.postgres.places import Cluster, socket_folder

from .processes import PROJECT, User

ASK = """
import django, sys
django.setup()
from perfgoals.health.checks import look
for line in sys.stdin:
    print(" | ".join(f"{check.name}: {check.why or 'ok'}" for check in look()), flush=True)
"""


class Asker:
    """A process of the site on the server of a home, which it does not start itself."""

    def __init__(self, home: Path, own: Path) -> None:
        folder = quote(str(socket_folder(Cluster(home))), safe="")
        url = f"postgresql://perfgoals@/perfgoals?host={folder}"
        environment = {"DJANGO_SETTINGS_MODULE": "perfgoals.settings", "DATABASE_URL": url, "PERFGOALS_HOME": str(own)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", ASK], cwd=PROJECT, env=os.environ | environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self) -> str:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()


@pytest.fixture
def asker(home: Path, tmp_path: Path) -> Iterator[Asker]:
    made = Asker(home, tmp_path)
    yield made
    made.process.communicate()


def test_a_stopped_server_is_told_and_so_is_its_return(home: Path, asker: Asker) -> None:
    assert asker.ask().startswith("database: 数据库没有应答")
    with User(home) as user:
        user.ready()
        assert asker.ask().startswith("database: ok | migrations: 数据库还没有建表")
        user.end()
    assert asker.ask().startswith("database: 数据库没有应答")
    with User(home) as user:
        user.ready()
        assert asker.ask().startswith("database: ok")
        user.end()
