"""Dates of signing and of publication: 2024年6月4日, 二〇二四年六月四日, 2024.6.4."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

_D = r"[0-9０-９]"
_ZEROS = "〇○零ＯOoО０0"
_HAN_YEAR = rf"[一二][{_ZEROS}一二三四五六七八九\s]{{3,7}}"
_HAN = r"[一二三四五六七八九十廿\s]{1,6}"
_DATE = re.compile(
    rf"(?P<year>(?:1|１|2|２)(?:\s?{_D}){{3}}|{_HAN_YEAR})\s{{0,3}}年\s{{0,3}}"
    rf"(?P<month>{_D}(?:\s?{_D})?|{_HAN})\s{{0,3}}月\s{{0,3}}(?P<day>{_D}(?:\s?{_D})?|{_HAN})\s{{0,3}}日"
    rf"|(?P<year2>[12]\d{{3}})(?P<mark>[.\-/．])(?P<month2>\d{{1,2}})(?P=mark)(?P<day2>\d{{1,2}})(?!\d)"
)
_LONGEST: Final = 60
_FIGURES: Final = {character: figure for figure, character in enumerate("零一二三四五六七八九")}


class PrintedDate(NamedTuple):
    """A date in a text, and where it stands there."""

    value: date | None
    """``None`` for a date that no calendar has (2024年6月31日)."""
    printed: str
    start: int
    end: int


def date_in(text: str) -> PrintedDate | None:
    """The last date of a short text."""
    found = list(_DATE.finditer(text[:400]))
    return _printed(found[-1]) if found else None


def whole_date(text: str) -> PrintedDate | None:
    """The date that a text consists of, but for brackets around it."""
    if len(text) > _LONGEST:
        return None
    found = _DATE.search(text)
    if found is None or (text[: found.start()] + text[found.end() :]).strip(" \t\u3000\xa0()（）"):
        return None
    return _printed(found)


def _printed(found: re.Match[str]) -> PrintedDate:
    parts = [found[name] or found[name + "2"] for name in ("year", "month", "day")]
    try:
        value: date | None = date(_year(parts[0]), _number(parts[1]), _number(parts[2]))
    except ValueError:
        value = None
    return PrintedDate(value, found[0], found.start(), found.end())


def _year(printed: str) -> int:
    figures = "".join(printed.split())
    if figures.isdigit():
        return int(figures)
    return int("".join("0" if figure in _ZEROS else str(_FIGURES[figure]) for figure in figures))


def _number(printed: str) -> int:
    """A month or a day: 6, １２, 十二, 二十, 廿一."""
    figures = "".join(printed.split()).replace("廿", "二十")
    if figures.isdigit():
        return int(figures)
    tens, ten, ones = figures.rpartition("十")
    if "十" in tens or len(tens) > 1 or len(ones) > 1 or (not ten and len(ones) != 1):
        raise ValueError(printed)
    return (_FIGURES[tens] if tens else 1) * 10 * bool(ten) + (_FIGURES[ones] if ones else 0)
