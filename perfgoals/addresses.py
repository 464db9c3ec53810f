"""Addresses that a page has by the hundred, without asking all routes for each."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.urls import get_script_prefix, get_urlconf, reverse

_STAND_IN: Final = 987_654_321_012
"""A number that stands in no route."""


def fixed(route: str) -> str:
    """The address of a route that takes nothing. Raises `NoReverseMatch` where there is no such route."""
    return _fixed(route, get_script_prefix(), get_urlconf())


def numbered(route: str, number: int) -> str:
    """The address of a route that has one whole number and nothing else: what ``reverse`` says, a hundred times as fast.

    Raises `NoReverseMatch` where there is no such route.
    """
    before, after = _around(route, get_script_prefix(), get_urlconf())
    return f"{before}{number:d}{after}"


@lru_cache(maxsize=64)
def _fixed(route: str, _prefix: str, urlconf: str | None) -> str:
    return reverse(route, urlconf)


@lru_cache(maxsize=64)
def _around(route: str, _prefix: str, urlconf: str | None) -> tuple[str, str]:
    before, _, after = reverse(route, urlconf, args=[_STAND_IN]).partition(str(_STAND_IN))
    return before, after
