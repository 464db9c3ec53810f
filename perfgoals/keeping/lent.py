"""What the apps above this one compare after a restoration. They lend it when the program starts (``AppConfig.ready``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

WARNING: Final = "warning"
"""Name of the fact, if there is one, that something is wrong, which whoever makes a backup should know."""
Facts = dict[str, str]
Look = Callable[[], Facts]
"""Facts about the database by name, read over Django's connection; equal facts mean equal content."""

_lent: dict[str, Look] = {}


def lend_facts(name: str, look: Look) -> None:
    """Let backups hold these facts, and restorations compare them."""
    _lent[name] = look


def lent_facts() -> dict[str, Facts]:
    """All of them. The database must have the program's own tables."""
    return {name: look() for name, look in _lent.items()}
