"""How many lines a text takes in a column, so that rows of a workbook are as high as what stands in them.

Spreadsheet programs do not fit merged cells by themselves, and no row is higher than 409 points. Measured for 宋体 of
10.5 points and, since that font is not everywhere, with room for the higher lines of its usual substitutes.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from math import ceil
from typing import Final

LINE: Final = 15.2
"""Points a line."""
PADDING: Final = 4.0
HIGHEST: Final = 390.0
"""Points of the highest row; what needs more is given several rows, merged."""
_PIXELS: Final = 8
_EDGE: Final = 6
"""Pixels a unit of a column's width (a digit of `forms.DEFAULT_FONT`), and of its borders."""
_FULL, _HALF = 14.0, 7.6
"""Pixels a character, of full and of half width."""


def lines_in(text: str | None, width: float) -> int:
    """Lines that a text takes in a column of this width (in the units of spreadsheets), one at least."""
    room = width * _PIXELS - _EDGE
    return sum(_lines(paragraph, room) for paragraph in (text or "").splitlines() or [""])


def height_of(lines: int) -> float:
    """Points that so many lines need."""
    return lines * LINE + PADDING


def row_heights(lines: int, least: float) -> list[float]:
    """The heights of the rows that so many lines are given: one, or several of the same height."""
    height = max(height_of(lines), least)
    rows = ceil(height / HIGHEST)
    return [round(height / rows, 1)] * rows


def _lines(text: str, room: float) -> int:
    """Greedy wrapping. A mark that may not begin a line takes the character before it along, hence the spare one."""
    count, used = 1, 0.0
    for character in text:
        wide = _width(character)
        if used + wide > room and used:
            count, used = count + 1, 0.0
            if character in _NEVER_FIRST:
                used = _FULL
        used += wide
    return count


@lru_cache(maxsize=8192)
def _width(character: str) -> float:
    return _FULL if unicodedata.east_asian_width(character) in "WFA" else _HALF


_NEVER_FIRST: Final = frozenset("，。、；：？！）】》”’,.;:?!)]}%％")
