"""The headings of a document: 第一章, 第一节, 一、, （一）, 1., marked lines and 专栏 boxes.

GB/T 9704-2012, 7.3.3: the levels of a text are 一、 （一） 1. （1）, below chapters and sections where there are any. The
``#`` of converters stand at random levels, so that the printed numbers say which heading is below which. A heading is
alone on its line and no sentence; 第一条 and items of lists are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from imports.layouts.gazette.dates import whole_date
from imports.layouts.gazette.drafts import Heading
from imports.layouts.gazette.lines import is_blank, is_table_row, line_after, mark_level, plain, unspaced

_HAN = r"[一二三四五六七八九十百零〇]{1,5}"
_KINDS: Final = (
    ("part", re.compile(rf"第\s?(?:{_HAN}|\d{{1,2}})\s?[编篇部][分]?(?:\s|[:：]|\Z|(?=[^一二三四五六七八九十]))")),
    ("chapter", re.compile(rf"第\s?(?:{_HAN}|\d{{1,2}})\s?章")),
    ("section", re.compile(rf"第\s?(?:{_HAN}|\d{{1,2}})\s?节")),
    ("han", re.compile(rf"{_HAN}\s{{0,3}}[、.．]")),
    ("han_brackets", re.compile(rf"[（(]\s?{_HAN}\s?[）)]")),
    ("figure", re.compile(r"\d{1,3}\s{0,2}[.．、](?!\d)")),
    ("figure_brackets", re.compile(r"[（(]\s?\d{1,3}\s?[）)]|[①-⑳]")),
)
_BOX = re.compile(
    rf"专栏\s{{0,3}}(?:{_HAN}|\d{{1,3}})?(?:\s|[:：]|\Z)|专栏(?:{_HAN}|\d{{1,3}})(?=[^一二三四五六七八九十\d])"
)
_ARTICLE = re.compile(rf"第\s?(?:{_HAN}|\d{{1,3}})\s?条")
_SENTENCE = re.compile(r"[。；;！!？?，,：:、]\Z")
_INSIDE_SENTENCE = re.compile(r"。.|；.")
_BOLD = re.compile(
    r"\s*(?:[-*]\s)?(?:#{1,6}\s*)?(?:\*\*[^*]{2,120}\*\*|<b>[^<]{2,120}</b>|<strong>[^<]{2,120}</strong>)\s*"
)
_NO_HEADING = re.compile(
    r"[（(]?(?:此件|附\s{0,4}[件表录]|续\s?表|单位\s?[:：]|(?:表|图)\s?[\d一二三四五六七八九十]|注\s?[:：]|附\s?[:：])"
)
_LONGEST: Final = 200
_LONGEST_HEADING: Final = 60
_LONGEST_ITEM: Final = 40


class _Found(NamedTuple):
    """A heading, or a numbered line that is none: ``text`` is then empty."""

    line: int
    kind: str
    text: str
    strong: bool


def find_headings(
    lines: Sequence[str],
    first: int,
    last: int,
    skip: Sequence[tuple[int, int]] = (),
    taken: frozenset[int] = frozenset(),
) -> list[Heading]:
    """The headings between two lines of a document, with their levels from 1.

    ``skip`` are ranges that hold none (tables of contents), ``taken`` lines that are something else: captions of
    annexes, the title of what is issued.
    """
    found = list(_found(lines, first, last, skip, taken))
    return list(_levelled([one for place, one in enumerate(found) if one.text and not _is_cut_text(found, place)]))


def _found(
    lines: Sequence[str], first: int, last: int, skip: Sequence[tuple[int, int]], taken: frozenset[int]
) -> Iterator[_Found]:
    ranges = iter(sorted(skip))
    current = next(ranges, None)
    for number in range(first, last + 1):
        while current and number > current[1]:
            current = next(ranges, None)
        if (current and number >= current[0]) or number in taken:
            continue
        found = _heading_at(lines, number, last)
        if found:
            yield found


def _heading_at(lines: Sequence[str], number: int, last: int) -> _Found | None:
    line = lines[number - 1]
    if is_blank(line):
        return None
    if is_table_row(line):
        return _box_row(line, number) if len(line) <= _LONGEST else None
    text = plain(line[: _LONGEST + 1])
    kind = _kind(text)
    as_text = _Found(number, kind, "", False) if kind else None
    if not 2 <= len(text) <= 120 or len(line) > _LONGEST or _NO_HEADING.match(text) or whole_date(text):
        return as_text
    strong = bool(mark_level(line)) or _BOLD.fullmatch(line) is not None
    if _ends_sentence(text, strong=strong):
        return as_text
    if _BOX.match(text):
        return _Found(number, "box", text, True)
    if _ARTICLE.match(text):
        return _Found(number, "article", text, True) if strong else None
    if kind is None:
        return _Found(number, "marked", text, True) if strong and len(unspaced(text)) <= _LONGEST_HEADING else None
    if not strong and not _stands_over_text(lines, number, text, last):
        return as_text
    return _Found(number, kind, text, strong)


def _is_cut_text(found: Sequence[_Found], place: int) -> bool:
    """Whether an unmarked heading is a paragraph cut by a page break: the items beside it are text."""
    own = found[place]
    if own.strong or own.kind not in _TEXT_KINDS:
        return False
    for step in (-1, 1):
        beside = place + step
        while 0 <= beside < len(found) and _rank(found[beside].kind) >= _rank(own.kind):
            if found[beside].kind == own.kind:
                if not found[beside].text:
                    return True
                break
            beside += step
    return False


def _box_row(line: str, number: int) -> _Found | None:
    """A box whose caption stands in the first cell of its table, nothing beside it."""
    cells = [cell for cell in line.split("\t") if cell.strip()]
    text = plain(cells[0]) if len(cells) == 1 else ""
    return _Found(number, "box", text, True) if text and _BOX.match(text) else None


def _kind(text: str) -> str | None:
    return next((name for name, pattern in _KINDS if pattern.match(text)), None)


def _ends_sentence(text: str, *, strong: bool) -> bool:
    """Whether a line is a sentence, or cut off inside one; a marked heading may end in a colon or a full stop."""
    if _INSIDE_SENTENCE.search(text):
        return True
    return _SENTENCE.search(text) is not None and not (strong and text[-1] in "：:。" and len(text) <= _LONGEST_ITEM)


def _stands_over_text(lines: Sequence[str], number: int, text: str, last: int) -> bool:
    """Whether below an unmarked 一、… stands text of its own: a next item says that both are items of a list."""
    own = _kind(text) or ""
    if own not in _TEXT_KINDS:
        return len(text) <= _LONGEST_HEADING
    if len(text) > (_LONGEST_HEADING if own == "han" else _LONGEST_ITEM):
        return False
    below = line_after(lines, number, last)
    if not below:
        return False
    under = plain(lines[below - 1][:_LONGEST])
    kind = _kind(under)
    if kind is None:
        return is_table_row(lines[below - 1]) or len(under) > 20 or mark_level(lines[below - 1]) > 0 or own == "han"
    return _rank(kind) > _rank(own)


_TEXT_KINDS: Final = ("han", "han_brackets", "figure", "figure_brackets")
_RANKS: Final = {name: rank for rank, (name, _) in enumerate(_KINDS)}


def _rank(kind: str) -> int:
    return _RANKS.get(kind, -1)


def _levelled(found: Sequence[_Found]) -> Iterator[Heading]:
    """Levels by the kinds of numbers the document has, from the highest; boxes and bare marks by what stands above."""
    kinds = sorted({heading.kind for heading in found if heading.kind in _RANKS}, key=_rank)
    levels = {kind: level for level, kind in enumerate(kinds, start=1)}
    above = 0
    for heading in found:
        level = levels.get(heading.kind)
        if level is None:
            level = 1 if heading.kind == "marked" else above + 1
        else:
            above = level
        yield Heading(heading.line, level, heading.text)
