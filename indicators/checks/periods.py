"""How long a project runs, as 项目期 and other texts print it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_COUNT: Final = r"(?<![\d.])\d{1,2}(?:\.\d)?|[一二两三四五六七八九十]{1,3}"
_YEARS = re.compile(rf"(?P<count>{_COUNT})\s*(?:个?(?:预算|会计|财政|自然)?年度|个?周?年(?![度初末底内]))")
_HALF = re.compile(r"(?P<count>[一二两三四五六七八九]|(?<!\d)\d{1,2})年半|半年")
_MONTHS = re.compile(r"(?P<count>(?<![\d.年])\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个月")
_DAYS = re.compile(r"(?P<count>(?<!\d)\d{1,4})\s*个?(?:日历|工作)?[天日]")
_POINT: Final = r"(?<!\d)(?P<{0}>(?:19|20)\d\d)(?!\d)\s*(?:年度?|[.．/-](?=\s*\d))?\s*(?:(?P<{0}_month>1[0-2]|0?[1-9])(?!\d)\s*月?(?:份|底|末|初)?)?(?:\s*[.．/-]?\s*\d{{1,2}}(?!\d)日?)?"
_SPAN = re.compile(_POINT.format("first") + r"\s*(?:[-—–－~～至到]+)\s*" + _POINT.format("last"))
_SHORT_SPAN = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)\s*[-—–－~～至到]\s*(?P<last>\d\d)\s*年")
_PLANS: Final = {"十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}
_CALENDAR_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|当年|本年|全年")
_DIGITS: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
UNLIMITED: Final = 90
"""Years; 99年 and the like stand for "as long as it lasts"."""


class Span(NamedTuple):
    """A stretch of whole months, both ends in it, each counted from year 0 (year × 12 + month - 1)."""

    first: int
    last: int


@lru_cache(maxsize=4096)
def years_of(duration: str) -> int | None:
    """Whole years of a period, rounded up: 1年 → 1, 三年 → 3, 2025-2027年 → 3, 18个月 → 2; ``None`` for what says none.

    A number of 99 stands for "as long as it lasts" in these forms and is given as it stands.
    """
    text = duration.strip()
    if span := span_of(text):
        months = span.last - span.first + 1
        return -(-months // 12) if months > 0 else None
    if length := months_of(text):
        return -(-length // 12)
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text) or None
    return 1 if _CALENDAR_YEAR.search(text) else None


@lru_cache(maxsize=4096)
def span_of(duration: str) -> Span | None:
    """The months that a period names by calendar: 2025-2027年, 2025年3月至2026年2月, “十四五”期间; else ``None``."""
    if found := _SPAN.search(duration):
        return Span(_month(found, "first", 1), _month(found, "last", 12))
    if short := _SHORT_SPAN.search(duration):
        first = int(short["first"])
        return Span(first * 12, (first // 100 * 100 + int(short["last"])) * 12 + 11)
    for plan, (first, last) in _PLANS.items():
        if plan in duration:
            return Span(first * 12, last * 12 + 11)
    return None


@lru_cache(maxsize=4096)
def months_of(length: str) -> int | None:
    """Months of a length of time, rounded up: 三年 → 36, 18个月 → 18, 450日历天 → 15; ``None`` for what says none."""
    if half := _HALF.search(length):
        return 6 + 12 * (_count(half["count"]) or 0) if half["count"] else 6
    if years := _YEARS.search(length):
        count = _tenths(years["count"])
        return -(-count * 12 // 10) or None if count else None
    if months := _MONTHS.search(length):
        return _count(months["count"])
    if days := _DAYS.search(length):
        return -(-int(days["count"]) * 12 // 365) or None
    return None


def _month(found: re.Match[str], end: str, otherwise: int) -> int:
    return int(found[end]) * 12 + int(found[f"{end}_month"] or otherwise) - 1


def _tenths(printed: str) -> int | None:
    if printed[0].isdigit():
        return round(float(printed) * 10)
    count = _count(printed)
    return None if count is None else count * 10


def _count(printed: str) -> int | None:
    if printed[0].isdigit():
        return int(printed) or None
    tens, found, ones = printed.partition("十")
    if not found:
        return _DIGITS.get(printed)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
