"""What ``/readyz`` looks at: the database, its tables, and a worker of the queue."""

from __future__ import annotations

import threading
import time
from typing import Final, NamedTuple

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from perfgoals.health.schema import misfit, schema_of
from perfgoals.jobs.workers import QUIET_SECONDS, is_working

PATIENCE: Final = 5
"""Seconds for reaching the database, and for each statement."""
SECONDS_KEPT: Final = 1.0
"""So long an answer is given again: anybody may ask, and nobody is to keep the database busy with it."""
NO_WORKER: Final = (
    f"后台程序已有 {QUIET_SECONDS} 秒以上没有动静，上传和大的导出都在等待，请检查 ./run serve 或 ./run manage work。"
)


class Check(NamedTuple):
    """One thing looked at: ``why`` says in one sentence what is wrong, and is empty where all is well."""

    name: str
    why: str = ""


_lock = threading.Lock()
_last: tuple[float, list[Check]] = (-SECONDS_KEPT, [])


def readiness() -> list[Check]:
    """Everything, as it stands now or stood a moment ago. What rests on something that is wrong is not looked at."""
    global _last
    with _lock:
        at, found = _last
        if time.monotonic() - at >= SECONDS_KEPT:
            found = look()
            _last = (time.monotonic(), found)
        return found


def look() -> list[Check]:
    """As `readiness`, now. Over a new connection: that an old one still stands does not say that others can be had."""
    connection = connections["default"].copy()
    options = connection.settings_dict["OPTIONS"]
    options["connect_timeout"] = PATIENCE
    options["options"] = f"{options.get('options', '')} -c statement_timeout={PATIENCE}s".strip()
    try:
        return _look(connection)
    except DatabaseError:
        # Not the reason as given: it names hosts and roles, and anybody may ask.
        return [Check("database", "数据库没有应答，请检查数据库服务器和 DATABASE_URL，原因见服务器日志。")]
    finally:
        connection.close()


def _look(connection: BaseDatabaseWrapper) -> list[Check]:
    connection.ensure_connection()
    wrong = misfit(schema_of(connection))
    checks = [Check("database"), Check("migrations", wrong or "")]
    if wrong is None:
        checks.append(Check("worker", "" if is_working(connection) else NO_WORKER))
    return checks
