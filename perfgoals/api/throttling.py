"""How often the API is asked: so many requests a minute for each token, person or, without an account, address.

Requests that are refused for want of a good token are counted too, for each address: there they are the only ones that
are told to wait, so that nobody can keep a colleague's program behind the same proxy from reading.

The count stands in the database, one row an asker, and is raised by one statement, so that it is right whatever number
of processes answers. A minute is the clock's: around its turn twice the number may come through.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from perfgoals.api.models import ApiToken
from perfgoals.rates import counting
from perfgoals.throttling import client_address

KEPT: Final = timedelta(hours=1)


class PerMinute(BaseThrottle):
    """Refuses what comes too often (429) until the next minute."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether the asker has requests left in this minute; this one is counted."""
        del view
        self._now = timezone.now()
        limit = settings.API_RATE if request.user.is_authenticated else settings.PUBLIC_RATE
        return not limit or count(asker_of(request), self._now) <= limit

    def wait(self) -> float:
        """Seconds until the next minute."""
        return _left(self._now)


def count_refusal(request: Request) -> None:
    """Count a request without a good token. Raises ``Throttled`` when its address sent too many in this minute."""
    now = timezone.now()
    if settings.PUBLIC_RATE and count(f"refused {client_address(request)}", now) > settings.PUBLIC_RATE:
        raise Throttled(wait=_left(now))


def _left(now: datetime) -> int:
    """Seconds until the next minute."""
    return 60 - now.second


def asker_of(request: Request) -> str:
    """Whose requests are counted together."""
    if isinstance(request.auth, ApiToken):
        return f"token {request.auth.number}"
    if request.user.is_authenticated:
        return f"user {request.user.pk}"
    return f"address {client_address(request)}"


def count(asker: str, now: datetime) -> int:
    """Count a request, and say which one of its minute it is."""
    minute = now.replace(second=0, microsecond=0)
    number = counting.count(asker, minute)
    if number == 1:
        # Addresses come and go: once a minute and asker, what nobody asks about any more is swept away.
        counting.sweep(minute - KEPT)
    return number
