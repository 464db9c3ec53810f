"""What stands below the head of an official document: its addressee, its text; not the title of another document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from imports.document_numbers import numbers_in, whole_number
from imports.layouts.gazette.contents import is_entry
from imports.layouts.gazette.lines import is_table_row, line_after, plain, unspaced
from imports.layouts.gazette.titles import is_organ, is_title, organs_end

_ORDER = re.compile(r"[一-鿿]{2,40}(?:令|公告)")
ADDRESSEE_END: Final = re.compile(r"[:：]\s*\Z")
ANNEX_LABEL = re.compile(
    r"[（(]?附\s{0,3}[件表录]\s{0,3}[\d一二三四五六七八九十\-—]{0,6}\s{0,3}[)）]?\s{0,3}[:：]?(?:\s|\Z)"
)
LONGEST: Final = 160
_PROSE: Final = 45


def has_addressee(lines: Sequence[str], line: int) -> bool:
    """Whether the lines below a title name whom it is for: …： before the first sentence."""
    number = line
    for _ in range(4):
        number = line_after(lines, number, len(lines))
        if not number or is_table_row(lines[number - 1]) or len(lines[number - 1]) > 400:
            return False
        text = plain(lines[number - 1])
        if ADDRESSEE_END.search(text):
            return not ANNEX_LABEL.match(text)
        if "。" in text or "；" in text or "关于" in text or "印发" in text or numbers_in(text):
            return False
    return False


def has_text(lines: Sequence[str], line: int) -> bool:
    """Whether a document's text follows: an addressee or prose comes before the next 文号 or entry of contents."""
    number, above = line, ""
    for _ in range(8):
        number = line_after(lines, number, len(lines))
        if not number:
            return False
        shown = lines[number - 1]
        if len(shown) > LONGEST:
            return True
        text = plain(shown)
        if is_entry(shown) or whole_number(text) or names_document(text) or is_order(text):
            return False
        if is_organ(above) and text.startswith("关于"):
            return False
        if ADDRESSEE_END.search(text) or "。" in text or len(text) >= _PROSE or is_table_row(shown):
            return True
        above = text
    return False


def names_document(text: str) -> bool:
    """Whether a line is the title of another document, or its beginning, with its 文号 behind it or not."""
    if not organs_end(unspaced(text)):
        return False
    numbers = numbers_in(text)
    return len(text) < _PROSE or is_title(text[: numbers[-1].start].rstrip("（([【 ") if numbers else text)


def is_order(name: str) -> bool:
    """Whether a line is an organ and 令 or 公告: …人民政府令."""
    name = unspaced(name)
    return _ORDER.fullmatch(name) is not None and (is_organ(name[:-1]) or is_organ(name[:-2]))
