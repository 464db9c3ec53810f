"""How long a project runs, as 项目期 prints it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_YEARS = re.compile(r"(?P<count>\d{1,2}(?:\.\d)?|[一二两三四五六七八九十]{1,3})\s*个?(?:年|周年)(?![度初末底内])")
_RANGE = re.compile(r"(?P<first>(?:19|20)\d\d)\s*年?(?:\s*\d{1,2}\s*月)?\s*(?:[-—–~～至到]+)\s*(?P<last>(?:19|20)\d\d)")
_MONTHS = re.compile(r"(?P<count>\d{1,3})\s*个?月")
_DIGITS: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@lru_cache(maxsize=4096)
def years_of(duration: str) -> int | None:
    """Whole years of a period, rounded up: 1年 → 1, 三年 → 3, 2025-2027年 → 3, 18个月 → 2; ``None`` for what says none.

    A number of 99 stands for "as long as it lasts" in these forms and is given as it stands.
    """
    text = duration.strip()
    if span := _RANGE.search(text):
        years = int(span["last"]) - int(span["first"]) + 1
        return years if years > 0 else None
    if found := _YEARS.search(text):
        return _count(found["count"])
    if found := _MONTHS.search(text):
        return max(-(-int(found["count"]) // 12), 1)
    return int(text) if re.fullmatch(r"\d{1,2}", text) and int(text) else None


def _count(printed: str) -> int | None:
    if printed[0].isdigit():
        return -(-round(float(printed) * 10) // 10) or None
    tens, found, ones = printed.partition("十")
    if not found:
        return _DIGITS.get(printed)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
