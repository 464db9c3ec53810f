"""One worker is kept alive beside the site."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from perfgoals.jobs import keeping
from perfgoals.jobs.keeping import WorkerKeeper
from tests.perfgoals.jobs.conftest import soon


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that were begun; what they do is of no matter here."""
    processes: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        processes.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        return processes[-1]

    monkeypatch.setattr(keeping, "start_worker", start)
    monkeypatch.setattr(keeping, "SECONDS_BEFORE_ANOTHER", 0.05)
    yield processes
    for process in processes:
        process.kill()
        process.wait()


def test_a_dead_worker_is_replaced_until_told_to_stop(started: list[subprocess.Popen[bytes]]) -> None:
    keeper = WorkerKeeper()
    keeper.start()
    assert soon(lambda: len(started) == 1)
    started[0].kill()
    assert soon(lambda: len(started) == 2)
    keeper.stop()
    assert started[1].wait(5) != 0
    assert not soon(lambda: len(started) > 2, within=0.5)


def test_stopping_before_anything_began_is_no_fault() -> None:
    WorkerKeeper().stop()


def test_a_worker_that_cannot_be_begun_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def fail() -> subprocess.Popen[bytes]:
        tries.append(1)
        raise OSError("no memory")

    monkeypatch.setattr(keeping, "start_worker", fail)
    monkeypatch.setattr(keeping, "SECONDS_BEFORE_ANOTHER", 0.05)
    keeper = WorkerKeeper()
    keeper.start()
    assert soon(lambda: len(tries) > 1)
    keeper.stop()


def test_the_web_server_imports_it_without_loading_the_apps() -> None:
    command = [sys.executable, "-c", "import perfgoals.jobs.keeping, django.apps; assert not django.apps.apps.ready"]
    assert subprocess.run(command, cwd=settings.BASE_DIR, check=False).returncode == 0
