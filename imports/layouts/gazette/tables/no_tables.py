"""Lines with tabs that are no table: lists of contents, text in two newspaper columns, lists of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from imports.layouts.gazette.tables.cells import FIGURE, bare, filled_places, kind
from imports.layouts.gazette.tables.serials import serial

_PAGE = re.compile(r"[(\[·.…—-]{0,60}\d{1,4}[)\]]?")
_ENTRY = re.compile(
    r"第[一二三四五六七八九十百\d]{1,5}[章节编篇部条]|[(]?[一二三四五六七八九十]{1,3}[)、.]|附[件表录]|\d{1,2}(?:\.\d{1,2})*[.、\s]?\D|专栏|前言|序言|目录|后记"
)
_LEADERS = re.compile(r"[.·…]{3,}|…")
_SENTENCE_END = re.compile(r"[。；;！？!?：:]\Z")
_PROSE = re.compile(r"[，。；、：]")
_MOST: Final = 0.8
_LONG: Final = 12
_SAME_LENGTH: Final = 0.6
_FEW_CELLS: Final = 3


def is_contents(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are a list of contents: titles, and ascending page numbers at the end."""
    listed = [(row[places[0]], row[places[-1]]) for row in rows if len(places := filled_places(row)) > 1]
    if not listed or any(len(filled_places(row)) > _FEW_CELLS for row in rows):
        return False
    paged = [(title, page) for title, page in listed if _PAGE.fullmatch(bare(page[:80]))]
    if len(paged) < _MOST * len(listed) or any(serial(title) is not None for title, _ in paged):
        return False
    pages = [int(re.sub(r"\D", "", page) or 0) for _, page in paged]
    rising = sum(1 for before, after in pairwise(pages) if after >= before)
    entries = sum(1 for title, page in paged if _ENTRY.match(bare(title[:40])) or _LEADERS.search(title + page))
    return rising >= _MOST * (len(pages) - 1) and 2 * entries >= len(paged)


def is_newspaper(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows of two or three cells are lines of running text that stand side by side.

    The lines of a column are of one length and end in the midst of sentences.
    """
    cells = [cell for row in rows for cell in row if cell]
    if not cells or any(len(row) > _FEW_CELLS for row in rows) or any(kind(cell) & FIGURE for cell in cells):
        return False
    long = [cell for cell in cells if len(cell) >= _LONG]
    if len(long) < _SAME_LENGTH * len(cells) or len(long) < _FEW_CELLS:
        return False
    longest = max(len(cell) for cell in long)
    even = sum(1 for cell in long if len(cell) >= _MOST * longest)
    cut = sum(1 for cell in long if not _SENTENCE_END.search(cell))
    prose = sum(1 for cell in long if _PROSE.search(cell))
    return even >= _SAME_LENGTH * len(long) and cut >= _SAME_LENGTH * len(long) and 2 * prose >= len(long)


def is_bare_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows without a header are a table all the same: equally wide, with serials or a column of figures."""
    widths = [len(row) for row in rows]
    width = max(set(widths), key=widths.count)
    whole = [row for row in rows if len(row) == width]
    if width < _FEW_CELLS or len(whole) < 2 or len(whole) < _MOST * len(rows):
        return False
    serials = [serial(row[0]) for row in whole]
    if all(value is not None for value in serials):
        return all((after or 0) == (before or 0) + 1 for before, after in pairwise(serials))
    return len(whole) > 2 and any(all(kind(row[at]) & FIGURE for row in whole) for at in range(1, width))
