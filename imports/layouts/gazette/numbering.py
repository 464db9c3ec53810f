"""Numbers that stand before a text: the serial of a name whose table has no column of serials, the items of a content."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"\s*(?:(?P<plain>\d{1,3})(?:[、．]|[.](?!\d)|[)）])|(?P<chinese>[一二三四五六七八九十]{1,3})、"
    r"|(?P<whole>[(（](?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳]))\s*(?=\S)"
)
_BULLET = re.compile(r"\s*[●•·◆■►—]")


def numbered(text: str) -> tuple[str | None, str]:
    """The number before a text and the text behind it: ``"3、绿化"`` → ``("3", "绿化")``; (一) keeps its brackets."""
    found = _NUMBER.match(text)
    if found is None:
        return None, text
    return found["plain"] or found["chinese"] or found["whole"], text[found.end() :]


def is_item(text: str) -> bool:
    """Whether a text is an item of a list."""
    return _NUMBER.match(text) is not None or _BULLET.match(text) is not None
