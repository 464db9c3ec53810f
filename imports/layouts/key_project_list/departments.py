"""Where a department's name ends: it is cut into pieces of a narrow column, the last one sometimes after a blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from imports.layouts.key_project_list.heads import LABEL, ORGAN, is_piece, open_brackets
from imports.layouts.key_project_list.sheet import Gap, Line, width_of

_MANY: Final = 40
_USUAL_WIDTH: Final = 16
_LAST_PIECE: Final = 4
_MOST_PIECES: Final = 10
_ONE_CHARACTER: Final = 2
"""A line of one character is neither a cell nor a goal."""
_SLACK: Final = 1
_OPENING: Final = "（(〔["
_ORGAN_WORD = re.compile(
    r"中心|公司|学院|医院|学校|机构|集团|委员会|办公室|管理[处局站]|服务[处站]|[（(]?\w{1,4}科[）)]?"
)


def department_width(blocks: Iterable[tuple[str, Sequence[Line]]]) -> int:
    """Width of the department column in half characters, from the pieces that stand right below their amount.

    A block is what stands behind the amount on its line, and the lines below it.
    """
    widths = sorted(width for tail, lines in blocks for width in _sure_widths(tail, lines))
    if not widths:
        return _USUAL_WIDTH
    return widths[-1] if len(widths) < _MANY else widths[int(len(widths) * 0.95)]


def _sure_widths(tail: str, lines: Sequence[Line]) -> list[int]:
    widths = [width_of(tail)] if tail else []
    for position, line in enumerate(lines):
        if (position and line.gap != Gap.NONE) or not is_piece(line.text):
            complete = LABEL.match(line.text) or line.gap != Gap.NONE
            return widths if complete else widths[:1] if tail else []
        widths.append(line.width)
    return widths


def department_end(tail: str, lines: Sequence[Line], width: int) -> int:
    """How many of the lines below the amount belong to the department's name."""
    name, last, taken = tail, tail, 0
    while taken < len(lines):
        line = lines[taken]
        if not is_piece(line.text) or not _goes_on(name, last, lines[taken:], width):
            break
        name, last, taken = name + line.text, line.text, taken + 1
    return taken


def _goes_on(name: str, last: str, lines: Sequence[Line], width: int) -> bool:
    line = lines[0]
    if open_brackets(name) > 0:
        return True
    if line.width > width:
        return False
    if name and line.width <= _ONE_CHARACTER:
        return True
    if not name:
        return line.gap == Gap.NONE or _paragraph_is_department(lines, width)
    if line.text[0] in _OPENING and ORGAN.search(name) and line.gap == Gap.NONE:
        return True
    if width_of(last) + width_of(line.text[0]) + _SLACK <= width:
        return False
    return line.gap == Gap.NONE or _completes(name, lines, width)


def _paragraph_is_department(lines: Sequence[Line], width: int) -> bool:
    """Whether short lines behind a blank are a department: they end like one, or a labelled cell follows."""
    if _only_pieces_before_label(lines, width):
        return True
    end = _paragraph_end(lines)
    if not _are_pieces(lines[:end], width):
        return False
    if ORGAN.search(lines[end - 1].text):
        return True
    after = end + _paragraph_end(lines[end:])
    return end < after and _are_pieces(lines[end:after], width) and ORGAN.search(lines[after - 1].text) is not None


def _are_pieces(lines: Sequence[Line], width: int) -> bool:
    return all(line.width <= width and is_piece(line.text) for line in lines)


def _only_pieces_before_label(lines: Sequence[Line], width: int) -> bool:
    """Whether the cell's label comes next, below lines that are all narrow: nothing but a department stands there."""
    for line in lines[:_MOST_PIECES]:
        if LABEL.match(line.text):
            return True
        if line.width > width or not is_piece(line.text):
            return False
    return False


def _completes(name: str, lines: Sequence[Line], width: int) -> bool:
    """Whether what stands behind the blank ends a name that is not yet whole."""
    rest = "".join(line.text for line in lines[: _paragraph_end(lines)])
    if _ORGAN_WORD.fullmatch(rest):
        return True
    if ORGAN.search(name) and not ORGAN.search(rest):
        return False
    return _only_pieces_before_label(lines, width) or (
        not ORGAN.search(name) and (width_of(rest) <= _LAST_PIECE or ORGAN.search(rest) is not None)
    )


def _paragraph_end(lines: Sequence[Line]) -> int:
    """Lines up to the next gap or label."""
    for position in range(1, min(len(lines), _MOST_PIECES)):
        if lines[position].gap != Gap.NONE or LABEL.match(lines[position].text):
            return position
    return min(len(lines), _MOST_PIECES)
