"""How a person wants the list: which columns, in which order, and how dense."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from projects.models import ListLayout
from projects.tables.columns import BY_KEY, FIRST, NAME, USUAL, Column

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from perfgoals.models import User


class Layout(NamedTuple):
    """A list's columns from left to right, and whether its rows are dense."""

    columns: list[Column]
    is_compact: bool = False


def layout_of(user: User | AnonymousUser) -> Layout:
    """The layout that a person chose, or the usual one."""
    kept = ListLayout.objects.filter(user=user.pk).first() if user.is_authenticated else None
    return Layout(arranged(kept.columns), kept.is_compact) if kept else Layout(list(USUAL))


def columns_of(user: User | AnonymousUser) -> list[Column]:
    """The columns that a person chose, or the usual ones, from left to right."""
    return layout_of(user).columns


def arranged(keys: Iterable[str]) -> list[Column]:
    """The columns with these keys: the serial, if it is wanted, and the name before all others, each once.

    Keys that are known no more are passed over.
    """
    wanted = [BY_KEY[key] for key in dict.fromkeys(keys) if key in BY_KEY]
    first = [column for column in FIRST if column is NAME or column in wanted]
    return [*first, *(column for column in wanted if column not in FIRST)]
