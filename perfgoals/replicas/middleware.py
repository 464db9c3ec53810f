"""Remembers in each browser how far in the primary's log it has seen."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponseBase

from perfgoals.replicas.connection import is_there, primary
from perfgoals.replicas.views import COOKIE, MARK

LASTS = 3600
"""Seconds. No replica that is believed is so far behind (`connection.MOST_BEHIND`)."""


class SeenMiddleware:
    """After each page that the primary answered to somebody who is logged in: how far its log went then.

    So nobody sees on a page of the replica less than on a page before: neither without what they just wrote, nor
    without what a worker did for them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and leave the cookie."""
        response = self._get_response(request)
        if is_there() and not hasattr(response, MARK) and response.status_code < HTTPStatus.BAD_REQUEST:
            self._remember(request, response)
        return response

    def _remember(self, request: HttpRequest, response: HttpResponseBase) -> None:
        user = getattr(request, "_cached_user", None)
        if user is None or not user.is_authenticated:
            return
        try:
            with primary().cursor() as cursor:
                # What was committed without waiting for the disk counts as well.
                cursor.execute("SELECT pg_current_wal_insert_lsn()")
                seen = cursor.fetchone()[0]
        except Error:
            return  # a primary that is gone since tells nothing, and the page is there
        response.set_cookie(
            COOKIE, seen, max_age=LASTS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
