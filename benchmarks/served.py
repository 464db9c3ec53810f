"""Programs that serve pages on this machine, each in a process of its own, and one client that asks them by turns."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from benchmarks.homes import ROOT, environment
from benchmarks.timing import Times, seconds_of

PATIENCE: Final = 120.0
WARM: Final = 3


class Served:
    """A program on a port of its own, until the block ends."""

    def __init__(self, command: Sequence[str], port: int, given: Mapping[str, str], cookie: str = "") -> None:
        self._port, self._headers = port, {"Cookie": cookie, "Accept-Encoding": "gzip"}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

    def __enter__(self) -> Self:
        try:
            self._wait()
        except BaseException:  # also a signal: the block's end, which would end the program, is not reached
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=1):
                    return
            except OSError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError(f"{self._process.args!r} does not answer") from None
                time.sleep(0.1)

    def _end(self) -> None:
        self._link.close()
        self._process.terminate()
        self._process.wait()

    def get(self, address: str) -> bytes:
        """The page as it is sent. Raises `RuntimeError` where it is none."""
        try:
            answer = self._ask(address)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._link.close()  # it was idle for longer than the program waits
            answer = self._ask(address)
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status}")
        return body

    def _ask(self, address: str) -> http.client.HTTPResponse:
        self._link.request("GET", address, headers=self._headers)
        return self._link.getresponse()


def gunicorn(home: Path, application: str, port: int, cookie: str, *more: str) -> Served:
    """A Django site with one process, as all the programs have."""
    given = environment(home) | {
        "PERFGOALS_BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1", "PERFGOALS_WORKER": "0",
    }  # fmt: skip
    return Served([sys.executable, "-m", "gunicorn", *more, application], port, given, cookie)


def production(home: Path, port: int) -> Served:
    """The site as ``./run serve`` starts it on this machine: its usual processes, a worker beside them, collected static files."""
    given = environment(home) | {"PERFGOALS_BIND": f"127.0.0.1:{port}", "PERFGOALS_COLLECTED_STATIC": "1"}
    given.pop("PERFGOALS_WORKER", None)
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], cwd=ROOT, env=given, check=True
    )
    config = str(ROOT / "perfgoals" / "gunicorn_config.py")
    return Served([sys.executable, "-m", "gunicorn", "-c", config, "perfgoals.wsgi"], port, given)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


Asked = Mapping[str, tuple[Served, str]]
"""Program → where it is, and the address of a page there."""


def times_of(pages: Mapping[str, Asked], rounds: int, most: float = 20.0) -> dict[str, dict[str, Times]]:
    """Page → program → times, asked by turns. What takes longer than ``most`` seconds is asked three times only."""
    seconds: dict[tuple[str, str], list[float]] = {}
    for page, asked in pages.items():
        for program, (server, address) in asked.items():
            first = seconds_of(lambda server=server, address=address: server.get(address))  # type: ignore[misc]
            for _ in range(WARM - 1 if first < most else 0):
                server.get(address)
            seconds[page, program] = []
    for nth in range(rounds):
        for page, asked in pages.items():
            for program, (server, address) in asked.items():
                taken = seconds[page, program]
                if nth < 3 or taken[-1] < most:
                    taken.append(seconds_of(lambda server=server, address=address: server.get(address)))  # type: ignore[misc]
    return {page: {program: Times.of(seconds[page, program]) for program in asked} for page, asked in pages.items()}
