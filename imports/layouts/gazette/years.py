"""Years that headers and captions name: 2025年, 二〇二五年, “十四五”末."""

from __future__ import annotations

import re
from typing import Final

_ARABIC = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_CHINESE = re.compile(r"([一二])([〇○零Ｏ九])([〇○零Ｏ一二三四五六七八九])([〇○零Ｏ一二三四五六七八九])年?")
_DIGITS: Final = {sign: str(digit) for digit, sign in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Ｏ", "0")
_PLAN = re.compile(r"十([一二三四五六七]?)五")
_TENTH_PLAN_END: Final = 2005
_YEARS_OF_A_PLAN: Final = 5
_TO_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def years_in(text: str) -> list[int]:
    """All calendar years that a short text prints, in order; white space inside them is damage of the page."""
    text = "".join(text.split()).translate(_TO_HALF_WIDTH)
    found = [(match.start(), int(match[1])) for match in _ARABIC.finditer(text)]
    for match in _CHINESE.finditer(text):
        found.append((match.start(), int("".join(_DIGITS[sign] for sign in match.groups()))))
    return [year for _, year in sorted(found)]


def plan_end(text: str) -> int | None:
    """The last year of the five-year plan that a text names: “十四五” → 2025."""
    found = _PLAN.search("".join(text.split()))
    if found is None:
        return None
    return _TENTH_PLAN_END + _YEARS_OF_A_PLAN * "〇一二三四五六七".index(found[1] or "〇")
