"""The places that a person can be given: all where they are few, else those held and those searched for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from django.db.models import QuerySet

from projects.filters.offers import holding

FEW: Final = 300
"""As many stand in a list at once; of more, one is searched for."""
MOST: Final = 30
"""As many are listed of what a search finds."""
_LONGEST: Final = 18

Pairs = list[tuple[str, str]]
"""Keys, each with its label."""


def are_many(places: QuerySet[Any]) -> bool:
    """Whether there are too many to be listed."""
    return len(places.values_list("pk")[: FEW + 1]) > FEW


def offered(
    places: QuerySet[Any], chosen: Collection[str], typed: str, fields: Collection[str], label: Callable[[Any], str]
) -> tuple[Pairs, bool]:
    """The chosen ones, and the first others of which one of the ``fields`` has every word typed; and whether there are more."""
    keys = {key for key in chosen if key.isascii() and key.isdigit() and len(key) <= _LONGEST}
    held = list(places.filter(pk__in=keys)) if keys else []
    words = typed.replace("\0", "").split()
    found = list(places.exclude(pk__in=keys).filter(holding(words, *fields))[: MOST + 1]) if words else []
    return [(str(place.pk), label(place)) for place in [*held, *found[:MOST]]], len(found) > MOST
