"""Where the embedded server keeps what: pure paths, nothing is touched.

::

    home/postgres/          owned by the account that the server runs under, closed to all others
        data/               the cluster
        socket/             the socket, unless its path would be too long
        server.log
    home/postgres.locks/    owned by whoever owns home
        users start guard server
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROLE: Final = "perfgoals"
DATABASE: Final = "perfgoals"
PORT: Final = 5432
"""Only a part of the socket's name: the server never listens on the network."""
SOCKET_NAME: Final = f".s.PGSQL.{PORT}"
SOCKET_PATH_LIMIT: Final = 107
"""Bytes that Linux leaves for a socket's path (``sun_path`` without its end mark)."""


@dataclass(frozen=True)
class Cluster:
    """The embedded server that belongs to one ``PERFGOALS_HOME``."""

    home: Path

    def __post_init__(self) -> None:
        # Two ways to the same folder must meet at the same locks.
        object.__setattr__(self, "home", Path(os.path.realpath(self.home)))

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def locks(self) -> Path:
        return self.home / "postgres.locks"


def socket_folder(cluster: Cluster) -> Path:
    """The folder for the socket: in the home, or in the temporary folder if the home's path cannot serve."""
    inside = cluster.folder / "socket"
    return inside if _can_hold_socket(inside) else temporary_socket_folder(cluster)


def temporary_socket_folder(cluster: Cluster) -> Path:
    """A short path of this user and this home alone."""
    digest = hashlib.sha256(os.fsencode(cluster.home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"perfgoals-{os.geteuid()}-{digest}"


def _can_hold_socket(folder: Path) -> bool:
    raw = os.fsencode(folder / SOCKET_NAME)
    # The client library reads a comma as the start of a second host, and the path as UTF-8.
    return len(raw) <= SOCKET_PATH_LIMIT and b"," not in raw and _is_utf8(raw)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
