"""The description of the API as a file, and the page that shows it and tries it."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from perfgoals.api.renderers import JSONRenderer
from perfgoals.api.views import ReadView
from perfgoals.security import policy


class Description(ReadView):
    """OpenAPI 3 as JSON: what the one who asks may read."""

    schema = None  # type: ignore[assignment]  # it does not describe itself
    renderer_classes: list[type[BaseRenderer]] = [JSONRenderer]

    def get(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """The description. Somebody without an account is told of published data only."""
        return Response(SchemaGenerator().get_schema(request=request, public=False))  # type: ignore[no-untyped-call]


@login_not_required
@csp_update(policy.API_DESCRIPTION)
def description_page(request: HttpRequest) -> HttpResponse:
    """The page of the API, for people with an account, and for everybody where published data is open."""
    if not request.user.is_authenticated and not settings.PUBLIC:
        return redirect_to_login(request.get_full_path())
    if request.user.is_authenticated and request.user.must_change_password:
        return redirect("password")
    return _page(request)


@require_safe
def _page(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html")
