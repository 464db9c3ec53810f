"""How figures are shown to one person: 元, 万元 or 亿元, chosen anywhere, kept in a cookie, part of the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote, unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from perfgoals.money import UNITS

UNIT_PARAMETER: Final = "unit"
UNIT_COOKIE: Final = "unit"
DEFAULT_UNIT: Final = "万元"
YEAR_SECONDS: Final = 31_536_000


class DisplayMiddleware:
    """Sets ``request.unit``: from the address, else from the cookie, else 万元; remembers what the address says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(UNIT_PARAMETER)
        kept = unquote(request.COOKIES.get(UNIT_COOKIE, ""))
        unit = next((value for value in (asked, kept) if value in UNITS), DEFAULT_UNIT)
        request.unit = unit  # type: ignore[attr-defined]
        response = self.get_response(request)
        if asked == unit and kept != unit:
            # Quoted, since a header holds no Chinese.
            response.set_cookie(
                UNIT_COOKIE, quote(unit), max_age=YEAR_SECONDS, samesite="Lax", httponly=True, secure=settings.HTTPS
            )
        return response


def context(request: HttpRequest) -> dict[str, Any]:
    """Template context: the unit in force and those to choose from."""
    return {"unit": getattr(request, "unit", DEFAULT_UNIT), "units": list(UNITS), "demo": settings.DEMO}
