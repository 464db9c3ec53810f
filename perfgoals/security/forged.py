"""The answer to a form that does not come from a page of the site (CSRF)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure

from perfgoals.observing.refusals import FORGED, note


def refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer with the site's page (403); the log tells that it was this and no right that was missing."""
    note(FORGED)
    return csrf_failure(request, reason=reason)
