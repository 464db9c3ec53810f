"""How figures are shown to one person: 元, 万元 or 亿元, chosen anywhere, kept in a cookie, part of the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote, unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from perfgoals.money import UNITS, AmountError, in_unit, parse_amount

UNIT_PARAMETER: Final = "unit"
UNIT_COOKIE: Final = f"{settings.COOKIE_PREFIX}unit"
DEFAULT_UNIT: Final = "万元"
YEAR_SECONDS: Final = 31_536_000
AMOUNT_PARAMETERS: Final = ("min", "max")
"""Parameters of an address that are amounts in its unit."""


class DisplayMiddleware:
    """Sets ``request.unit``: from the address, else from the cookie, else 万元; remembers what the address says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(UNIT_PARAMETER)
        kept = unquote(request.COOKIES.get(UNIT_COOKIE, ""))
        unit = next((value for value in (asked, kept) if value in UNITS), DEFAULT_UNIT)
        request.unit = unit  # type: ignore[attr-defined]
        if unit_of(request.GET) != unit and any(request.GET.get(name) for name in AMOUNT_PARAMETERS):
            # The unit that the person sees is the one that they mean; every link made from here says so.
            said = request.GET.copy()
            said[UNIT_PARAMETER] = unit
            request.GET = said  # type: ignore[assignment]  # a copy may be changed, the address's own may not
        response = self.get_response(request)
        if asked == unit and kept != unit:
            # Quoted, since a header holds no Chinese.
            response.set_cookie(
                UNIT_COOKIE, quote(unit), max_age=YEAR_SECONDS, samesite="Lax", httponly=True, secure=settings.HTTPS
            )
        return response


def unit_of(query: Mapping[str, Any]) -> str:
    """The unit of an address's amounts: the one that it names, else 万元."""
    named = query.get(UNIT_PARAMETER)
    return named if named in UNITS else DEFAULT_UNIT


def query_in(query: QueryDict, unit: str) -> str:
    """An address's query with another unit, its amounts put into that unit, so that it finds the same."""
    changed = query.copy()
    for name in AMOUNT_PARAMETERS:
        if typed := query.get(name):
            changed[name] = _in_other_unit(typed, unit_of(query), unit)
    changed[UNIT_PARAMETER] = unit
    return str(changed.urlencode())


def _in_other_unit(typed: str, unit: str, other: str) -> str:
    """An amount in another unit; as typed where it names its own unit or is no amount."""
    yuan = _yuan(typed, unit)
    if yuan is None or yuan == _yuan(typed, other):
        return typed
    return f"{in_unit(yuan, other).normalize():f}"


def _yuan(typed: str, unit: str) -> Decimal | None:
    try:
        return parse_amount(typed, unit)
    except AmountError:
        return None


def context(request: HttpRequest) -> dict[str, Any]:
    """Template context: the unit in force and those to choose from."""
    return {"unit": getattr(request, "unit", DEFAULT_UNIT), "units": list(UNITS), "demo": settings.DEMO}
