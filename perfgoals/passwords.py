"""Rules of passwords: how long they are, and that those which an administrator knows are changed before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from rest_framework.views import APIView

ALLOWED: Final = frozenset({"password", "logout"})
"""Names of the addresses that stay open to who must change the password."""


class LongEnough(MinimumLengthValidator):
    """Django's rule; its message has no Chinese translation."""

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return f"密码太短，至少要 {self.min_length} 个字符。"


class MustChangePasswordMiddleware:
    """Leads whoever must change the password to the page for it, whatever they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Redirect, unless the page is one of those that stay open."""
        if issubclass(getattr(view, "cls", object), APIView):
            return None  # programs are refused in their own form (perfgoals/api/authentication.py)
        match = request.resolver_match
        if request.user.is_authenticated and request.user.must_change_password and match:
            return None if match.url_name in ALLOWED else redirect("password")
        return None
