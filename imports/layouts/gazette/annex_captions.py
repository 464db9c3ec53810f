"""The captions of annexes: below their label, above it, or alone, over up to four lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from imports.layouts.gazette.annex_lists import ITEM, LABEL, LONGEST, NO_CAPTION
from imports.layouts.gazette.dates import whole_date
from imports.layouts.gazette.lines import line_after, line_before, mark_level, plain, unspaced
from imports.layouts.gazette.titles import folded

_ENDS_CAPTION = re.compile(r"[。；;，,：:、]\Z")
_MOST_CAPTION_LINES: Final = 4
_ALIKE: Final = 0.9


def caption_below(
    lines: Sequence[str], line: int, last: int, listed: str | None, begun: str = ""
) -> tuple[int, str] | None:
    """The caption below a line: as listed, over up to four lines; else the first heading, with those that go on."""
    pieces = [begun] if begun else []
    first = number = line_after(lines, line, last)
    best: tuple[int, str] | None = (line, begun) if begun else None
    while number and len(pieces) < _MOST_CAPTION_LINES:
        text = caption_on(lines[number - 1])
        if text is None or LABEL.fullmatch(text):
            break
        pieces.append(text)
        title = unspaced("".join(pieces))
        if listed and is_same(title, listed):
            return (line if begun else first), title
        goes_on = mark_level(lines[number - 1]) and mark_level(lines[first - 1])
        if best is None or (goes_on and not begun and not _numbered_heading(text)):
            best = first, title
        number = line_after(lines, number, last)
    return best


def caption_above(lines: Sequence[str], line: int, first: int, listed: str) -> tuple[int, str] | None:
    """The caption above a label, as the list names it, and the line on which it begins."""
    pieces: list[str] = []
    number = line_before(lines, line, first)
    while number and len(pieces) < _MOST_CAPTION_LINES:
        text = caption_on(lines[number - 1])
        if text is None:
            return None
        pieces.insert(0, text)
        title = unspaced("".join(pieces))
        if is_same(title, listed):
            return number, title
        number = line_before(lines, number, first)
    return None


def caption_on(line: str) -> str | None:
    """The text of a line that may be a caption; a caption in a table's first cell has nothing beside it."""
    if len(line) > LONGEST:
        return None
    cells = [cell for cell in line.split("\t") if cell.strip()]
    text = plain(cells[0]) if len(cells) == 1 else ""
    return text if can_be_caption(text) else None


def can_be_caption(text: str) -> bool:
    """Whether a text may be a caption: short, no sentence, no date, no unit line, no numbered heading of a text."""
    if not 2 <= len(text) <= 120 or _ENDS_CAPTION.search(text) or "。" in text or whole_date(text):
        return False
    return not NO_CAPTION.match(text)


def _numbered_heading(text: str) -> bool:
    return ITEM.fullmatch(text) is not None


def grown_caption(lines: Sequence[str], number: int, last: int, wanted: str) -> str | None:
    """The caption that begins on a line and says what the list names, over as many lines as that takes."""
    title = ""
    while number and wanted.startswith(folded(title)):
        text = caption_on(lines[number - 1])
        if text is None:
            return None
        title += text
        if folded(title) == wanted:
            return unspaced(title)
        number = line_after(lines, number, last)
    return None


def is_same(title: str, listed: str) -> bool:
    """Whether a caption is the listed title, up to a slip or a longer beginning."""
    one, other = folded(title), folded(listed)
    if one == other or (len(other) >= 6 and one.endswith(other)):
        return True
    return abs(len(one) - len(other)) <= 4 and SequenceMatcher(None, one, other).ratio() >= _ALIKE
