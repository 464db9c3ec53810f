"""Who gave the right password and is still to give a code: nobody yet, to all other pages."""

from __future__ import annotations

import time
from typing import Final

from django.contrib.auth import load_backend
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from perfgoals.models import User

PENDING: Final = "pending"
LASTS: Final = 5 * 60
"""Seconds from the password to the code."""


def put(request: HttpRequest, user: User) -> None:
    """Remember who gave the right password, in a session of a new key with nothing else in it."""
    request.session.flush()
    request.session[PENDING] = {
        "user": user.pk, "backend": user.backend, "hash": user.get_session_auth_hash(), "at": int(time.time()),
    }  # fmt: skip


def waiting(request: HttpRequest) -> User | None:
    """Who is to give a code: not after five minutes, nor once the password or the factor changed or the account was locked."""
    known = request.session.get(PENDING)
    if known is None or not 0 <= time.time() - known["at"] < LASTS:
        return None
    user = load_backend(known["backend"]).get_user(known["user"])
    if not isinstance(user, User) or not constant_time_compare(known["hash"], user.get_session_auth_hash()):
        return None
    user.backend = known["backend"]
    return user
