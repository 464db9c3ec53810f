"""Single lines of a gazette: blank, table row, page number, heading; and their text without the marks of converters.

Converters print the same page as plain text or as markdown (``#`` at any level, ``**``, bullets, ``\\(``) with html left
in it (``<b>``, ``<br>``, ``&nbsp;``). All patterns here are bounded, since one line may be as long as a file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final

_BLANK = re.compile(r"[\s\u200b\ufeff]*+\Z")
_HASHES = re.compile(r"[\s\u200b\ufeff>]*+([#＃]{1,6}+)")
_OPENING = re.compile(r"[\s\u200b\ufeff]*+(?:>\s*+)?(?:[#＃]{1,6}+\s*+|[-*+•●▪]\s++(?!\d{1,4}+\s*+[-—–]?\s*+\Z))?")
_BREAK = re.compile(r"<br\s{0,5}/?>|</?p>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,300})?/?>")
_BOLD = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|~~")
_ESCAPED = re.compile(r"\\([^\w\s])")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_UNSEEN = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\xad]+")
_SPACE = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(
    r"[-—–―－·•.\s]{0,8}(?:第\s{0,3})?\d{1,4}\s{0,3}(?:页)?(?:\s{0,3}[,，/共]{1,2}\s{0,3}\d{1,4}\s{0,3}页?)?[-—–―－·•.\s]{0,8}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_PAGE_NUMBER: Final = 40


def is_blank(line: str) -> bool:
    """Whether a line shows nothing."""
    return _BLANK.match(line) is not None


def is_table_row(line: str) -> bool:
    """Whether a line has a cell border (a tab)."""
    return "\t" in line


def is_page_number(line: str) -> bool:
    """Whether a line is the number of a page and nothing else: ``- 12 -``, ``— 12 —``, 第 3 页 共 8 页, a bare ``12``."""
    text = line.strip()
    if _YEAR.fullmatch(text):
        return False
    return 0 < len(text) <= _LONGEST_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(text) is not None


def plain(line: str) -> str:
    """A line without markdown marks, bullets and html tags, and without outer space; inner spaces stay as they are."""
    text = line[_end(_OPENING, line) :]
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "*" in text or "__" in text or "~~" in text:
        text = _BOLD.sub("", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _UNSEEN.sub("", text).strip()


def mark_level(line: str) -> int:
    """How many ``#`` stand before a heading; 0 for a line that is not marked as one."""
    marks = _HASHES.match(line)
    return len(marks[1]) if marks else 0


def joined(parts: Iterable[str]) -> str:
    """The lines of one wrapped text put together: one space between Latin words, none elsewhere."""
    pieces: list[str] = []
    for part in parts:
        text = part.strip()
        if not text:
            continue
        if pieces and _needs_space(pieces[-1][-1], text[0]):
            pieces.append(" ")
        pieces.append(text)
    return "".join(pieces)


def unspaced(text: str) -> str:
    """A text without any white space, for comparing what is printed with other spaces."""
    return _SPACE.sub("", text)


def line_after(lines: Sequence[str], line: int, last: int) -> int:
    """The next of the 1-based lines up to ``last`` that shows text and is no page number; 0 where none is."""
    for number in range(line + 1, last + 1):
        if not is_blank(lines[number - 1]) and not is_page_number(lines[number - 1]):
            return number
    return 0


def line_before(lines: Sequence[str], line: int, first: int) -> int:
    """The line above that shows text and is no page number, from ``first`` on; 0 where none is."""
    for number in range(line - 1, first - 1, -1):
        if not is_blank(lines[number - 1]) and not is_page_number(lines[number - 1]):
            return number
    return 0


def _end(pattern: re.Pattern[str], line: str) -> int:
    found = pattern.match(line)
    return found.end() if found else 0


def _needs_space(before: str, after: str) -> bool:
    """Between two words, or a word and a number; two figures are one number that was cut."""
    latin = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return latin and not (before.isdigit() and after.isdigit())
