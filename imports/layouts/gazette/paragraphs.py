"""The running text of a document, paragraph by paragraph, with sentences mended that a line or page break cuts.

Converters print a paragraph on one line or on many, and put blank lines (and page numbers) where a page ended. A break
is mended where the text before it is prose that does not end a sentence and the text after it begins nothing of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from imports.layouts.gazette.drafts import Heading
from imports.layouts.gazette.lines import is_blank, is_page_number, is_table_row, mark_level, plain

_ENDS_SENTENCE = re.compile(r"[。！？!?；;：:….][”’」』）)\]】]{0,3}$")
_ENDS_IN_NOTE = re.compile(r"[（(][^（）()]{1,80}[)）]$")
_ENDS_ON = re.compile(r"[，,、（(《“]$")
_PUNCTUATION = re.compile(r"[，,。；;：:、]")
_NUMERAL = "[一二三四五六七八九十百0-9０-９]"
_BEGINS = re.compile(
    rf"""(?: 第{_NUMERAL}{{1,5}}[章节条篇编部]      # 第三章
    | [一二三四五六七八九十]{{1,3}}[、.．是要]       # 一、  一是
    | [（(]\s?{_NUMERAL}{{1,3}}\s?[）)]             # （一）
    | [0-9０-９]{{1,3}}[.．、](?![0-9０-９])         # 1.
    | [0-9０-９]{{1,2}}[）)]
    | [①-⑳●■◆▲★※·•—–]                              # bullets, ——
    | 附件|附表|附录|专栏|表{_NUMERAL}|图{_NUMERAL}
    | [（(](?:此件|责任单位|牵头单位)
    )""",
    re.VERBOSE,
)
_BULLET = re.compile(r"\s{0,8}[-*+]\s")
_DATE_ALONE = re.compile(r"[0-9０-９二〇○零一三四五六七八九]{4}\s?年[^，。]{1,14}日$")
_SHORTEST_CUT: Final = 15
"""A line as short as this is a title or a signature, not prose that a break cut, unless it has a comma."""
_WRAPPED: Final = 20
_LONGEST_HEADING: Final = 50


class Paragraph(NamedTuple):
    """One paragraph of running text."""

    text: str
    """Plain (no markdown, no tags), with the breaks taken out; inner spaces as printed."""
    pieces: tuple[tuple[int, int], ...]
    """Offset in ``text`` → line of the file, for every line that the paragraph stands on."""
    headings: tuple[Heading, ...]
    """The headings above it, from the chapter down; its own where it begins with one."""

    def line_at(self, offset: int) -> int:
        """The line of the file on which the character at ``offset`` stands."""
        place = bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1
        return self.pieces[max(place, 0)][1]


def paragraphs(
    lines: Sequence[str], first: int, last: int, skip: Sequence[tuple[int, int]], headings: Sequence[Heading]
) -> Iterator[Paragraph]:
    """The paragraphs on the 1-based lines ``first`` to ``last``, without the ranges to ``skip`` and rows of tables.

    ``headings`` are those of the document, in order of their lines; a heading is a paragraph of its own, unless text
    runs on behind it on the same line.
    """
    chain = _Chain(headings)
    collected: _Collected | None = None
    blank_before = False
    for number, text in _prose(lines, first, last, skip):
        if not text:
            blank_before = True
            continue
        line = lines[number - 1] if number is not None else ""
        if collected and number is not None and collected.goes_on(line, text, chain.is_at(number), blank_before):
            collected.add(number, text)
        else:
            if collected:
                yield collected.paragraph()
            collected = None
            if number is not None:
                pure = chain.is_pure(number, text) or (mark_level(line) > 0 and _is_title(text))
                collected = _Collected(number, text, chain.above(number), pure_heading=pure)
        blank_before = False
    if collected:
        yield collected.paragraph()


def _prose(
    lines: Sequence[str], first: int, last: int, skip: Sequence[tuple[int, int]]
) -> Iterator[tuple[int | None, str]]:
    """Line numbers with plain text: an empty text for blank lines and page numbers, no number where prose is interrupted."""
    ranges = iter(sorted(skip))
    passing = next(ranges, None)
    number = max(first, 1)
    while number <= min(last, len(lines)):
        while passing and passing[1] < number:
            passing = next(ranges, None)
        if passing and passing[0] <= number:
            yield None, "|"
            number = passing[1] + 1
            continue
        line = lines[number - 1]
        if is_table_row(line):
            yield None, "|"
        elif is_blank(line) or is_page_number(line):
            yield number, ""
        else:
            yield number, plain(line)
        number += 1


class _Collected:
    """A paragraph that is being put together."""

    def __init__(self, number: int, text: str, headings: tuple[Heading, ...], *, pure_heading: bool) -> None:
        self._parts = [text]
        self._pieces = [(0, number)]
        self._length = len(text)
        self._headings = headings
        self._pure_heading = pure_heading

    def goes_on(self, line: str, text: str, at_heading: bool, blank_before: bool) -> bool:
        """Whether a line carries on the sentence that the lines so far leave open."""
        if self._pure_heading or at_heading or mark_level(line) or _begins_something(line, text):
            return False
        return _is_cut(self._parts[-1], blank_before)

    def add(self, number: int, text: str) -> None:
        if _needs_space(self._parts[-1][-1], text[0]):
            self._parts.append(" ")
            self._length += 1
        self._pieces.append((self._length, number))
        self._parts.append(text)
        self._length += len(text)

    def paragraph(self) -> Paragraph:
        return Paragraph("".join(self._parts), tuple(self._pieces), self._headings)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and "。" not in text[:-1]


def _begins_something(line: str, text: str) -> bool:
    return bool(_BEGINS.match(text) or _BULLET.match(line) or _DATE_ALONE.match(text[:40]))


def _is_cut(text: str, blank_after: bool) -> bool:
    """Whether a line ends in the middle of a sentence."""
    if _ENDS_SENTENCE.search(text[-5:]) or _ENDS_IN_NOTE.search(text[-90:]):
        return False
    if _ENDS_ON.search(text[-1:]):
        return True
    if blank_after:
        return len(text) >= _SHORTEST_CUT and _PUNCTUATION.search(text[-4000:]) is not None
    return len(text) >= _WRAPPED


def _needs_space(before: str, after: str) -> bool:
    return before.isascii() and before.isalpha() and after.isascii() and after.isalpha()


class _Chain:
    """The headings above a line, walked once from the top of the document."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._headings = headings
        self._by_line = {heading.line: heading for heading in headings}
        self._next = 0
        self._stack: list[Heading] = []

    def above(self, number: int) -> tuple[Heading, ...]:
        while self._next < len(self._headings) and self._headings[self._next].line <= number:
            heading = self._headings[self._next]
            while self._stack and self._stack[-1].level >= heading.level:
                self._stack.pop()
            self._stack.append(heading)
            self._next += 1
        return tuple(self._stack)

    def is_at(self, number: int) -> bool:
        return number in self._by_line

    def is_pure(self, number: int, text: str) -> bool:
        """Whether a line is a heading and nothing more: no text runs on behind it."""
        return number in self._by_line and _is_title(text)
