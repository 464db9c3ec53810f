"""Keeping one worker alive beside a web server: begun with it, begun again when it dies, ended with it."""

from __future__ import annotations

import logging
import subprocess
import threading
from typing import Final

from perfgoals.jobs.workers import start_worker

SECONDS_TO_END: Final = 10
SECONDS_BEFORE_ANOTHER: Final = 2

logger = logging.getLogger(__name__)


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
