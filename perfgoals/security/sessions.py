"""How long a log-in lasts: a working day at most, and not that long once nobody is at it.

Times stand in the session. What was seen is noted once a minute, so that looking around does not write with every page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase

BEGAN: Final = "began"
SEEN: Final = "seen"
NOTED_EVERY: Final = 60
LOG_IN: Final = "log_in"
"""The number of its row in the list of log-ins (`perfgoals.logins.keeping`)."""


def begin(*, request: HttpRequest, **_signal: Any) -> None:
    """Note when somebody logged in (`user_logged_in`)."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class SessionLimitsMiddleware:
    """Logs out whoever logged in too long ago, or did nothing for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        from perfgoals.logins import keeping  # late, since it knows this module

        session, now = request.session, int(time.time())
        if SESSION_KEY in session:
            if is_over(session, now):
                logout(request)
            elif now - session[SEEN] >= NOTED_EVERY:
                session[SEEN] = now
                if not keeping.see(session, now):
                    logout(request)
        key = session.session_key
        response = self.get_response(request)
        # A new password or second factor gives a log-in a new key.
        if SESSION_KEY in session and session.session_key != key and not keeping.see(session, now):
            logout(request)
        return response


def is_over(session: SessionBase, now: int) -> bool:
    """Whether a session is at its end; one that does not know its times, or is in nobody's list of log-ins, is."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None or LOG_IN not in session:
        return True
    idle = settings.IDLE_MINUTES * 60
    return now - began >= settings.SESSION_COOKIE_AGE or bool(idle and now - seen >= idle)
