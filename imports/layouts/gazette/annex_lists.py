"""The list of annexes below a document: 附件：1. … 2. …, on one line or on several, its items wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from imports.layouts.gazette.dates import whole_date
from imports.layouts.gazette.lines import is_table_row, joined, line_after, mark_level, plain
from imports.layouts.gazette.titles import folded, is_organ

_N = r"(?:\d{1,3}(?:\s?[-—–.]\s?\d{1,3})?|[一二三四五六七八九十]{1,3})"
_LIST = re.compile(
    rf"附\s{{0,6}}[件表录]\s{{0,3}}[:：]\s*(?:(?P<number>{_N})\s{{0,3}}[.．、:：）)]\s*(?!\d))?(?P<title>\S.*)"
)
ITEM = re.compile(rf"[（(]?(?P<number>{_N})\s{{0,3}}[.．、:：）)]\s*(?!\d)(?P<title>\S.*)")
_ITEM_INSIDE = re.compile(r"(?<=[^\d\s])[;；]?\s{1,12}(?=\d{1,2}\s?[.．、]\s{0,3}[^\d\s])")
LABEL = re.compile(
    rf"[（(\[【]?附\s{{0,6}}(?P<kind>[件表录])\s{{0,3}}(?P<number>{_N})?\s{{0,3}}(?:[（(]续[)）])?[)）\]】]?\s{{0,3}}[:：]?\s{{0,12}}(?P<title>.*)"
)
_ENDS_CAPTION = re.compile(r"[。；;，,：:、]\Z")
NO_CAPTION = re.compile(
    r"[（(]?(?:金额|计量)?单位\s?[:：]|(?:填报|编制|填表|制表)(?:单位|日期|时间|人)|续表|第[一二三四五六七八九十]+[章节条]|[一二三四五六七八九十]+、|"
    r"[（(][一二三四五六七八九十]+[）)]|注\s?[:：]"
)
LONGEST: Final = 200
_MOST_ITEMS: Final = 200
_WRAPPED: Final = 18
_HAN: Final = {figure: value for value, figure in enumerate("零一二三四五六七八九")}


class Listed(NamedTuple):
    """A line of the list of annexes."""

    line: int
    number: str | None
    title: str
    last_line: int


def listed_annexes(lines: Sequence[str], first: int, last: int, skip: Sequence[tuple[int, int]]) -> Iterator[Listed]:
    """Every item of the lists of annexes between two lines, in order."""
    number = first
    while number <= last:
        items = _list_at(lines, number, last) if "附" in lines[number - 1][:20] and not is_inside(number, skip) else []
        yield from items
        number = max(number, items[-1].last_line if items else number) + 1


def _list_at(lines: Sequence[str], number: int, last: int) -> list[Listed]:
    """The items of the list that begins on a line: 附件：1. …, or 附件： above 1. …"""
    line = lines[number - 1]
    if len(line) > LONGEST * 3 or is_table_row(line):
        return []
    text = plain(line)
    opening = _LIST.fullmatch(text)
    items: list[Listed] = []
    if opening:
        for part in _ITEM_INSIDE.split(
            text[opening.start("number") if opening["number"] else opening.start("title") :]
        ):
            item = ITEM.fullmatch(part)
            items.append(Listed(number, item["number"] if item else None, item["title"] if item else part, number))
    elif not re.fullmatch(r"附\s{0,6}[件表录]\s{0,3}[:：]", text):
        return []
    if items and (items[0].number is None or items[0].number not in ("1", "一")) and _ends_caption(items[0].title):
        return []
    return _more_items(lines, number, last, items)


def _more_items(lines: Sequence[str], number: int, last: int, items: list[Listed]) -> list[Listed]:
    if items and items[0].number is None:
        return _continued(lines, number, last, items)
    while len(items) < _MOST_ITEMS:
        number = line_after(lines, number, last)
        line = lines[number - 1] if number else ""
        if not number or len(line) > LONGEST or is_table_row(line):
            break
        for part in _ITEM_INSIDE.split(plain(line)):
            item = ITEM.fullmatch(part)
            if item and _follows(items, item["number"]):
                items.append(Listed(number, item["number"], item["title"], number))
            elif items and not item and _goes_on(items, part, line):
                items[-1] = items[-1]._replace(title=joined([items[-1].title, part]), last_line=number)
            else:
                return items if items and not any(_ends_caption(one.title) for one in items[:-1]) else []
    return items


def _continued(lines: Sequence[str], number: int, last: int, items: list[Listed]) -> list[Listed]:
    below = line_after(lines, number, last)
    if below and len(lines[below - 1]) <= LONGEST:
        text = plain(lines[below - 1])
        if _goes_on(items, text, lines[below - 1]) and not is_table_row(lines[below - 1]):
            items[-1] = items[-1]._replace(title=joined([items[-1].title, text]), last_line=below)
    return items


def _follows(items: Sequence[Listed], number: str) -> bool:
    if not items:
        return number in ("1", "一")
    before, after = number_value(items[-1].number), number_value(number)
    return before is not None and after == before + 1


def _goes_on(items: Sequence[Listed], text: str, line: str) -> bool:
    """Whether a line is the rest of the last item: that is long, and this is no label, organ, date, heading or caption."""
    if not text:  # a line of nothing but signs that mark up text
        return False
    if mark_level(line) or is_organ(text) or whole_date(text) or LABEL.fullmatch(text) or "。" in text:
        return False
    if NO_CAPTION.match(text) or text.startswith(("（此", "(此")) or len(text) > 40:
        return False
    caption = any(folded(text) == folded(item.title) for item in items)
    return not caption and len(items[-1].title) >= (6 if text[0] in "（(" else _WRAPPED)


def _ends_caption(title: str) -> bool:
    return _ENDS_CAPTION.search(title) is not None and "。" in title


def is_inside(number: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether a line lies in one of the ranges."""
    return any(first <= number <= last for first, last in ranges)


def number_value(number: str | None) -> int | None:
    """1 for ``1`` and 一; ``None`` for 1-1 and for none."""
    if number is None:
        return None
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _HAN.get(number)
    return _HAN.get(tens, 1) * 10 + _HAN.get(ones, 0)
