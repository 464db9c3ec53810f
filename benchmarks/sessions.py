"""People who are logged in, for programs that ask the site over HTTP."""

from __future__ import annotations

from django.conf import settings
from django.test import Client

from perfgoals.models import User


def session_of(user: User) -> str:
    """The key of a new session of this person, begun as logging in begins it (see `perfgoals.security.sessions`)."""
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value
