"""From the chain of heads to whole records: each head with the lines below it, parted and put together again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from imports.layouts.key_project_list.cells import border, joined
from imports.layouts.key_project_list.columns import Columns, learn_columns
from imports.layouts.key_project_list.departments import department_end, department_width
from imports.layouts.key_project_list.heads import LABEL, Head, open_brackets
from imports.layouts.key_project_list.sheet import Gap, Line, ends_sentence, page_numbers

_FOOTNOTE = re.compile(r"(?:备注|附注|注)\s*[:：]")
_NOTE_ITEM = re.compile(r"\d{1,2}\s*[.、．]")
_SIGNATURE = re.compile(
    r"\S{2,20}(?:局|政府|委员会|办公室|中心)|[\d〇○零一二三四五六七八九十]{2,4}年\S{1,3}月\S{1,3}日"
)
_FEW: Final = 40
_BASIS: Final = "政策依据"


@dataclass(slots=True)
class Block:
    """One head and what was found below it."""

    head: Head
    page: int
    below: list[Line]
    department: list[Line] = field(default_factory=list)
    cell: list[Line] = field(default_factory=list)
    goal: list[Line] = field(default_factory=list)
    strays: list[list[Line]] = field(default_factory=list)
    """Cells that stand below the goal and belong to another project, or to none that is known."""
    displaced_cell: list[Line] = field(default_factory=list)
    """The lines of a stray cell that was found to be this project's …"""
    displaced_goal: list[Line] = field(default_factory=list)
    """… and of the goal below it, where the project has none of its own."""

    @property
    def displaced(self) -> list[Line]:
        """All lines that stand away from the head."""
        return self.displaced_cell + self.displaced_goal


@dataclass(slots=True)
class Parted:
    """All blocks of a text, and the lines at their ends that are not data."""

    blocks: list[Block]
    footnotes: list[list[Line]]
    page_numbers: list[Line]


def part(lines: Sequence[Line], heads: Sequence[Head]) -> Parted:
    """Give every line below the first head to a project, or to none."""
    parted = Parted([], [], [])
    numbers = page_numbers(lines) - {position for head in heads for position in range(head.start, head.end + 1)}
    parted.page_numbers.extend(lines[position] for position in sorted(numbers))
    for head, end in zip(heads, [*(head.start for head in heads[1:]), len(lines)], strict=True):
        below = [lines[position] for position in range(head.end + 1, end) if position not in numbers]
        if end == len(lines):
            below = _without_signature(below)
        kept, notes = _without_footnote(below, last=end == len(lines), breaks=_breaks(lines, end))
        parted.blocks.append(Block(head, lines[head.end].page, kept))
        if notes:
            parted.footnotes.append(notes)
    _return_strays(parted.blocks, _fill(parted.blocks))
    return parted


def _without_signature(below: list[Line]) -> list[Line]:
    """Leave out who signed the list and when, below the last goal: it is nobody's text."""
    end = len(below)
    while end and _SIGNATURE.fullmatch(below[end - 1].text):
        end -= 1
    signed = 0 < end < len(below) and below[end].gap != Gap.NONE and ends_sentence(below[end - 1].text)
    return below[:end] if signed else below


def _breaks(lines: Sequence[Line], position: int) -> bool:
    return position == len(lines) or lines[position].new_page


def _without_footnote(below: list[Line], *, last: bool, breaks: bool) -> tuple[list[Line], list[Line]]:
    """Cut a 备注：… off the end of a page: nothing but its own numbered items may follow it there."""
    if not breaks:
        return below, []
    for position in range(len(below) - 1, -1, -1):
        line = below[position]
        if _FOOTNOTE.match(line.text) and _stands_off(below, position, last=last):
            return (below[:position], below[position:]) if _is_note(below[position + 1 :]) else (below, [])
    return below, []


def _stands_off(below: Sequence[Line], position: int, *, last: bool) -> bool:
    if below[position].gap != Gap.NONE or position == 0:
        return True
    return last and ends_sentence(below[position - 1].text)


def _is_note(rest: Sequence[Line]) -> bool:
    return all(line.gap == Gap.NONE or _NOTE_ITEM.match(line.text) or _FOOTNOTE.match(line.text) for line in rest)


def _fill(blocks: Sequence[Block]) -> Columns:
    """Part every block, the widths of the columns being learned from all of them first."""
    width = department_width((block.head.department, block.below) for block in blocks)
    for block in blocks:
        end = department_end(block.head.department, block.below, width)
        block.department, block.below = block.below[:end], block.below[end:]
    columns = learn_columns(block.below for block in blocks)
    waiting = _pages_with_empty_heads(blocks)
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        pages = {line.page for line in block.below}
        pages = {page for page in pages if waiting.get(page, block.head.start) < block.head.start}
        cut = _first_stray(block.below, pages, after.page if after else 0, columns)
        _part_block(block, block.below[:cut], columns)
        block.strays = _single_strays(block.below[cut:])
    return columns


def _pages_with_empty_heads(blocks: Sequence[Block]) -> dict[int, int]:
    """Page → position of the first head on it that has nothing below it."""
    pages: dict[int, int] = {}
    for block in blocks:
        if not block.below:
            pages.setdefault(block.page, block.head.start)
    return pages


def _first_stray(lines: Sequence[Line], waiting: set[int], next_page: int, columns: Columns) -> int:
    """Where cells begin that are not this project's.

    ``waiting``: pages on which a head above waits for its cell; ``next_page``: where the next head stands.
    """
    seen = set[str]()
    for position, line in enumerate(lines):
        word = line.text[:4] if LABEL.match(line.text) else ""
        if word and position:
            again = word in seen or (word == _BASIS and bool(seen))
            awaited = line.page in waiting
            if again and _is_second_cell(lines, position, columns, awaited=awaited):
                return position
            if awaited and _is_below_goal(lines, position, columns, ends_page=line.page != next_page):
                return position
        if word:
            seen.add(word)
    return len(lines)


def _is_second_cell(lines: Sequence[Line], position: int, columns: Columns, *, awaited: bool) -> bool:
    """Whether a label that this project has had already begins another one's cell."""
    if lines[position].gap == Gap.NONE:
        return awaited and ends_sentence(lines[position - 1].text)
    return awaited or _is_goal_like(_paragraph_above(lines, position), columns)


def _is_below_goal(lines: Sequence[Line], position: int, columns: Columns, *, ends_page: bool) -> bool:
    """Whether a label for which a head waits stands below what this project has for a goal."""
    if lines[position].gap == Gap.NONE:
        return False
    above = _paragraph_above(lines, position)
    if not _is_goal_like(above, columns):
        return False
    second = position > len(above) and not open_brackets(joined(lines[max(0, position - _FEW) : position]))
    return ends_page or second or columns.look_like_goal(above)


def _is_goal_like(lines: Sequence[Line], columns: Columns) -> bool:
    return not LABEL.match(lines[0].text) and not any(map(columns.goal.overflows, lines))


def _paragraph_above(lines: Sequence[Line], position: int) -> Sequence[Line]:
    first = position - 1
    while first > 0 and lines[first].gap == Gap.NONE:
        first -= 1
    return lines[first:position]


def _part_block(block: Block, lines: Sequence[Line], columns: Columns) -> None:
    place = border(lines, columns)
    block.cell = list(lines[:place])
    block.goal = list(lines[place : _goal_end(lines, place, columns)])


def _goal_end(lines: Sequence[Line], place: int, columns: Columns) -> int:
    """The goal ends before a paragraph that is too wide for its column: that is something else."""
    for position in range(place + 1, len(lines)):
        line = lines[position]
        if line.gap == Gap.BLANK and columns.goal.overflows(line) and ends_sentence(lines[position - 1].text):
            return position
    return len(lines)


def _single_strays(lines: Sequence[Line]) -> list[list[Line]]:
    """Stray cells one by one: a new one begins with a label that the one before has had."""
    strays: list[list[Line]] = []
    seen: set[str] = set()
    for position, line in enumerate(lines):
        word = line.text[:4] if LABEL.match(line.text) else ""
        if not strays or (word and line.gap != Gap.NONE and (word in seen or word == _BASIS) and position):
            strays.append([])
            seen = set()
        strays[-1].append(line)
        seen.add(word)
    return strays


def _return_strays(blocks: Sequence[Block], columns: Columns) -> None:
    """Give stray cells to the heads of their page without one, in order, where there are as many of both.

    Heads with nothing at all below them come first; else those with a goal and no cell.
    """
    strays: dict[int, list[tuple[int, list[Line]]]] = defaultdict(list)
    empty: dict[int, list[Block]] = defaultdict(list)
    bare: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if not block.cell:
            bare[block.page].append(block)
            empty[block.page] += [] if block.goal else [block]
        for stray in block.strays:
            strays[stray[0].page].append((block.head.start, stray))
    for page, found in strays.items():
        waiting = empty[page] if len(empty[page]) == len(found) else bare[page]
        pairs = list(zip(waiting, found, strict=False))
        if len(waiting) == len(found) and all(block.head.start < at for block, (at, _) in pairs):
            for block, (_, stray) in pairs:
                _take_stray(block, stray, columns)


def _take_stray(block: Block, stray: Sequence[Line], columns: Columns) -> None:
    """A stray is a cell, and a goal below it only where its project still lacks one."""
    place = len(stray) if block.goal else border(stray, columns)
    block.displaced_cell, block.displaced_goal = list(stray[:place]), list(stray[place:])
