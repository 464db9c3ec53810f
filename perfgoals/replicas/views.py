"""`reads_replica`: a view whose answer may come from the replica."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponseBase

from perfgoals.replicas.connection import can_answer, failed, is_there, reading
from perfgoals.replicas.position import Position

COOKIE: Final = f"{settings.COOKIE_PREFIX}seen"
"""How far in the primary's log this browser has seen."""
MARK: Final = "read_from_replica"
"""Attribute of answers that came from the replica."""
SAFE: Final = ("GET", "HEAD")

View = Callable[..., HttpResponseBase]


def reads_replica(view: View) -> View:
    """The view, reading from the replica where there is one that has all that this browser has seen.

    Whatever goes wrong there, the primary is asked instead: nothing was sent yet, and reading twice harms nobody. Only
    for views that write nothing when they are read.
    """

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if is_there() and request.method in SAFE and can_answer(Position.read(request.COOKIES.get(COOKIE, ""))):
            try:
                return _from_replica(view, request, *args, **named)
            except Error as error:
                failed(error)
        return view(request, *args, **named)

    return read


def _from_replica(view: View, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
    with reading():
        response = view(request, *args, **named)
    setattr(response, MARK, True)
    if response.streaming:
        response.streaming_content = _streamed(response.streaming_content)  # type: ignore[attr-defined]
    return response


def _streamed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Parts that are read while they are sent."""
    of_replica = iter(parts)
    while True:
        with reading():
            part = next(of_replica, None)
        if part is None:
            return
        yield part
