"""The header row of the indicator table: which column is what, and for which half."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from imports.drafts import SCOPES, Scope
from imports.layouts.target_form.cells import Cell
from imports.layouts.target_form.labels import COLUMN_ROLES, VALUE_ROLES, role_of

LEVEL1: Final = 1
LEVEL2: Final = 2
NAME: Final = 3
VALUE: Final = 4
_KINDS: Final = {"level1": LEVEL1, "level2": LEVEL2, "level3": NAME} | dict.fromkeys(VALUE_ROLES, VALUE)
_MOST_HALVES = 2


class Half(NamedTuple):
    """Where one half of a row keeps its label, name and value: positions in `Columns.kinds`."""

    scope: Scope
    label: int
    name: int
    value: int


class Columns(NamedTuple):
    """The columns of an indicator table, left to right, as its header row prints them.

    Three shapes are known: level 1 and two halves of level 2, name and value; one half; names with the values of
    both scopes side by side.
    """

    kinds: tuple[int, ...]
    places: tuple[int, ...]
    halves: tuple[Half, ...]
    others: tuple[int, ...]
    """Columns with other headings (备注, 权重), which are not read."""
    unread: tuple[int, ...] = ()
    """Positions in `kinds` of known headings that no half has a use for: rows stand on them, but what they say is lost."""

    @property
    def width(self) -> int:
        """How many cells a whole row has at least."""
        return self.places[-1] + 1


def is_header(cells: Sequence[Cell]) -> bool:
    """Whether a row heads an indicator table: it names levels 2 and 3 (or 1 and 3) and a value."""
    roles = {role_of(text) for _, text in cells}
    return "level3" in roles and not roles.isdisjoint(VALUE_ROLES) and not roles.isdisjoint({"level1", "level2"})


@lru_cache(maxsize=256)
def read_columns(cells: tuple[Cell, ...]) -> Columns | None:
    """The columns that a header row names; ``None`` for an arrangement that is not understood."""
    roles = [(column, role_of(text)) for column, text in cells]
    named = [(column, role) for column, role in roles if role in COLUMN_ROLES]
    if named[0][1] != "level1":
        named.insert(0, (max(named[0][0] - 1, 0), "level1"))
    kinds = [_KINDS[role] for _, role in named if role]
    halves = _halves(kinds, [role for _, role in named], next((role for _, role in roles if role), None))
    if halves is None:
        return None
    first = named[0][0]
    others = tuple(column for column, role in roles if role is None and column > first)
    used = {position for half in halves for position in half[1:]}
    unread = tuple(position for position, kind in enumerate(kinds) if kind != LEVEL1 and position not in used)
    return Columns(tuple(kinds), tuple(column for column, _ in named), halves, others, unread)


def _halves(kinds: list[int], roles: list[str | None], first_label: str | None) -> tuple[Half, ...] | None:
    found: list[tuple[int, int, int]] = []
    label = name = None
    for position, kind in enumerate(kinds):
        if kind == LEVEL2:
            label = position
        elif kind == NAME:
            name = position
        elif kind == VALUE:
            if label is None or name is None:
                return None
            found.append((label, name, position))
    if not found or len(found) > _MOST_HALVES:
        return None
    scopes = _scopes([roles[value] for _, _, value in found], first_label)
    return tuple(Half(scope, *places) for scope, places in zip(scopes, found, strict=True))


def _scopes(value_roles: list[str | None], first_label: str | None) -> tuple[Scope, ...]:
    if len(value_roles) == _MOST_HALVES:
        return ("annual", "period") if value_roles == ["value_annual", "value_period"] else SCOPES
    if value_roles[0] == "value_period" or (value_roles[0] == "value" and first_label == "table_period"):
        return ("period",)
    return ("annual",)
