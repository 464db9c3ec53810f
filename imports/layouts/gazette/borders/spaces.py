"""Tables whose cells are parted by two spaces or more: lines one below the other that fall into as many pieces.

Titles, signatures and lists of names have wide spaces too: a header with known words must stand on top. A row with
fewer pieces has blank cells where the page shows them, if its pieces stand below one another with those of whole rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator, Iterator, Sequence
from typing import Final, NamedTuple

from imports.layouts.gazette.lines import is_blank, is_page_number
from imports.layouts.gazette.tables.captions import is_continued
from imports.layouts.gazette.tables.headers import is_serial_word, word_share

_PIECE = re.compile(r"[^ \u3000\xa0]+(?:[ \xa0][^ \u3000\xa0]+)*")
_GAP = re.compile(r"(?: {2}|\u3000|\xa0{2})[ \u3000\xa0]*")
_WIDE = re.compile(r" {2}|\u3000|\xa0\xa0")
_FEWEST_CELLS: Final = 3
_FEWEST_ROWS: Final = 2
_LONGEST: Final = 600
_HEADED: Final = 0.6
_EVEN: Final = 0.6


class _Piece(NamedTuple):
    text: str
    begin: int
    end: int
    """In half-width characters from the left edge."""


class _Line(NamedTuple):
    place: int
    text: str


Found = tuple[int, str]
_Column = tuple[int, int]
"""From where to where a column reaches on the page."""


def spaces_as_tabs(lines: Sequence[str]) -> Iterator[Found]:
    """Each line of such a table, by its place from 0, with tabs between its cells."""
    block: list[_Line] = []
    columns: list[_Column] = []
    wide = False
    for place, line in enumerate(lines):
        breaks = is_blank(line) or is_page_number(line) or is_continued(line.strip()[:_LONGEST])
        if not breaks and "\t" not in line and len(line) <= _LONGEST:
            wide = wide or _WIDE.search(line.strip()) is not None
            block.append(_Line(place, line))
            continue
        if wide:
            columns = yield from _converted(block, columns)
        elif block or not breaks:
            columns = []
        block, wide = [], False
    if wide:
        yield from _converted(block, columns)


def _pieces(line: str) -> list[_Piece]:
    found: list[_Piece] = []
    at = column = 0
    for piece in _PIECE.finditer(line):
        column += _shown(line[at : piece.start()])
        end = column + _shown(piece[0])
        found.append(_Piece(piece[0], column, end))
        at, column = piece.end(), end
    return found


def _shown(text: str) -> int:
    """How wide a text is on the page, a Chinese character being two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _converted(block: Sequence[_Line], columns: list[_Column]) -> Generator[Found, None, list[_Column]]:
    """The rows of a block from its header on, or all where it goes on with the table above; the columns of the table.

    A line that begins below the second column goes on with a row above or below it, and nothing says with which: then
    none of the block is taken for a table.
    """
    begin = next((at for at, line in enumerate(block) if _is_header(line.text)), None)
    if begin is None and not columns:
        return []
    rows = [(line.place, _pieces(line.text)) for line in block[begin or 0 :]]
    width = len(rows[0][1]) if begin is not None else len(columns)
    columns = _columns([pieces for _, pieces in rows if len(pieces) == width]) or columns
    if not columns or len(rows) < (_FEWEST_ROWS if begin is not None else 1):
        return []
    laid = [_laid(pieces, columns) for _, pieces in rows]
    even = sum(cells is not None for cells in laid) >= _EVEN * len(laid)
    if not even or not all(_begins_row(pieces, columns) for _, pieces in rows):
        return []
    for (place, pieces), cells in zip(rows, laid, strict=True):
        yield place, "\t".join(cells or [*(piece.text for piece in pieces), *[""] * (len(pieces) == 1)])
    return columns


def _is_header(line: str) -> bool:
    texts = _GAP.split(line.strip())
    if len(texts) < _FEWEST_CELLS or len(set(texts)) < len(texts):
        return False
    rest = texts[1:] if is_serial_word(texts[0]) else texts
    return word_share(rest) >= _HEADED


def _columns(whole: Sequence[Sequence[_Piece]]) -> list[_Column]:
    return [
        (min(piece.begin for piece in column), max(piece.end for piece in column))
        for column in zip(*whole, strict=True)
    ]


def _begins_row(pieces: Sequence[_Piece], columns: Sequence[_Column]) -> bool:
    """Whether a line begins in the first column, and has no more pieces than a row with one that is doubled."""
    return pieces[0].begin < columns[1][0] and len(pieces) <= len(columns) + 1


def _laid(pieces: Sequence[_Piece], columns: Sequence[_Column]) -> list[str] | None:
    """A row's cells: of a short one each piece in the one column under which it stands; ``None`` where that is unclear."""
    if len(pieces) == len(columns):
        return [piece.text for piece in pieces]
    cells = [""] * len(columns)
    before = -1
    for piece in pieces:
        under = [at for at, (begin, end) in enumerate(columns) if piece.begin < end and begin < piece.end]
        if len(under) != 1 or under[0] <= before:
            return None
        before = under[0]
        cells[before] = piece.text
    return cells
