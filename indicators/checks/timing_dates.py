"""Dates with a year in texts, as stretches of months."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from indicators.checks.periods import Span

_YEAR: Final = (
    r"(?<![\d.])(?P<{0}>20[0-4]\d)(?!\d)\s*"
    r"(?:年度?|[.．/-](?=\s*(?:1[0-2]|0?[1-9])(?:\s*[.．/-]\s*\d|\s*月|\s*[-—–－~～至到、，。；,;)）]|\s|$)))"
)
_PART: Final = (
    r"(?:\s*(?P<{0}_month>1[0-2]|0?[1-9])(?![\d.%])\s*(?:月份?|(?=[.．/-]\s*\d)|(?=[^\w%]|$))(?:\s*[.．/-]?\s*\d{{1,2}}(?!\d)[日号]?)?"
    r"|\s*(?P<{0}_quarter>第?[一二三四1-4]季度)|\s*(?P<{0}_half>[上下]半年))?(?:[年月]?[底末初中]|[上中下]旬)?"
)
_END: Final = (_YEAR + _PART).format
_DATE = re.compile(
    _END("first") + r"(?:\s*(?P<range>[-—–－~～至到]+)\s*(?:"
    + _END("last") + r"|(?P<month>1[0-2]|0?[1-9])(?!\d)\s*月))?"
)  # fmt: skip
_SHORT_RANGE = re.compile(
    r"(?<![\d.])(?P<year>20[0-4]\d)\s*年\s*(?P<first>1[0-2]|[1-9])\s*[-—–－~～至到]+\s*(?P<last>1[0-2]|[1-9])\s*月"
)
_MAYBE = re.compile(r"20[0-4]\d\s*[年.．/-]")
_QUARTERS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "1": 0, "2": 1, "3": 2, "4": 3}


class Moment(NamedTuple):
    """A date or a range of dates of a text."""

    span: Span
    """The months; the last before the first where the range runs backwards."""
    at: int
    """Where it begins in the text."""
    printed: str


@lru_cache(maxsize=2048)
def moments_of(text: str) -> tuple[Moment, ...]:
    """The dates that a text prints with their year, in its order: 2025年6月, 2025年底, 2025.3-2025.10, 2025年1-12月.

    Months without a year are no dates here: their year is not stated.
    """
    if not _MAYBE.search(text):
        return ()
    found = [Moment(_short(short), short.start(), short[0].strip()) for short in _SHORT_RANGE.finditer(text)]
    taken = {moment.at for moment in found}
    found += [
        Moment(_span(date), date.start(), date[0].strip()) for date in _DATE.finditer(text) if date.start() not in taken
    ]
    return tuple(sorted(found, key=lambda moment: moment.at))


def _short(found: re.Match[str]) -> Span:
    year = int(found["year"]) * 12 - 1
    return Span(year + int(found["first"]), _next(year + int(found["first"]), year + int(found["last"])))


def _next(first: int, last: int) -> int:
    """An end that is only a month: 2025年11月至3月 runs into the next year."""
    return last if last >= first else last + 12


def _span(found: re.Match[str]) -> Span:
    first = _part(found, "first")
    if found["month"]:
        # 2025年3月至10月: the year is said once.
        return Span(first.first, _next(first.first, first.first // 12 * 12 + int(found["month"]) - 1))
    return Span(first.first, _part(found, "last").last) if found["last"] else first


def _part(found: re.Match[str], end: str) -> Span:
    january = int(found[end]) * 12
    if month := found[f"{end}_month"]:
        return Span(january + int(month) - 1, january + int(month) - 1)
    if quarter := found[f"{end}_quarter"]:
        first = january + 3 * _QUARTERS[quarter.lstrip("第")[0]]
        return Span(first, first + 2)
    if half := found[f"{end}_half"]:
        return Span(january, january + 5) if half[0] == "上" else Span(january + 6, january + 11)
    return Span(january, january + 11)
