"""The request as every view behind the login sees it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from perfgoals.models import User


class SiteRequest(HttpRequest):
    """A request of a person who is logged in (`LoginRequiredMiddleware` sees to that), with what middleware adds."""

    user: User
    unit: str
    htmx: HtmxDetails


def wants_part(request: SiteRequest) -> bool:
    """Whether htmx asks for the part of a page that changed; going back in history needs the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request
