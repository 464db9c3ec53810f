"""Where sessions are kept: Django's table, read by one statement that needs no putting together."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db import connection
from django.utils import timezone

_ASKED = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(InDatabase):
    """Django's own store (``SESSION_ENGINE``). Every request reads its session, so that how long that takes is felt."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, under no key, where there is none or it is over."""
        with connection.cursor() as cursor:
            cursor.execute(_ASKED, [self.session_key, timezone.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0])
        return held
