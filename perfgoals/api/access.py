"""Who may read through the API."""

from __future__ import annotations

from django.conf import settings
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class MayRead(BasePermission):
    """People with an account, and everybody where the operator opened published data (``PERFGOALS_PUBLIC``).

    Which projects and fields they are shown is said where they are fetched: `is_public`.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the request is answered at all."""
        del view
        return bool(request.user and request.user.is_authenticated) or bool(settings.PUBLIC)


def is_public(request: Request | None) -> bool:
    """Whether the answer goes to somebody without an account, who is shown published data only.

    Without a request (the description made on the command line) everything is described.
    """
    user = getattr(request, "user", None)
    return user is not None and not user.is_authenticated
