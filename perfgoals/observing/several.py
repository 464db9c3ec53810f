"""Counting over several processes: each keeps its counts in a file of one folder, and whoever is asked adds them up.

The folder belongs to one run of the server; its first process makes it before it imports the site and removes it at
the end. ``prometheus_client`` reads the variable when it is imported.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Final

VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
_made: list[str] = []


def begin() -> None:
    """Make the folder, and name it to every process that begins from here. One that the operator named is used as it is."""
    if not os.environ.get(VARIABLE):
        _made.append(tempfile.mkdtemp(prefix="perfgoals-metrics-"))
        os.environ[VARIABLE] = _made[0]


def forget(pid: int) -> None:
    """A process has ended: its gauges go, its counts stay."""
    # Imported here: the first process does not count anything itself.
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)  # type: ignore[no-untyped-call]


def end() -> None:
    """Remove the folder that was made."""
    while _made:
        shutil.rmtree(_made.pop(), ignore_errors=True)
