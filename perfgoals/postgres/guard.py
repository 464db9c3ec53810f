"""``python -m perfgoals.postgres.guard HOME LOCK``: stops the embedded server when nobody uses it any more.

Started by `perfgoals.postgres.server`, never by hand. LOCK is the inherited descriptor of the lock ``guard``.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from perfgoals.postgres import cluster as clusters
from perfgoals.postgres import locks
from perfgoals.postgres.places import Cluster


def main(home: str, guard: str) -> None:
    """Wait for the last user to end, then stop the server."""
    # The signals that end its users are not for it: it goes when they have gone.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    cluster = Cluster(Path(home))
    # Had the home been removed and made anew, these locks would be gone with it and the new home's would
    # have a guard of its own.
    if not locks.is_at(int(guard), cluster.locks / "guard"):
        return
    alone = locks.hold(cluster.locks / "users")
    try:
        if locks.is_at(int(guard), cluster.locks / "guard"):
            clusters.stop(cluster)
    finally:
        # In this order: a user that comes in now must not take this process for its guard.
        os.close(int(guard))
        os.close(alone)


if __name__ == "__main__":
    main(*sys.argv[1:])
