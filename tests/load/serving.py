"""The production server as ``./run serve`` starts it, on a home, and how much memory its processes hold."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from benchmarks.homes import ROOT, environment, run
from tests.faults.web import kill_group

START: Final = 120.0
STOP: Final = 30.0
EVERY: Final = 5.0
"""Seconds between two samples."""
WEB, WORKER = "网站", "后台"


@contextmanager
def served(home: Path, port: int, log: Path) -> Iterator[int]:
    """The number of its first process. What it says goes into ``log``; with the block all of it ends.

    Raises ``RuntimeError`` where it does not answer in time.
    """
    given = environment(home) | {"PERFGOALS_BIND": f"127.0.0.1:{port}", "PERFGOALS_COLLECTED_STATIC": "1"}
    given.pop("PERFGOALS_WORKER", None)  # production has one beside it
    os.environ["PERFGOALS_COLLECTED_STATIC"] = "1"
    run(home, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    command = [sys.executable, "-m", "gunicorn", "-c", "perfgoals/gunicorn_config.py", "perfgoals.wsgi"]
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=said, stderr=said, start_new_session=True)
    try:
        _wait_for(port, process)
        yield process.pid
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP)
        kill_group(process)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START
    while process.poll() is None and time.monotonic() < deadline:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with suppress(OSError, http.client.HTTPException):
            link.request("GET", "/readyz")
            if link.getresponse().status == 200:
                return
        link.close()
        time.sleep(0.5)
    raise RuntimeError("the server does not answer")


class Memory:
    """Samples of a server's processes, taken in a thread of its own while the block lasts.

    MB are proportional set sizes (PSS), in which what several processes share is counted once.
    """

    def __init__(self, first: int) -> None:
        self._first, self._over = first, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.samples: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        self.processes: defaultdict[str, set[int]] = defaultdict(set)
        """Kind → every process that was seen: more than at a time means that one died and was replaced."""
        self.at_a_time: defaultdict[str, int] = defaultdict(int)

    def __enter__(self) -> Memory:
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def replaced(self) -> list[str]:
        """Kinds of which a process died meanwhile."""
        return [kind for kind, seen in self.processes.items() if len(seen) > self.at_a_time[kind]]

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            at = time.monotonic() - self._began
            for kind, sizes in _sizes(self._first).items():
                self.samples[kind].append((at, sum(sizes.values())))
                self.processes[kind] |= sizes.keys()
                self.at_a_time[kind] = max(self.at_a_time[kind], len(sizes))


def _sizes(first: int) -> dict[str, dict[int, float]]:
    """Kind → process → MB, of the children of the server's first process."""
    found: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for pid in _children(first):
        with suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            kind = WORKER if b"manage.py\0work" in command else WEB if b"gunicorn" in command else None
            if kind:
                found[kind][pid] = _megabytes(pid)
    return found


def _children(pid: int) -> list[int]:
    """Of every thread: the worker is begun by one that is not the first."""
    found = []
    with suppress(OSError):
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            found += [int(number) for number in path.read_text().split()]
    return found


def _megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
