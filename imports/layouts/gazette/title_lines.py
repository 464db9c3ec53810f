"""The lines of a title around a 文号: which of those above or below it belong to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from imports.layouts.gazette.beneath import ADDRESSEE_END, ANNEX_LABEL, LONGEST
from imports.layouts.gazette.lines import is_table_row, line_after, line_before, plain, unspaced
from imports.layouts.gazette.titles import can_be_in_title, ends_as_title, folded, is_organ, is_title, organs_end

MOST_LINES: Final = 6

Known = Callable[[str], bool]
"""Whether a text (folded) is the title of a document of the contents."""


class Piece(NamedTuple):
    """A line of a title."""

    line: int
    text: str


def title_above(lines: Sequence[str], line: int, first: int, known: Known) -> list[Piece]:
    """The lines of the title that ends above a line; none where what stands there is no title."""
    pieces: list[Piece] = []
    number = line_before(lines, line, first)
    best: list[Piece] = []
    while number and len(pieces) < MOST_LINES:
        text = plain(lines[number - 1]) if len(lines[number - 1]) <= LONGEST else ""
        if is_table_row(lines[number - 1]) or not can_be_in_title(text) or ANNEX_LABEL.match(text):
            break
        if pieces and is_complete(pieces) and not (is_organ(text) and not is_labelled(lines, number, first)):
            break
        pieces.insert(0, Piece(number, text))
        whole = "".join(piece.text for piece in pieces)
        if known(folded(whole)):
            return pieces
        if is_title(whole) and ("关于" in whole or not best):
            best = list(pieces)
        number = line_before(lines, number, first)
    return best


def title_below(lines: Sequence[str], line: int) -> list[Piece]:
    """The lines of the title that begins below a line, up to the addressee."""
    pieces: list[Piece] = []
    number = line_after(lines, line, len(lines))
    while number and len(pieces) < MOST_LINES:
        text = plain(lines[number - 1]) if len(lines[number - 1]) <= LONGEST else ""
        if is_table_row(lines[number - 1]) or not can_be_in_title(text):
            break
        pieces.append(Piece(number, text))
        if is_title("".join(piece.text for piece in pieces)):
            return pieces
        number = line_after(lines, number, len(lines))
    return []


def is_complete(pieces: Sequence[Piece]) -> bool:
    """Whether the lines gathered so far are a title from its organs on."""
    whole = unspaced("".join(piece.text for piece in pieces))
    return is_title(whole) and organs_end(whole) > 0


def begins_another(pieces: Sequence[Piece], text: str) -> bool:
    """Whether a line is a title of its own below one that names its matter already."""
    whole = unspaced("".join(piece.text for piece in pieces))
    if "关于" not in whole or whole.endswith(("转发", "批转", "印发", "关于", "《", "〈")):
        return False
    return organs_end(unspaced(text)) > 0 or (is_organ(text) and is_title(whole))


def is_labelled(lines: Sequence[str], line: int, first: int) -> bool:
    """Whether a line is the answer to a label above it: 主办单位： over an organ."""
    above = line_before(lines, line, first)
    return bool(above) and ADDRESSEE_END.search(plain(lines[above - 1][-40:])) is not None


def organs_above(lines: Sequence[str], line: int, first: int) -> list[Piece]:
    """The lines directly above that are organs, of which a title says who issues it."""
    pieces: list[Piece] = []
    number = line_before(lines, line, first)
    while number and len(pieces) < MOST_LINES:
        text = plain(lines[number - 1]) if len(lines[number - 1]) <= LONGEST else ""
        if not is_organ(text) or ends_as_title(unspaced(text)) or is_labelled(lines, number, first):
            break
        pieces.insert(0, Piece(number, text))
        number = line_before(lines, number, first)
    return pieces
