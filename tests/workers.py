"""The program's own worker, in a process of its own on the tests' database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from tests import telling

PROGRAM = f"""
{telling.DUMPING}
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
{{before}}
from perfgoals.jobs.workers import work
work()
"""


@contextmanager
def worker(before: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A worker that lives as long as the block. ``before`` is Python that its process runs first."""
    process = start_worker(before)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        telling.forget(process)


def start_worker(before: str = "") -> subprocess.Popen[bytes]:
    """A worker; whoever starts it ends it."""
    place = telling.place_for_stacks()
    command = [sys.executable, "-c", PROGRAM.replace("{before}", before), connection.settings_dict["NAME"], place]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "perfgoals.settings"}
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    telling.watch(process, place)
    return process


def until(condition: object, within: float = 180.0) -> bool:
    """Whether something becomes true in time."""
    deadline = time.monotonic() + within
    while not condition():  # type: ignore[operator]
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
