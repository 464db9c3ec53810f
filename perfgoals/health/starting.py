"""What stands in the way of a start, in one sentence that says what to do, before anything is begun."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from perfgoals.commands import reason
from perfgoals.environment import flag, number, text
from perfgoals.health.schema import misfit, schema_of

_ADDRESS: Final = re.compile(r"(?:unix:.+|fd://\d+|(?:\[[0-9A-Fa-f:]+\]|[^:\s]*)(?::(?P<port>\d{1,5}))?)")


def problem_of_site() -> str | None:
    """What keeps the production server from starting."""
    return _problem_of_server() or problem_of_home() or problem_of_database()


def problem_of_home() -> str | None:
    """Why nothing can be written under ``PERFGOALS_HOME``."""
    home: Path = settings.PERFGOALS_HOME
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return None
    except OSError as error:
        return f"文件夹“{home}”不能写入（{reason(error)}），请改正它的权限，或用环境变量 PERFGOALS_HOME 另选一个。"


def problem_of_database(*, may_be_older: bool = False) -> str | None:
    """Why the database cannot be used, or does not fit the program; with ``may_be_older``, and cannot be made to fit."""
    try:
        schema = schema_of(connection)
        return misfit(schema._replace(missing=[]) if may_be_older else schema)
    except DatabaseError as error:
        return f"数据库无法使用：{str(error).strip().splitlines()[0]}"


def _problem_of_server() -> str | None:
    """What is wrong in the settings that only the server reads (`perfgoals.gunicorn_config`)."""
    try:
        flag("PERFGOALS_WORKER")
        if number("WEB_CONCURRENCY", default=2) < 1:
            return "环境变量 WEB_CONCURRENCY 的值“0”不能用，至少要有 1 个进程。"
    except ImproperlyConfigured as error:
        return str(error)
    given = _ADDRESS.fullmatch(text("PERFGOALS_BIND") or "127.0.0.1:8000")
    if given is None or not 0 < int(given["port"] or 8000) < 65_536:
        return f"环境变量 PERFGOALS_BIND 的值“{os.environ['PERFGOALS_BIND']}”不是地址，请写成 127.0.0.1:8000 这样。"
    return None
