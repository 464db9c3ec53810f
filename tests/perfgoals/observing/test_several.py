"""The production server with several processes: one sum, whichever answers, and lines on standard error."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from tests.databases import Database, database
from tests.workers import until

pytestmark = pytest.mark.django_db

TOKEN = "prometheus-token"


class Server:
    """gunicorn as ``./run serve`` starts it, with two processes."""

    def __init__(self, on: Database, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.log = home / "log"
        environment = on.environment(home) | {
            "PERFGOALS_BIND": self.address, "WEB_CONCURRENCY": "2", "PERFGOALS_WORKER": "0", "TMPDIR": str(home),
            "PERFGOALS_METRICS_TOKEN": TOKEN, "PERFGOALS_SLOW_REQUEST_SECONDS": "0.000001",
        }  # fmt: skip
        command = [sys.executable, "-m", "gunicorn", "-c", "perfgoals/gunicorn_config.py", "perfgoals.wsgi"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=log)

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        try:
            with urlopen(Request(f"http://{self.address}{path}", headers=headers), timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def counted(self) -> float:
        """How often ``/healthz`` was answered, by what ``/metrics`` tells."""
        _status, text = self.ask("/metrics", Authorization=f"Bearer {TOKEN}")
        found = re.search(r'perfgoals_requests_total\{method="GET",route="healthz",status="200"\} (\S+)', text)
        return float(found[1]) if found else 0.0

    def ask_at_once(self) -> None:
        """More than one process can answer at a time."""
        with ThreadPoolExecutor(16) as threads:
            for status, _text in threads.map(self.ask, ["/healthz"] * 64):
                assert status == 200

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in children]


@pytest.fixture
def server(migrated: Database, tmp_path: Path) -> Iterator[Server]:
    with database(migrated.name) as own:
        running = Server(own, tmp_path)
        try:
            yield running
        finally:
            running.process.terminate()
            running.process.wait()


def test_counts_of_all_processes_are_one_sum_that_outlives_them(server: Server, tmp_path: Path) -> None:
    assert until(lambda: server.ask("/healthz")[0] == 200)
    begun = server.counted()
    server.ask_at_once()
    assert len(list(tmp_path.glob("perfgoals-metrics-*/counter_*.db"))) == 2
    assert server.counted() == begun + 64
    begun = server.counted()
    for _ in range(20):
        assert server.ask("/healthz")[0] == 200
    assert {server.counted() for _ in range(6)} == {begun + 20}
    before = server.processes()
    os.kill(before[0], signal.SIGKILL)
    assert until(lambda: len(server.processes()) == 2 and server.processes() != before)
    assert until(lambda: server.ask("/healthz")[0] == 200)
    assert server.counted() > begun + 20
    assert server.ask("/metrics")[0] == 404
    status, why = server.ask("/readyz")
    assert status == 503
    assert json.loads(why)["checks"]["database"] == "ok"
    assert "后台程序" in json.loads(why)["checks"]["worker"]
    server.process.terminate()
    server.process.wait()
    assert list(tmp_path.glob("perfgoals-metrics-*")) == []
    lines = [line for line in server.log.read_text().splitlines() if line.startswith("{")]
    routes = {line["route"] for line in map(json.loads, lines) if line["event"] == "slow_request"}
    assert {"healthz", "metrics", "readyz"} <= routes
    refused = [line for line in map(json.loads, lines) if line["event"] == "refusal"]
    assert [(line["path"], line["status"], line["user"]) for line in refused] == [("/metrics", 404, None)]
    assert TOKEN not in server.log.read_text()
