"""Who may read through the API."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from perfgoals.observing.refusals import TLS, note

WITHOUT_TLS: Final = (
    "接口只能通过 HTTPS 访问，没有返回任何数据。这次请求里如果有接口令牌，它已经明文传输，请撤销后重新创建。"
)


class MayRead(BasePermission):
    """People with an account, and everybody where the operator opened published data (``PERFGOALS_PUBLIC``).

    Which projects and fields they are shown is said where they are fetched: `is_public`.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the request is answered at all."""
        del view
        return bool(request.user and request.user.is_authenticated) or bool(settings.PUBLIC)


def require_tls(request: Request) -> None:
    """Refuse what came without TLS where the site has it (ASVS 5, 4.1.2). Raises ``PermissionDenied``.

    Nothing of the request is looked at before: a token that was sent in the open is neither used nor counted.
    """
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        note(TLS)
        raise PermissionDenied(WITHOUT_TLS)


def is_public(request: Request | None) -> bool:
    """Whether the answer goes to somebody without an account, who is shown published data only.

    Without a request (the description made on the command line) everything is described.
    """
    user = getattr(request, "user", None)
    return user is not None and not user.is_authenticated
