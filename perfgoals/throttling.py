"""Throttled log-ins: who guesses passwords has to wait. django-axes counts, this module says what it means here.

Wrong passwords are counted for each username at each address, whether an account has that name or not, so that nobody
learns who has one and nobody can keep a colleague out from another desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from ipaddress import ip_address
from typing import Any, Final

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from perfgoals.forms import LoginForm
from perfgoals.logins.models import SecondFactor

LOCAL: Final = "127.0.0.1"
"""The address of whoever comes through a unix socket."""


def client_address(request: HttpRequest) -> str:
    """The address of the person's machine: what the outermost of our own proxies saw.

    Only the entries that our proxies added to ``X-Forwarded-For`` count, from the right: what stands left of them was
    written by whoever sent the request.
    """
    nearest = request.META.get("REMOTE_ADDR", "")
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if 0 < settings.PROXIES <= len(seen) and (address := _valid(seen[-settings.PROXIES])):
        return address
    return _valid(nearest) or LOCAL


def _valid(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None


def refuse(request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """The answer to a log-in during the pause: the login page, which says how long it lasts (429)."""
    username = credentials.get("username", "")
    last = AccessAttempt.objects.filter(username=username, ip_address=client_address(request)).aggregate(
        at=Max("attempt_time")
    )["at"]
    seconds = int((settings.AXES_COOLOFF_TIME - (timezone.now() - last if last else timedelta())).total_seconds())
    context = {
        "form": LoginForm(request, initial={"username": username}),
        "next": request.POST.get("next", ""),
        "paused": {"failures": settings.AXES_FAILURE_LIMIT, "minutes": max(1, -(-seconds // 60))},
    }
    response = render(request, "login.html", context, status=settings.AXES_HTTP_RESPONSE_CODE)
    response["Retry-After"] = str(max(1, seconds))
    return response


def paused_usernames(usernames: Iterable[str]) -> set[str]:
    """Those of the usernames that must wait at one address at least."""
    recent = AccessAttempt.objects.filter(
        username__in=usernames, attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    failures = recent.order_by().values("username", "ip_address").annotate(failures=Sum("failures_since_start"))
    return set(failures.filter(failures__gte=settings.AXES_FAILURE_LIMIT).values_list("username", flat=True))


def end_pause(username: str) -> None:
    """Let a username log in again from every address, at once, with a second factor too."""
    reset(username=username)
    SecondFactor.objects.filter(user__username=username).update(failures=0, failed_at=None)
