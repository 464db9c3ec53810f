"""Who may log in."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS

from perfgoals.models import User
from perfgoals.prepared import KEYS, Prepared

_FIELDS: Final = [field.attname for field in User._meta.concrete_fields]
_USERS: Final = Prepared(lambda: User._default_manager.filter(pk__among=KEYS).values_list(*_FIELDS))


class PerfGoalsBackend(ModelBackend):
    """Django's own rules, and demo accounts only in demo mode: their passwords are printed on a screen."""

    def get_user(self, user_id: int) -> User | None:
        """Who a session belongs to, read anew by every request; ``None`` where that account is gone or locked."""
        found = _USERS.rows([user_id])
        user = User.from_db(DEFAULT_DB_ALIAS, _FIELDS, found[0]) if found else None
        return user if self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        """Active accounts; a demo account also needs demo mode. Asked at log-in and again on every request."""
        if getattr(user, "is_demo", False) and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)
