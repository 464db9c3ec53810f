"""Rows that a converter has spread over several lines, put together again.

Two ways are known. A line break inside a cell: the next line begins at column 0 with the rest of the last cell. A row
split over table lines: each piece stands in the column of the text that it goes on with. Pieces are joined without a
space.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from imports.layouts.target_form.cells import Cell, is_closed, looks_like_text
from imports.layouts.target_form.labels import GOAL_ROLES, IDENTITY_ROLES, TEXT_ROLES, role_of

_LONG_TEXTS: Final = TEXT_ROLES | GOAL_ROLES
_EXTENDABLE: Final = _LONG_TEXTS | IDENTITY_ROLES


def extended(
    role: str, cells: Sequence[Cell], closed: bool, more: Sequence[Cell], line: str, *, adjacent: bool
) -> list[Cell] | None:
    """The cells of a labelled row with a line of no label added to them; ``None`` when it does not belong to it.

    ``closed`` says that the row so far ends with an empty cell, ``adjacent`` that no blank line lies between.
    """
    if more[0][0] > 0:
        found = _by_columns(role, list(cells), more) if role in _EXTENDABLE else None
    elif closed:
        prose = len(more) == 1 and (not is_closed(line) or looks_like_text(more[0][1]))
        found = _appended(list(cells), more[0][1]) if role in _LONG_TEXTS and adjacent and prose else None
    else:
        found = _broken(list(cells), more) if role in _EXTENDABLE or _ends_unplaced(cells) else None
    return found if found is not None and _fits(role, found) else None


def merged(cells: Sequence[Cell], below: Sequence[Cell]) -> list[Cell] | None:
    """Two lines of a split row as one, when every piece below stands under a piece above."""
    texts = dict(cells)
    if not all(column in texts for column, _ in below):
        return None
    for column, text in below:
        texts[column] += text
    return list(texts.items())


def _fits(role: str, cells: list[Cell]) -> bool:
    """Whether no label has more texts than the form gives it room for."""
    if role in GOAL_ROLES:
        return len(_values(cells)) <= 2
    before: str | None = "label"
    for _, text in cells:
        own = role_of(text)
        if own is None and before is None:
            return False
        before = own
    return True


def _values(cells: Sequence[Cell]) -> list[int]:
    return [position for position, (_, text) in enumerate(cells) if role_of(text) is None]


def _ends_unplaced(cells: Sequence[Cell]) -> bool:
    """Whether the last cell may be the first piece of a label."""
    text = cells[-1][1]
    return role_of(text) is None and not any(character.isdecimal() for character in text)


def _broken(cells: list[Cell], more: Sequence[Cell]) -> list[Cell]:
    """A line break inside the last cell, or before the first character of its text."""
    column, last = cells[-1]
    if role_of(last) is None:
        cells[-1] = (column, last + more[0][1])
    else:
        column += 1
        cells.append((column, more[0][1]))
    return cells + [(column + place, text) for place, text in more[1:]]


def _appended(cells: list[Cell], text: str) -> list[Cell] | None:
    values = _values(cells)
    if not values:
        return None
    column, last = cells[values[-1]]
    cells[values[-1]] = (column, last + text)
    return cells


def _by_columns(role: str, cells: list[Cell], more: Sequence[Cell]) -> list[Cell] | None:
    values = _values(cells)
    if role in GOAL_ROLES or len(cells) <= 2:
        if not values:
            return [*cells, *more]
        for column, text in more:
            _add_to(cells, min(values, key=lambda at: abs(cells[at][0] - column)), text)
        return cells
    places = {cells[at][0]: at for at in values}
    if not all(column in places for column, _ in more):
        return None
    for column, text in more:
        _add_to(cells, places[column], text)
    return cells


def _add_to(cells: list[Cell], position: int, text: str) -> None:
    column, before = cells[position]
    cells[position] = (column, before + text)
