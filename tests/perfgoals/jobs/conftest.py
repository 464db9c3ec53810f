"""Work and workers for the tests of the queue."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from imports.models import Export
from projects.permissions import AUDIT
from tests import factories


def soon(condition: Callable[[], bool], within: float = 20.0) -> bool:
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class Workers:
    """Real worker processes, and what their work left in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.all: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.perfgoals.jobs.worker", connection.settings_dict["NAME"], self.folder]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "perfgoals.settings"}
        self.all.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment))
        return self.all[-1]

    def begun(self) -> list[int]:
        return self._pids("begun")

    def ended(self) -> list[int]:
        return self._pids("ended")

    def go(self) -> None:
        (self.folder / "go").touch()

    def _pids(self, name: str) -> list[int]:
        path = self.folder / name
        return [int(line) for line in path.read_text().split()] if path.exists() else []


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    started = Workers(tmp_path)
    yield started
    for process in started.all:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


def export() -> Export:
    """A row of work; any model of work would do."""
    return Export.objects.create(user=factories.user(AUDIT), kind="csv", file_name="项目.csv")
