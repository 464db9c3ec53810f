"""The log-ins that stand: noted as they begin and are seen, so that people can look at theirs and end them.

A row knows its session by the session's key, and the session its row. Ending deletes both. A session whose row is gone
is ended when that is noticed, within a minute: also one that took a new key at the very moment at which it was ended.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from perfgoals.logins.browsers import in_words
from perfgoals.logins.models import LogIn
from perfgoals.models import User
from perfgoals.security.sessions import LOG_IN
from perfgoals.throttling import client_address


def note(*, request: HttpRequest, user: User, **_signal: Any) -> None:
    """A log-in begins (`user_logged_in`). What is too old to stand is swept away with it."""
    session = request.session
    if session.session_key is None:
        session.create()
    LogIn.objects.filter(began__lte=timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)).delete()
    made = LogIn.objects.create(
        pk=uuid4(), user=user, session_key=str(session.session_key), address=client_address(request),
        browser=in_words(request.META.get("HTTP_USER_AGENT", "")),
    )  # fmt: skip
    session[LOG_IN] = str(made.pk)


def forget(*, request: HttpRequest, **_signal: Any) -> None:
    """A log-in ends by its person (`user_logged_out`)."""
    if number := request.session.get(LOG_IN):
        LogIn.objects.filter(pk=number).delete()


def see(session: SessionBase, now: int) -> bool:
    """Note that a session was used at ``now`` (seconds since 1970) and which key it has. Whether its log-in stands."""
    found = LogIn.objects.filter(pk=session[LOG_IN])
    return bool(found.update(seen=datetime.fromtimestamp(now, UTC), session_key=session.session_key))


def standing(user: User | None = None) -> QuerySet[LogIn]:
    """A person's log-ins that are not over, or everybody's, the last used first."""
    now = timezone.now()
    found = LogIn.objects.filter(began__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    if user is not None:
        found = found.filter(user=user)
    if settings.IDLE_MINUTES:
        found = found.filter(seen__gt=now - timedelta(minutes=settings.IDLE_MINUTES))
    return found.order_by("-seen", "pk")


@transaction.atomic
def end(user: User, *, only: UUID | None = None, but: UUID | None = None) -> int:
    """End a person's log-ins: all, ``only`` one, or all ``but`` one. How many there were."""
    found = user.log_ins.all()
    if only is not None:
        found = found.filter(pk=only)
    if but is not None:
        found = found.exclude(pk=but)
    rows = list(found.select_for_update())
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    LogIn.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


@transaction.atomic
def end_everybodys(*, but: UUID | None) -> int:
    """End the log-ins of everybody ``but`` one, and those that wait for a code. How many there were."""
    kept = [] if but is None else list(LogIn.objects.filter(pk=but).values_list("session_key", flat=True))
    Session.objects.exclude(session_key__in=kept).delete()
    ended, _by_model = LogIn.objects.exclude(session_key__in=kept).delete()
    return ended


def own(request: HttpRequest) -> UUID | None:
    """The number of the log-in by which a request comes."""
    number = request.session.get(LOG_IN)
    return UUID(number) if number else None
