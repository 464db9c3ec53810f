"""The production server with all of its processes, and a browser without scripts that keeps drafts and saves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from django.conf import settings

from benchmarks.edit_forms import EditForm
from benchmarks.sessions import session_of
from perfgoals.models import User
from tests.faults.acting import Notes

_START = 60.0


class Browser:
    """Somebody who is logged in."""

    def __init__(self, port: int, by: User) -> None:
        self._port = port
        self._cookies = {settings.SESSION_COOKIE_NAME: session_of(by)}

    def ask(self, method: str, path: str, fields: list[tuple[str, str]] | None = None) -> tuple[int, str]:
        """The answer's status and text; 0 where there was none."""
        link = HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            link.request(method, path, urlencode(fields) if fields is not None else None, headers)
            answer = link.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self._cookies[key] = rest.partition(";")[0]
            return answer.status, answer.read().decode()
        except (OSError, HTTPException):
            return 0, ""
        finally:
            link.close()

    def save(self, pk: int, tag: str, number: int, notes: Notes) -> bool:
        """Open the form, keep what is typed as a draft, and save it."""
        path = f"/projects/{pk}/edit/"
        status, page = self.ask("GET", path)
        form = EditForm()
        form.feed(page)
        fields = [(name, f"{tag}-{number}" if name == "head.basis" else value) for name, value in form.fields]
        token = next((value for name, value in fields if name == "token"), "")
        if status != 200 or not token:
            return False
        if self.ask("POST", path, [*fields, ("autosave", "1")])[0] == 200:
            notes.note(f"draft {token} {number}")
        if self.ask("POST", path, [*fields, ("save", "1")])[0] != 302:
            return False
        notes.note(f"saved {token} {number}")
        return True


@contextmanager
def served(home: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """gunicorn as ``./run serve`` starts it, in a group of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    environment = os.environ | {
        "PERFGOALS_HOME": str(home), "PERFGOALS_BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "2", "PERFGOALS_WORKER": "0",
        "PERFGOALS_PAGE_RATE": "0",  # one browser saves more often than any person
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "-c", "perfgoals/gunicorn_config.py", "perfgoals.wsgi"]
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield port, process
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """``kill -9`` of the server's first process and of all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def saving_in_the_browser(
    home: Path, pk: int, tag: str, notes: Notes, by: User, *, is_killed: bool, random: Random
) -> None:
    """Save again and again; at a random moment the server is killed, and somebody starts it once more."""
    browser_ended = threading.Event()
    with served(home) as (port, process):
        browser = Browser(port, by)
        deadline = time.monotonic() + _START
        while browser.ask("GET", "/healthz")[0] != 200 and time.monotonic() < deadline:
            time.sleep(0.1)

        def go_on() -> None:
            for number in range(6):
                if not browser.save(pk, tag, number, notes):
                    break
            browser_ended.set()

        thread = threading.Thread(target=go_on)
        thread.start()
        if is_killed:
            browser_ended.wait(random.random() * 3)
            kill_group(process)
        thread.join()
    if not is_killed and not any(line.startswith("saved") for line in notes.read()):
        raise AssertionError("saving over HTTP does not even work without a fault")
