"""How a person wants the list: which columns, in which order, and how dense."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from perfgoals.prepared import KEYS, Prepared
from projects.models import ListLayout
from projects.tables.columns import BY_KEY, COLUMNS, FIRST, NAME, USUAL, Column

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from perfgoals.models import User


_KEPT: Final = Prepared(lambda: ListLayout.objects.filter(pk__among=KEYS).values_list("columns", "is_compact"))


class Layout(NamedTuple):
    """A list's columns from left to right, and whether its rows are dense."""

    columns: list[Column]
    is_compact: bool | None = None
    """``None`` where the person never said so: the list then looks as the device keeps it."""


def layout_of(user: User | AnonymousUser) -> Layout:
    """The layout that a person chose, or the usual one."""
    for columns, is_compact in _KEPT.rows([user.pk]) if user.is_authenticated else ():
        return Layout(arranged(columns) if columns else list(USUAL), is_compact)
    return Layout(list(USUAL))


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


class Choice(NamedTuple):
    """A column as it is offered."""

    column: Column
    is_chosen: bool
    is_fixed: bool
    """It stands at the left, wherever it is put."""


def choices(chosen: list[Column]) -> list[Choice]:
    """Every column there is: the chosen ones in their order, then the others in that of the register."""
    rest = [column for column in COLUMNS if column not in chosen and column not in FIRST]
    movable = [column for column in chosen if column not in FIRST]
    return [Choice(column, column in chosen, column in FIRST) for column in (*FIRST, *movable, *rest)]


def moved(chosen: list[Column], key: str, by: int) -> list[str]:
    """The keys of the columns after one of them was put so many places to the right (to the left if negative)."""
    keys = [column.key for column in chosen]
    first = sum(column in FIRST for column in chosen)
    if key in keys[first:]:
        to = max(first, keys.index(key) + by)
        keys.remove(key)
        keys.insert(to, key)
    return keys
