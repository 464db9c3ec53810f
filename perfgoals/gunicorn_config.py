"""Gunicorn's configuration: ``gunicorn -c perfgoals/gunicorn_config.py perfgoals.wsgi``."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any, Final

_M_ARENA_MAX: Final = -8
"""As ``malloc.h`` has it."""

bind = os.environ.get("PERFGOALS_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 120  # until a worker that shows no life is ended; with threads, a long request (an import) is none
preload_app = False  # so that SIGHUP loads new code
accesslog = None
errorlog = "-"
loglevel = "warning"
# Newer versions open a socket for remote control, which nothing here uses.
control_socket_disable = True


def on_starting(_server: object) -> None:
    """Make the master a user of the embedded database, so that it stays through restarts of the workers."""
    # Imported here: this file is read before the project is on the path.
    from django.conf import settings

    from perfgoals.observing import several
    from perfgoals.postgres.server import ensure_running

    several.begin()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    home = settings.DATABASES["default"].get("PERFGOALS_HOME")
    if home is not None:
        ensure_running(home)


def post_fork(_server: object, _worker: object) -> None:
    """Let the threads of a worker share two of the C library's heaps, and take short turns.

    Otherwise each thread keeps one of its own, and all of them grow to what the largest page or file once took.
    """
    # A short page waits less for threads that reckon: a turn of a twentieth of a page's time, and not half of it.
    sys.setswitchinterval(0.0005)
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):  # the GNU library's own
        library.mallopt(_M_ARENA_MAX, 2)


def post_worker_init(_worker: object) -> None:
    """Be ready for the first request before it comes."""
    from perfgoals.warming import warm

    warm()


def when_ready(server: Any) -> None:
    """Start a worker beside the site, unless workers run elsewhere (``PERFGOALS_WORKER=0``)."""
    from perfgoals.environment import flag, text

    if text("PERFGOALS_WORKER") is None or flag("PERFGOALS_WORKER"):
        from perfgoals.jobs.keeping import WorkerKeeper

        server.perfgoals_keeper = WorkerKeeper()
        server.perfgoals_keeper.start()


def child_exit(_server: object, worker: Any) -> None:
    """Keep what a process has counted, now that it is gone."""
    from perfgoals.observing import several

    several.forget(worker.pid)


def on_exit(server: Any) -> None:
    """End the worker with the site."""
    from perfgoals.observing import several

    if keeper := getattr(server, "perfgoals_keeper", None):
        keeper.stop()
    several.end()
