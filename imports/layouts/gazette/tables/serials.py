"""Serial numbers of rows: 1, 1., （一）, 十二, ③ as numbers, and the rows at which a run of them breaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Final

from imports.layouts.gazette.tables.cells import bare

_ARABIC = re.compile(r"[(\[]?0{0,2}(\d{1,5})[)\].、]?")
_CHINESE = re.compile(r"[(\[]?([一二三四五六七八九十百]{1,5})[)\].、]?")
_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_LONGEST: Final = 12
_LEAP: Final = 3
"""How far the last serial may stand from the one before it: rows may be lost, a misread figure leaps farther."""


def serial(text: str) -> int | None:
    """The number of a serial cell; ``None`` for everything else (2.1, 3-1, words)."""
    if not text or len(text) > _LONGEST:
        return None
    plain = bare(text)
    if found := _ARABIC.fullmatch(plain):
        return int(found[1])
    found = _CHINESE.fullmatch(plain)
    return _chinese(found[1]) if found else None


def is_chinese(text: str) -> bool:
    """Whether a serial is written in Chinese: 一, （二）."""
    return len(text) <= _LONGEST and _CHINESE.fullmatch(bare(text)) is not None


def outliers(numbers: Sequence[int | None]) -> list[int]:
    """Places of the serials that break their run: misread, doubled or out of order.

    A run begins anew at 1. Within a run serials ascend; those outside the longest ascending sequence are outliers. A gap
    is none: the row after it is itself in order.
    """
    found: list[int] = []
    run: list[int] = []
    stated = [place for place, value in enumerate(numbers) if value is not None]
    for at, place in enumerate(stated):
        following = numbers[stated[at + 1]] if at + 1 < len(stated) else None
        # A 1 between 10 and 12 is an 11 that lost a figure, not a new beginning.
        if numbers[place] == 1 and run and following != (numbers[run[-1]] or 0) + 2:
            found += _out_of_order(run, numbers)
            run = []
        run.append(place)
    return found + _out_of_order(run, numbers)


def _out_of_order(run: Sequence[int], numbers: Sequence[int | None]) -> list[int]:
    """Those outside the longest ascending sequence, all of a number that comes twice, and a last one that leaps."""
    values = [numbers[place] or 0 for place in run]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [place]
        before.append(ends[at - 1] if at else -1)
    kept: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    doubled = {value for value, times in Counter(values).items() if times > 1}
    kept -= {place for place in kept if values[place] in doubled}
    if len(values) > 1 and values[-1] > values[-2] + _LEAP:
        kept.discard(len(values) - 1)
    return [run[place] for place in range(len(run)) if place not in kept]


def _chinese(text: str) -> int | None:
    hundreds, _, rest = text.rpartition("百")
    tens, has_ten, ones = rest.rpartition("十")
    try:
        total = 100 * (_DIGITS[hundreds] if hundreds else 0)
        total += 10 * (_DIGITS[tens] if tens else 1) if has_ten else 0
        return total + (_DIGITS[ones] if ones else 0)
    except KeyError:
        return None
