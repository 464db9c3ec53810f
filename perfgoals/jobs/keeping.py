"""Keeping one worker alive beside a web server: begun with it, begun again when it dies, ended with it.

The web server's first process imports this without having loaded the apps, so that nothing here may import a model.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from typing import Final

from django.conf import settings

SECONDS_TO_END: Final = 10
SECONDS_BEFORE_ANOTHER: Final = 2

logger = logging.getLogger(__name__)


def start_worker() -> subprocess.Popen[bytes]:
    """A worker in a process of its own, which ends with this one."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--parent", str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603  # our own program, with nothing from outside


class WorkerKeeper:
    """Belongs to the server's first process, which does not serve itself."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True, name="worker-keeper")

    def start(self) -> None:
        """Begin. Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker, which hands back what it has begun."""
        self._stopping.set()
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            try:
                self._process = start_worker()
                self._process.wait()
            except OSError:
                logger.exception("no worker could be begun")
            self._stopping.wait(SECONDS_BEFORE_ANOTHER)
