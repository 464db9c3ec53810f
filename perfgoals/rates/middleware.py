"""Where requests of people are counted: just before the view, once it is known who asks."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from time import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from rest_framework.views import APIView

from perfgoals.rates.answering import refuse
from perfgoals.rates.counting import PAGES, count
from perfgoals.rates.limits import WINDOW, limit_of, window_of


class RatesMiddleware:
    """Refuses what one person asks for too often (429).

    Only requests of people who are known by now are counted: whoever has no log-in sees the log-in page and nothing
    that costs much, and the API counts for itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Refuse, or let the view answer."""
        # Asked by `LoginRequiredMiddleware`, where the address is behind the log-in; nobody is looked up for this.
        user = getattr(request, "_cached_user", None)
        if user is None or not user.is_authenticated or issubclass(getattr(view, "cls", object), APIView):
            return None
        return _pages(request, user.pk) or _costly(request, user.pk, now())


def _pages(request: HttpRequest, person: int) -> HttpResponse | None:
    at = time()
    if settings.PAGE_RATE and PAGES.count(person, at) > settings.PAGE_RATE:
        return refuse(request, "操作过于频繁", seconds=60 - int(at % 60))
    return None


def _costly(request: HttpRequest, person: int, at: datetime) -> HttpResponse | None:
    limit = limit_of(request)
    if limit is None or not limit.most:
        return None
    window = window_of(at)
    if count(f"user {person} {limit.name}", window) <= limit.most:
        return None
    return refuse(request, limit.words, seconds=math.ceil((window + WINDOW - at).total_seconds()))
