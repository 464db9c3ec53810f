"""Sentences and clauses: where a statement about a figure begins and ends.

Everything is decided on a *squeezed* sentence: no white space, half-width digits and punctuation, so that ``９５ ％`` and
``95%`` are one text. Every character of it knows its place in the paragraph, so that what is handed on is as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

LONGEST_SENTENCE: Final = 3000
"""What is longer is no sentence; it is read in pieces, so that the time stays linear whatever the file holds."""
ASIDE: Final = "\x00"
"""Stands in the masked text for what an aside in brackets says: it is read as clauses of its own."""
GAP: Final = "\x02"
"""Stands for a space between two figures that are not one number."""

_SENTENCE = re.compile(rf"[^。！？!?]{{1,{LONGEST_SENTENCE}}}[。！？!?]?")
_FIGURE_INSIDE = re.compile(r"[0-9０-９]|分之|[一二两三四五六七八九十百][一-龥]")
_WORD = re.compile(r"\S+")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％，；：（）〜～＞＜／＋﹪", "0123456789.%,;:()~~></+%")
_NAMES = re.compile(
    r"《[^《》]{1,150}》|“[^“”]{1,60}”|\"[^\"]{1,60}\"|「[^「」]{1,60}」|〔[^〔〕]{1,8}〕|\[[^\[\]]{1,8}\]"
)
_BRACKETS = re.compile(r"\(([^()]{0,600})\)")
_NAME_MARKS: Final = "0123456789,;:、。年五"
_QUIET: Final = {ord(mark): 0xE000 + place for place, mark in enumerate(_NAME_MARKS)}
_LEGIBLE: Final = {quiet: mark for mark, quiet in _QUIET.items()}
_PLAN = re.compile(r"[“\"][一二三四五六七八九十]{1,3}五(?:规划)?[”\"]")
_PERCENTAGE = re.compile(r"[0-9]%")
_YEAR_ALONE = re.compile(r"[到至]?20[0-9]{2}年")
_DIGIT = re.compile("[0-9]")
_SEPARATOR = re.compile(r"[;。!?]|,(?!(?<=[0-9],)[0-9]{3}(?![0-9]))|:(?!(?<=[0-9]:)[0-9])|——")
_SHORT_BRACKET: Final = 8
_LONG_BRACKET: Final = 14


class Clause(NamedTuple):
    """A part of a sentence between two commas, or of an aside in brackets."""

    start: int
    end: int
    aside: bool


class Sentence(NamedTuple):
    """A sentence of a paragraph, squeezed and cut into clauses."""

    printed: str
    text: str
    masked: str
    """``text`` with names made quiet and asides blotted out."""
    named: str
    """``text`` with names made quiet."""
    places: list[int]
    """Place in ``text`` → offset in the paragraph."""
    clauses: list[Clause]

    def view(self, clause: Clause) -> str:
        """What is looked at for a clause: all of it where it is an aside, else the sentence without its asides."""
        return self.named if clause.aside else self.masked

    def as_printed(self, paragraph: str, start: int, end: int) -> str:
        """What the paragraph prints from ``start`` to ``end`` of the squeezed text."""
        if start >= end:
            return ""
        return paragraph[self.places[start] : self.places[end - 1] + 1]


def sentences(paragraph: str) -> Iterator[Sentence]:
    """The sentences of a paragraph that hold a figure or a Chinese numeral."""
    for found in _SENTENCE.finditer(paragraph):
        if _FIGURE_INSIDE.search(found[0]):
            yield _sentence(found[0], found.start())


def _sentence(printed: str, start: int) -> Sentence:
    text, places = _squeezed(printed, start)
    named = _NAMES.sub(_quiet_name, text)
    masked, asides = _without_asides(named)
    clauses = [Clause(first, last, aside=False) for first, last in _spans(masked, 0, len(masked))]
    for first, last in asides:
        clauses.extend(Clause(begin, end, aside=True) for begin, end in _spans(named, first, last))
    clauses.sort()
    return Sentence(printed.strip(), text, masked, named, places, clauses)


def _quiet_name(name: re.Match[str]) -> str:
    """A quotation with a percentage is a statement; “十五五” is a time."""
    is_statement = name[0][0] != "《" and (_PERCENTAGE.search(name[0]) or _PLAN.match(name[0]))
    return name[0] if is_statement else _quiet(name[0])


def _squeezed(printed: str, start: int) -> tuple[str, list[int]]:
    """The text without white space, and the place of each character. A thousands space joins, any other parts."""
    parts: list[str] = []
    places: list[int] = []
    for word in _WORD.finditer(printed):
        if parts and parts[-1][-1].isdigit() and word[0][0].isdigit() and not _is_one_number(parts[-1], word[0]):
            parts.append(GAP)
            places.append(start + word.start() - 1)
        parts.append(word[0])
        places.extend(range(start + word.start(), start + word.end()))
    return "".join(parts).translate(_HALF_WIDTH), places


_DIGIT_APART = re.compile(r"(?:^|[^0-9０-９.,])[0-9０-９]$")
_DIGIT_ALONE = re.compile(r"[0-9０-９](?![0-9０-９.,])")
_THOUSANDS_HEAD = re.compile(r"(?<![0-9０-９.,])[1-9][0-9]{0,2}$")
_THOUSANDS_TAIL = re.compile(r"[0-9]{3}(?![0-9.年月日])")


def _is_one_number(before: str, after: str) -> bool:
    """2 500 with its thousands apart, 2 0 2 5 with every digit apart; 2025 350 are two numbers."""
    if _DIGIT_APART.search(before[-2:]) and _DIGIT_ALONE.match(after):
        return True
    return bool(_THOUSANDS_HEAD.search(before[-4:]) and _THOUSANDS_TAIL.match(after))


def _without_asides(named: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with its asides blotted out, and where those with figures stand."""
    asides: list[tuple[int, int]] = []

    def bracket(found: re.Match[str]) -> str:
        inside = found[1]
        has_figure = _DIGIT.search(inside) is not None or "分之" in inside
        if (len(inside) <= _SHORT_BRACKET and not _YEAR_ALONE.match(inside)) or (
            not has_figure and len(inside) <= _LONG_BRACKET
        ):
            return _quiet(found[0])
        if has_figure:
            asides.append(found.span(1))
        return ASIDE * len(found[0])

    return _BRACKETS.sub(bracket, named), asides


def _quiet(text: str) -> str:
    """With its digits and marks replaced: within 《》, quotation marks or short brackets they are part of a name."""
    return text.translate(_QUIET)


def legible(text: str) -> str:
    """A piece of a view with the digits and marks of names as they are."""
    return text.translate(_LEGIBLE)


def _spans(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    begin = first
    for separator in _SEPARATOR.finditer(text, first, last):
        if separator.start() > begin:
            yield begin, separator.start()
        begin = separator.end()
    if last > begin:
        yield begin, last
