"""Every statement over Django's cursors: counted for its request, and told when it is slow.

COPY goes round these cursors, and so do the queue's own statements; neither is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any, Final

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from perfgoals.observing.accounts import NO_ROUTE, current, program
from perfgoals.observing.lines import tell_statement
from perfgoals.observing.metrics import SLOW_STATEMENTS

WORKER: Final = "work"
"""The command whose statements are told like those of requests. Others have somebody who waits at a terminal for them."""


def watch(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """See the statements of a connection from now on (a receiver of ``connection_created``)."""
    wrappers = connection.execute_wrappers
    if observe not in wrappers:
        # First and not last: whoever has a wrapper for a while takes the last one off again.
        wrappers.insert(0, observe)


def observe(execute: Callable[..., Any], statement: Any, values: Any, many: bool, context: dict[str, Any]) -> Any:
    """Execute a statement and account for it."""
    started = perf_counter()
    failed = True
    try:
        result = execute(statement, values, many, context)
        failed = False
        return result
    finally:
        _account_for(statement, perf_counter() - started, failed)


def _account_for(statement: object, seconds: float, failed: bool) -> None:
    account = current()
    if account is not None:
        account.statements += 1
        account.database_seconds += seconds
    if 0 < settings.SLOW_STATEMENT_SECONDS <= seconds and (account or program() == WORKER):
        SLOW_STATEMENTS.labels(account.route if account else NO_ROUTE).inc()
        tell_statement(account, statement, seconds=seconds, failed=failed)
