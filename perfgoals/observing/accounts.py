"""What one request has cost so far."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

NO_ROUTE: Final = "none"
"""Stands for an address that is none of the site's."""


@dataclass(slots=True)
class Account:
    """One request, its statements and the seconds that the database took for them."""

    request: HttpRequest
    number: str
    """Names the request in every line about it, and in the answer's header ``X-Request-ID``."""
    statements: int = 0
    database_seconds: float = 0.0
    refused: str = ""
    """Why the request is refused, where that was said (`perfgoals.observing.refusals`)."""
    person: int | None = None
    """Key of the person whom a refusal concerns, while nobody is logged in."""

    @property
    def route(self) -> str:
        """The address's name, never the address: that may hold keys and words of a search."""
        match = self.request.resolver_match
        return match.view_name if match and match.view_name else NO_ROUTE

    @property
    def user(self) -> int | None:
        """Key of the person, if the request has looked for one; the database is not asked for it."""
        user = getattr(self.request, "user", None)
        # The API puts its own person in the place of the session's, for whom something may have looked before.
        user = getattr(self.request, "_cached_user", None) if isinstance(user, SimpleLazyObject) else user
        return getattr(user, "pk", None)


_current: ContextVar[Account | None] = ContextVar("account of the request", default=None)


def current() -> Account | None:
    """The account of the request that is being answered here; ``None`` in commands and workers."""
    return _current.get()


@contextmanager
def kept(account: Account) -> Iterator[Account]:
    """Statements in the block belong to the account."""
    token = _current.set(account)
    try:
        yield account
    finally:
        _current.reset(token)


def program() -> str:
    """Name of the running program: of ``manage.py`` its command, never its arguments."""
    name = Path(sys.argv[0]).name or "python"
    return sys.argv[1] if name == "manage.py" and len(sys.argv) > 1 else name
