"""PostgreSQL's own programs for the server in use: the wheel's, or newer ones of the machine for a newer server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from django.db import connection
from psycopg.conninfo import make_conninfo

from perfgoals.keeping.errors import KeepingError
from perfgoals.postgres import ServerError, binaries

_VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")


def server_major() -> int:
    """Major version of the server."""
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def program(name: str, *, server: int) -> Path:
    """A program that understands this server: PostgreSQL's read older ones, never newer ones.

    Raises `KeepingError` where there is none.
    """
    if server <= binaries.MAJOR:
        try:
            return binaries.program(name)
        except ServerError as error:
            raise KeepingError(str(error)) from error
    found = shutil.which(name)
    if found is None or _major(found) < server:
        raise KeepingError(
            f"数据库服务器是 PostgreSQL {server}，本程序带的 {name} 是 {binaries.MAJOR}，不能用于更新的服务器；"
            f"请安装 postgresql-client-{server}，使它的 {name} 在 PATH 中。"
        )
    return Path(found)


def version(path: Path | str) -> str:
    """What a program says of its version."""
    # A program of PostgreSQL's, with nothing from outside.
    return subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603


def _major(path: str) -> int:
    found = _VERSION.search(version(path))
    return int(found[1]) if found else 0


def target() -> str:
    """How a program reaches the database, without the password, which everybody on the machine could read there."""
    given: dict[str, Any] = connection.get_connection_params()
    known = {key: str(given[key]) for key in ("host", "port", "user", "dbname") if given.get(key)}
    options = {key: value for key, value in connection.settings_dict["OPTIONS"].items() if isinstance(value, str)}
    return make_conninfo(**{**options, **known})


def environment() -> dict[str, str]:
    """With the password, and with messages that can be searched."""
    password = connection.settings_dict["PASSWORD"]
    return os.environ | {"LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})
