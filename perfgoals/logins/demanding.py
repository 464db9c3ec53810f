"""Of whom the operator demands a second factor, and how they are led to set one up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from rest_framework.views import APIView

from perfgoals.environment import EVERYBODY
from perfgoals.models import User

ALLOWED: Final = frozenset({"second-factor", "password", "logout"})
"""Names of the addresses that stay open to who must set one up."""


def must_set_up(user: User) -> bool:
    """Whether a second factor is demanded of a person who has none. Superusers have all roles."""
    demanded = settings.SECOND_FACTOR_FOR
    if not demanded or user.factor is not None:
        return False
    return EVERYBODY in demanded or user.is_superuser or user.groups.filter(name__in=demanded).exists()


class MustSetUpFactorMiddleware:
    """Leads whoever must set up a second factor to the page for it, whatever they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Redirect, unless the page is one of those that stay open."""
        match = request.resolver_match
        if issubclass(getattr(view, "cls", object), APIView) or not request.user.is_authenticated or match is None:
            return None  # programs are refused in their own form (perfgoals/api/authentication.py)
        return None if match.url_name in ALLOWED or not must_set_up(request.user) else redirect("second-factor")
