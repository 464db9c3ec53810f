"""``/metrics``: closed, unless the operator gave a token or opened it to this machine."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST

from perfgoals.observing.metrics import exposition


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The counts, for whoever may have them; for everybody else there is no such page."""
    if not (has_token(request) or is_local(request)):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def has_token(request: HttpRequest) -> bool:
    """Whether the request carries ``PERFGOALS_METRICS_TOKEN``."""
    token: str | None = settings.METRICS_TOKEN
    given = request.META.get("HTTP_AUTHORIZATION", "")
    return bool(token) and constant_time_compare(given, f"Bearer {token}")


def is_local(request: HttpRequest) -> bool:
    """Whether a program of this machine asks directly, and may.

    What came through a proxy is not local, whoever wrote the header: a proxy on this machine connects from it too.
    """
    if not settings.METRICS_LOCAL or any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED")):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
