"""Which cell of an irregular indicator row is what.

Converters shift rows, halves and single cells, and cut off what falls over the edge. A row is read by trying every
way to lay its cells, in their order, on the columns of the header, and taking the one that explains it best: labels
where labels belong, few changes of shift, names with values, halves that agree.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import Final

from imports.layouts.target_form.cells import Cell, looks_like_text
from imports.layouts.target_form.columns import LEVEL1, LEVEL2, NAME, Columns, Half
from indicators.categories import level1_code, level2_code

_IS_LEVEL1: Final = 1
_IS_LEVEL2: Final = 2
_IS_LABEL: Final = _IS_LEVEL1 | _IS_LEVEL2
_IS_VALUE: Final = 4
_IS_TEXT: Final = 8

_IMPOSSIBLE: Final = 1000.0
_WORST: Final = 8.0
"""A row whose best reading costs more is left unread (and so reported)."""
_SHIFT: Final = 0.6
_ROW_SHIFT: Final = 0.5
"""A whole row moves more often than its cells part."""
_LOST_VALUE, _LOST_AT_THE_EDGE = 3.0, 1.5
_ONE_HALF: Final = 1.5
_LABEL_AS_LEVEL1: Final = 2.0
_UNKNOWN_ALONE: Final = 6.0
"""A word that is no known class and has no name and value beside it is a note rather than a label."""
_VALUE_ALONE: Final = 8.0
_NAME_AS_VALUE: Final = 0.5
_MOST_AGREEMENT: Final = 2.7
_LABEL_AS_NAME, _LABEL_AS_VALUE = 4.0, 5.0
_FARTHEST_FIRST, _FARTHEST_SECOND = 2, 3
"""How many columns a cell may stand from its header, in the first and in the second half."""

_MOST_READINGS: Final = 20_000
"""Ways to lay a row on its columns. A header of that many columns is a damaged one; trying all ways could take for ever."""

_VALUE = re.compile(r"[≥≤≧≦⩾⩽><＞＜﹥﹤=＝═±约\d０-９]|[不至]?[低少小多高大超]过?于|不超过|至[少多]|控制在")
_LABEL_LENGTH = 16


def aligned(columns: Columns, cells: list[Cell]) -> list[str] | None:
    """The row's text for each position of ``columns.kinds``; ``None`` when the row cannot be placed."""
    if comb(len(columns.kinds), len(cells)) > _MOST_READINGS:
        return None
    placed = _placed(
        columns,
        tuple(column for column, _ in cells),
        tuple(_kind(text) for _, text in cells),
        _sameness([text for _, text in cells]),
    )
    if placed is None:
        return None
    slots = [""] * len(columns.kinds)
    for position, (_, text) in zip(placed, cells, strict=True):
        slots[position] = text
    return slots


def is_label(text: str) -> bool:
    """Whether a cell names a level-1 or level-2 class."""
    return len(text) <= _LABEL_LENGTH and (level2_code(text) is not None or level1_code(text) is not None)


@lru_cache(maxsize=8192)
def _kind(text: str) -> int:
    kind = _IS_VALUE if _VALUE.match(text) else 0
    if len(text) <= _LABEL_LENGTH:
        kind |= (_IS_LEVEL1 if level1_code(text) else 0) | (_IS_LEVEL2 if level2_code(text) else 0)
    return kind | (_IS_TEXT if looks_like_text(text) else 0)


def _sameness(texts: list[str]) -> tuple[int, ...]:
    """For each text the index of the first one that equals it or of which one is the beginning of the other."""
    same: list[int] = []
    for position, text in enumerate(texts):
        for earlier in range(position):
            if text == texts[earlier] or _is_cut_short(text, texts[earlier]):
                same.append(earlier)
                break
        else:
            same.append(position)
    return tuple(same)


def _is_cut_short(one: str, other: str) -> bool:
    return one[:3] == other[:3] and min(len(one), len(other)) > 2 and (one.startswith(other) or other.startswith(one))


@lru_cache(maxsize=16384)
def _placed(
    columns: Columns, places: tuple[int, ...], kinds: tuple[int, ...], same: tuple[int, ...]
) -> tuple[int, ...] | None:
    """The positions of the cells in the cheapest reading. Rows alike in shape share one answer."""
    best, least = None, _WORST
    texts = _certain_texts(columns, kinds, same)
    for positions in combinations(range(len(columns.kinds)), len(places)):
        if texts and any(positions[cell] != position for cell, position in texts):
            continue
        cost = _cost_of_cells(columns, places, kinds, positions, limited=not texts)
        if cost < least + _MOST_AGREEMENT:
            cost += _cost_of_halves(columns, kinds, same, positions)
            if cost < least:
                best, least = positions, cost
    return best


def _certain_texts(columns: Columns, kinds: tuple[int, ...], same: tuple[int, ...]) -> list[tuple[int, int]]:
    """Cells whose meaning is certain wherever they stand, with their positions.

    Four texts are name and value twice when both names are the same or a label stands before one of them.
    """
    if len(columns.halves) != 2 or columns.halves[0].name == columns.halves[1].name:
        return []
    texts = [cell for cell, kind in enumerate(kinds) if not kind & _IS_LABEL]
    if len(texts) != 4 or texts[1] != texts[0] + 1 or texts[3] != texts[2] + 1 or texts[3] != len(kinds) - 1:
        return []
    if same[texts[0]] != same[texts[2]] and len(kinds) == 4:
        return []
    one, other = columns.halves
    return list(zip(texts, (one.name, one.value, other.name, other.value), strict=True))


def _cost_of_cells(
    columns: Columns, places: tuple[int, ...], kinds: tuple[int, ...], positions: tuple[int, ...], *, limited: bool
) -> float:
    cost = 0.0
    before: int | None = None
    second = columns.halves[0].value
    for place, kind, position in zip(places, kinds, positions, strict=True):
        shift = place - columns.places[position]
        if limited and abs(shift) > (_FARTHEST_SECOND if position > second else _FARTHEST_FIRST):
            return _IMPOSSIBLE
        cost += _ROW_SHIFT * abs(shift) if before is None else _SHIFT * abs(shift - before)
        cost += _cost_of_cell(columns.kinds[position], kind, shift)
        before = shift
    return cost


def _cost_of_cell(slot: int, kind: int, shift: int) -> float:
    if slot == LEVEL1:
        return 0.0 if kind & _IS_LEVEL1 else (5.0 if shift == 0 and not kind else _IMPOSSIBLE)
    if slot == LEVEL2:
        return _cost_as_level2(kind, shift)
    if slot == NAME:
        label = _LABEL_AS_NAME if kind & _IS_LABEL else 0.0
        return label + (1.5 if kind & _IS_VALUE else 0.0)
    label = _LABEL_AS_VALUE if kind & _IS_LABEL else 0.0
    return label + (0.0 if kind & _IS_VALUE else 0.3)


def _cost_as_level2(kind: int, shift: int) -> float:
    if kind & _IS_LEVEL2:
        return 0.0
    if kind & _IS_LEVEL1:
        return 4.0
    unknown = 2.0 if shift == 0 else 3.5
    return unknown + (2.0 if kind & _IS_TEXT else 0.0) + (3.0 if kind & _IS_VALUE else 0.0)


def _cost_of_halves(
    columns: Columns, kinds: tuple[int, ...], same: tuple[int, ...], positions: tuple[int, ...]
) -> float:
    cell_at = dict(zip(positions, range(len(kinds)), strict=True))
    cost, filled = 0.0, 0
    for half in columns.halves:
        filled += half.name in cell_at
        cost += _cost_of_half(half, cell_at, kinds, same)
    if not filled:
        return cost
    if filled < len(columns.halves):
        cost += _ONE_HALF
    if _repeats_label(columns, cell_at, same):
        cost += _LABEL_AS_LEVEL1
    if len(columns.halves) > 1:
        cost -= _agreement(columns.halves[0], columns.halves[1], cell_at, same)
    return cost


def _repeats_label(columns: Columns, cell_at: dict[int, int], same: tuple[int, ...]) -> bool:
    """Whether the level-1 cell is the label that one half prints and the other lacks (成本指标 moved to the left)."""
    level1 = cell_at.get(0)
    labels = [cell_at.get(half.label) for half in columns.halves]
    return level1 is not None and None in labels and any(at is not None and same[at] == same[level1] for at in labels)


def _cost_of_half(half: Half, cell_at: dict[int, int], kinds: tuple[int, ...], same: tuple[int, ...]) -> float:
    label, name, value = cell_at.get(half.label), cell_at.get(half.name), cell_at.get(half.value)
    cost = 0.0
    if label is not None and not kinds[label] & _IS_LEVEL2 and (name is None or value is None):
        cost = _UNKNOWN_ALONE
    if name is None:
        return cost + (0.0 if value is None else _VALUE_ALONE)
    if value is None:
        return cost + (_LOST_AT_THE_EDGE if name == len(kinds) - 1 else _LOST_VALUE)
    return cost + (_NAME_AS_VALUE if same[name] == same[value] else 0.0)


def _agreement(one: Half, other: Half, cell_at: dict[int, int], same: tuple[int, ...]) -> float:
    bonus = 0.0
    for position, counterpart, worth in (
        (one.name, other.name, 1.5),
        (one.value, other.value, 0.7),
        (one.label, other.label, 0.5),
    ):
        if position != counterpart and position in cell_at and counterpart in cell_at:
            bonus += worth if same[cell_at[position]] == same[cell_at[counterpart]] else 0.0
    return bonus
