"""Lines of JSON about what is slow and what was refused, for programs that collect logs."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any, Final

from perfgoals.observing.accounts import Account, program
from perfgoals.observing.refusals import path_of

LOGGER: Final = logging.getLogger("perfgoals.slow")
REFUSALS: Final = logging.getLogger("perfgoals.refusals")
LONGEST_STATEMENT: Final = 4000
"""Characters of a statement's text that are told."""
_QUOTED: Final = re.compile(r"'(?:[^']|'')*'|(\$\w*\$).*?\1", re.DOTALL)


class JsonLines(logging.Formatter):
    """One object a record: time (UTC), level, event, and the facts given as ``extra={"facts": …}``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, in ASCII, so that no terminal or collector can garble it."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts: dict[str, Any] = getattr(record, "facts", {})
        return json.dumps({"time": time, "level": record.levelname, "event": record.getMessage(), **facts})


def tell_request(account: Account, *, status: int, seconds: float) -> None:
    """The line of a slow request."""
    facts = {
        "request": account.number,
        "method": account.request.method,
        "route": account.route,
        "status": status,
        "seconds": round(seconds, 3),
        "statements": account.statements,
        "database_seconds": round(account.database_seconds, 3),
        "user": account.user,
    }
    LOGGER.warning("slow_request", extra={"facts": facts})


def tell_statement(account: Account | None, statement: object, *, seconds: float, failed: bool) -> None:
    """The line of a slow statement, inside a request or not."""
    where = {"request": account.number, "route": account.route} if account else {"program": program()}
    facts = {**where, "seconds": round(seconds, 3), "failed": failed, "statement": without_values(statement)}
    LOGGER.warning("slow_statement", extra={"facts": facts})


def tell_refusal(account: Account, *, status: int, reason: str) -> None:
    """The line of a request that was refused."""
    facts = {
        "request": account.number,
        "method": account.request.method,
        "path": path_of(account),
        "route": account.route,
        "status": status,
        "reason": reason,
        "user": account.user or account.person,
    }
    REFUSALS.warning("refusal", extra={"facts": facts})


def tell_refused_work(reason: str, number: int, *, person: int) -> None:
    """The line of something that a worker refused, which its person sees in the site: its key and the person's."""
    facts = {"program": program(), "reason": reason, "number": number, "user": person}
    REFUSALS.warning("refusal", extra={"facts": facts})


def without_values(statement: object) -> str:
    """The text of a statement as it was written, its parameters still ``%s``; what it quotes becomes ``'…'`` as well."""
    text = statement if isinstance(statement, str) else f"({type(statement).__name__})"
    return _QUOTED.sub("'…'", " ".join(text.split()))[:LONGEST_STATEMENT]
