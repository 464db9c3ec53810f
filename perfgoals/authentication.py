"""Who may log in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from perfgoals.models import User


class PerfGoalsBackend(ModelBackend):
    """Django's own rules, and demo accounts only in demo mode: their passwords are printed on a screen."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        """Active accounts; a demo account also needs demo mode. Asked at log-in and again on every request."""
        if getattr(user, "is_demo", False) and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)
