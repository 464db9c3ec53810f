"""What every kind of stored thing shares when its text is read anew: new values, and places in a new order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import F, Model, QuerySet

AWAY: Final = 1_000_000
"""Added to positions while others are given: more than any document has."""


def move_away(stored: QuerySet[Any]) -> None:
    """Out of the way of the new order, which may be another."""
    stored.update(position=F("position") + AWAY)


def take(stored: Model, values: Mapping[str, Any]) -> bool:
    """Let an object have these values; whether any was another before."""
    differing = [name for name, value in values.items() if getattr(stored, name) != value]
    for name in differing:
        setattr(stored, name, values[name])
    return bool(differing)
