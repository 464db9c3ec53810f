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


def begin(*, request: HttpRequest, **_signal: Any) -> None:
    """Note when somebody logged in (`user_logged_in`)."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class SessionLimitsMiddleware:
    """Logs out whoever logged in too long ago, or did nothing for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        session, now = request.session, int(time.time())
        if SESSION_KEY in session:
            if is_over(session, now):
                logout(request)
            elif now - session[SEEN] >= NOTED_EVERY:
                session[SEEN] = now
        return self.get_response(request)


def is_over(session: SessionBase, now: int) -> bool:
    """Whether a session is at its end; one that does not know its times is."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        return True
    idle = settings.IDLE_MINUTES * 60
    return now - began >= settings.SESSION_COOKIE_AGE or bool(idle and now - seen >= idle)
