"""Who asks: a program with a token, or a person who is logged in to the site and looks at the API's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from knox.crypto import hash_token
from rest_framework.authentication import SessionAuthentication as RestSessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from perfgoals.api.models import ApiToken
from perfgoals.authentication import PerfGoalsBackend
from perfgoals.logins.demanding import must_set_up
from perfgoals.models import User

USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)
UNKNOWN: Final = "接口令牌无效或已过期。"
LOCKED: Final = "这个账号已停用，接口令牌不能使用。"
CHANGE_PASSWORD: Final = "这个账号须先在网站上修改密码，然后才能使用接口。"  # noqa: S105  # a sentence

SET_UP_FACTOR: Final = "这个账号须先在网站上启用两步验证，然后才能在网站里使用接口。"


class TokenAuthentication(KnoxTokenAuthentication):  # type: ignore[misc]  # the package carries no types
    """A token in the header ``Authorization: Bearer …``, found by its digest."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's person; ``None`` without a token. Raises ``AuthenticationFailed``."""
        words = request.META.get("HTTP_AUTHORIZATION", "").split()
        if not words:
            return None
        # Whoever shows anything else means to be known, and must not be answered as somebody else (the session).
        if len(words) != 2 or words[0].lower() != self.authenticate_header(request).lower():
            raise AuthenticationFailed("请在 Authorization 头里写“Bearer 接口令牌”。")
        return self.authenticate_credentials(words[1].encode(errors="surrogateescape"))

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiToken]:
        """The person of a token that is neither revoked nor expired, and who may log in. Raises ``AuthenticationFailed``."""
        digest = hash_token(token.decode(errors="replace"))
        found = ApiToken.objects.select_related("user").filter(digest=digest, expiry__gt=timezone.now()).first()
        if found is None:
            raise AuthenticationFailed(UNKNOWN)
        _require_usable(found.user)
        _note_use(found)
        return found.user, found


class SessionAuthentication(RestSessionAuthentication):
    """Somebody who is logged in to the site."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, Any] | None:
        """The session's person. Raises ``PermissionDenied`` while the password or a second factor is owed."""
        found = super().authenticate(request)
        if found and getattr(found[0], "must_change_password", False):
            raise PermissionDenied(CHANGE_PASSWORD)
        if found and isinstance(found[0], User) and must_set_up(found[0]):
            raise PermissionDenied(SET_UP_FACTOR)
        return found


def _require_usable(user: User) -> None:
    if not PerfGoalsBackend().user_can_authenticate(user):
        raise AuthenticationFailed(LOCKED)
    if user.must_change_password:
        raise AuthenticationFailed(CHANGE_PASSWORD)


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.used_at is None or now - token.used_at >= USE_IS_NOTED_EVERY:
        long_ago = Q(used_at=None) | Q(used_at__lte=now - USE_IS_NOTED_EVERY)
        ApiToken.objects.filter(long_ago, pk=token.pk).update(used_at=now)
