"""The cookie of messages, under a name as the other cookies have."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class MessageCookie(CookieStorage):
    """Django's, bound to this very host under TLS."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"
