"""The data lines of a list, with what the page says about the place between one line and the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from imports.layouts.key_project_list.furniture import BLANK, FURNITURE, Furniture

_LEADING_SPACE_SHARE: Final = 0.1
_SENTENCE_ENDS: Final = "。；！？.;!?"
_NUMBER = re.compile(r"\d{1,4}")


class Gap(IntEnum):
    """What stands between a data line and the one above it."""

    NONE = 0
    PAGE = 1
    """A page break: furniture, a form feed or one leading space. Blank lines around furniture say nothing."""
    BLANK = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One data line: 1-based number, text without the space around it, the gap above it, its page.

    ``width`` is in half characters: what the column widths of the page are measured in.
    """

    number: int
    text: str
    gap: Gap
    page: int
    new_page: bool
    width: int


def width_of(text: str) -> int:
    """Printed width in half characters; the common characters of Chinese text have three bytes and two halves."""
    return (len(text) + len(text.encode())) // 2


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence ends."""
    return text[-1:] in _SENTENCE_ENDS


def data_lines(raw: Sequence[str], furniture: Furniture) -> list[Line]:
    """The lines that are neither blank nor furniture."""
    spaced = _leading_spaces_mean_pages(raw)
    lines: list[Line] = []
    page, blank, furnished = 1, False, False
    for number, (text, kind) in enumerate(zip(raw, furniture.kinds, strict=True), start=1):
        stripped = text.strip().strip("\ufeff").strip()
        if kind == BLANK or (kind != FURNITURE and not stripped):  # byte order marks alone stay unaccounted for
            blank, furnished = True, furnished or "\f" in text
        elif kind == FURNITURE:
            furnished = True
        else:
            broken = _starts_page(text, spaced)
            new_page = bool(lines) and (furnished or broken)
            page += new_page
            gap = Gap.PAGE if furnished or (broken and not blank) else Gap.BLANK if blank else Gap.NONE
            lines.append(Line(number, stripped, gap, page, new_page, width_of(stripped)))
            blank, furnished = False, text[-1] == "\f"
    return lines


def _starts_page(text: str, spaced: bool) -> bool:
    return text[0] == "\f" or (spaced and text[0] == " " and text[1] != " ")


def _leading_spaces_mean_pages(raw: Sequence[str]) -> bool:
    """One leading space marks the first line of a page, unless the converter indents as a habit."""
    printed = [line for line in raw if line and not line.isspace()]
    indented = sum(line[0] == " " for line in printed)
    return indented <= max(3, _LEADING_SPACE_SHARE * len(printed))


def page_numbers(lines: Sequence[Line]) -> set[int]:
    """Positions of bare numbers at the foot of a page; whether they are serials only the heads can tell."""
    found = set()
    for position, line in enumerate(lines):
        if _NUMBER.fullmatch(line.text) and (position + 1 == len(lines) or lines[position + 1].new_page):
            apart = line.gap != Gap.NONE or (position > 0 and ends_sentence(lines[position - 1].text))
            if apart:
                found.add(position)
    return found
