"""The account of every request: what it took, told when that was much, and counted; and whether it was refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Final, cast
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse

from perfgoals.observing.accounts import Account, kept
from perfgoals.observing.lines import tell_refusal, tell_request
from perfgoals.observing.metrics import count_request
from perfgoals.observing.refusals import reason_of

HEADER: Final = "X-Request-ID"
_NUMBER: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


class AccountMiddleware:
    """The outermost middleware, so that nothing a request does goes unseen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = Account(request, number_of(request))
        started = perf_counter()
        with kept(account):
            response = self.get_response(request)
        response.headers[HEADER] = account.number
        if reason := reason_of(account, response.status_code):
            tell_refusal(account, status=response.status_code, reason=reason)
        if isinstance(response, StreamingHttpResponse) and getattr(response, "file_to_stream", None) is None:
            # Its work is still to be done, while it is sent. Nothing here is asynchronous.
            chunks = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = _told(account, response, iter(chunks), perf_counter() - started)
        else:
            _tell(account, response.status_code, perf_counter() - started)
        return response


def number_of(request: HttpRequest) -> str:
    """What the proxy in front calls the request, where there is one of our own; else a new number."""
    given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.PROXIES else ""
    return given if _NUMBER.fullmatch(given) else uuid4().hex


def _told(
    account: Account, response: HttpResponse | StreamingHttpResponse, chunks: Iterator[bytes], seconds: float
) -> Iterator[bytes]:
    """The chunks; only the making of each counts, not the time until somebody takes it."""
    spent = [seconds]
    try:
        while True:
            with kept(account), _timed(spent):
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk
    finally:
        _tell(account, response.status_code, spent[0])


@contextmanager
def _timed(spent: list[float]) -> Iterator[None]:
    started = perf_counter()
    try:
        yield
    finally:
        spent[0] += perf_counter() - started


def _tell(account: Account, status: int, seconds: float) -> None:
    slow = 0 < settings.SLOW_REQUEST_SECONDS <= seconds
    count_request(account, status=status, seconds=seconds, slow=slow)
    if slow:
        tell_request(account, status=status, seconds=seconds)
