"""Serving the site with gunicorn from inside this process.

Demo mode prepares the database and then serves from the same process, so that the embedded server sees one user from
the first query to the last and is never stopped in between.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from perfgoals.jobs.keeping import WorkerKeeper


class Site(BaseApplication):
    """The site on one address of this machine, with a worker beside it."""

    def __init__(self, *, address: str, on_ready: Callable[[], None]) -> None:
        keeper = WorkerKeeper()

        def ready(_server: object) -> None:
            keeper.start()
            on_ready()

        self._settings: dict[str, Any] = {
            "bind": address,
            "workers": 2,
            "threads": 4,
            "timeout": 120,
            "loglevel": "warning",
            "when_ready": ready,
            "on_exit": lambda _server: keeper.stop(),
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings to gunicorn."""
        for name, value in self._settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application; each worker asks for it."""
        return get_wsgi_application()


def serve(*, address: str, on_ready: Callable[[], None]) -> None:
    """Serve until the process is told to stop. Connections made so far are closed first: workers must not share them."""
    connections.close_all()
    Site(address=address, on_ready=on_ready).run()


def is_free(host: str, port: int) -> bool:
    """Whether an address can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
