"""Parting the text below a head into the rest of the department, the 政策依据/支出内容 cell and the 绩效目标 cell.

A blank line stands between cell and goal, but one may also stand inside either, and a page break may fall anywhere
(layout facts). So every place where the border could be is weighed: labels decide, then brackets that would be torn,
column widths and sentence ends. The scores are rough log-odds: their order of size matters, not their digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from imports.layouts.key_project_list.columns import Column, Columns
from imports.layouts.key_project_list.heads import GOAL_LABEL, LABEL
from imports.layouts.key_project_list.sheet import Gap, Line, ends_sentence

_BORDER: Final = {Gap.BLANK: 0.0, Gap.PAGE: -1.5, Gap.NONE: -8.0}
"""What speaks against a border at each kind of gap …"""
_INSIDE: Final = {Gap.BLANK: -3.0, Gap.PAGE: -0.5, Gap.NONE: 0.0}
"""… and against a gap inside a cell."""
_UNMARKED: Final = 3.5
"""What makes up for a missing blank line."""
_IN_GOAL: Final = -2.0
_ENDED: Final = 1.0
_MIDDLE = re.compile(r"[，。、；：！？）〕】》”)\]]|[2-9]\s*[.、．]|[（(][二三四五六七八九][）)]|[②-⑨]|[二三四五六]是")
"""How a line never begins a goal: in the middle of a sentence or of a list."""
_ONE_CELL: Final = -4.0
_GOAL_ONLY: Final = -1.0
_UNLABELLED_CELL: Final = -2.0
_TORN_BRACKET: Final = -9.0
_MID_SENTENCE: Final = -4.0
_UNENDED: Final = -0.5
"""A page break after no sentence is rather a page break inside a sentence."""
_OVERFLOW: Final = -4.0
_SHORT: Final = -1.0
_FULL: Final = 0.5
_HARD_END: Final = -1.5

_BRACKETS: Final = {"（": "r", "(": "r", "〔": "s", "[": "s", "【": "b", "《": "t"}
_CLOSERS: Final = {"）": "r", ")": "r", "〕": "s", "]": "s", "】": "b", "》": "t"}
_BRACKET = re.compile(r"[（(〔\[【《）)〕\]】》]")
_BRACKET_REACH: Final = 40
"""Lines within which a bracket is closed; one that is not was never closed by the author."""
_LABEL = re.compile(r"(政策依据|支出内容)\s*[:：]")
_BEFORE_LABEL: Final = "。；;！!"


class Cell(NamedTuple):
    """The two texts of a 政策依据及支出内容 cell."""

    basis: str | None
    content: str | None


def joined(lines: Sequence[Line]) -> str:
    """The text of a cell with the page's line wraps taken out: nothing added, inner spaces kept."""
    return "".join(line.text for line in lines)


def read_cell(lines: Sequence[Line]) -> Cell:
    """Part a cell at its labels. Text without a label is content, or basis where only content has its label."""
    text = joined(lines)
    labels = _labels(text, lines)
    if not labels:
        return Cell(None, text or None)
    fields: dict[str, str] = {}
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        fields[label[1]] = text[label.end() : end].strip()
    return _with_preface(text[: labels[0].start()].strip(), fields)


def _labels(text: str, lines: Sequence[Line]) -> list[re.Match[str]]:
    """The first 政策依据: and 支出内容: that stand where a label can; a second one is text."""
    starts = set(accumulate((len(line.text) for line in lines), initial=0))
    found: dict[str, re.Match[str]] = {}
    for match in _LABEL.finditer(text):
        at = match.start()
        if at in starts or text[at - 1] in _BEFORE_LABEL or text[at - 1].isspace():
            found.setdefault(match[1], match)
    return sorted(found.values(), key=re.Match.start)


def _with_preface(preface: str, fields: dict[str, str]) -> Cell:
    basis, content = fields.get("政策依据"), fields.get("支出内容")
    if preface and basis is None:
        return Cell(preface, content)
    return Cell(basis, preface + (content or "") if preface else content)


def read_goal(lines: Sequence[Line]) -> str | None:
    """The text of a goal cell, without its own label where it has one."""
    if not lines:
        return None
    text = joined(lines)
    label = GOAL_LABEL.match(text)
    return text[label.end() :].strip() if label else text


def border(lines: Sequence[Line], columns: Columns) -> int:
    """Where the goal begins: the number of lines that belong to the 政策依据/支出内容 cell."""
    after = 1 + max((i for i, line in enumerate(lines) if LABEL.match(line.text)), default=-1)
    labelled = _goal_label(lines, after)
    if labelled is not None:
        return labelled
    if after >= len(lines):
        return len(lines)
    weigher = _Weigher(lines, columns)
    places = range(after, len(lines) + 1)
    return max(places, key=lambda place: (weigher.score(place), -place))


def _goal_label(lines: Sequence[Line], after: int) -> int | None:
    for position in range(after, len(lines)):
        if GOAL_LABEL.match(lines[position].text):
            above = lines[position - 1].text if position else ""
            if not above or lines[position].gap != Gap.NONE or ends_sentence(above):
                return position
    return None


class _Weigher:
    """Scores of every place for the border, from running sums, so that long cells cost no more than short ones."""

    def __init__(self, lines: Sequence[Line], columns: Columns) -> None:
        self.lines, self.columns = lines, columns
        self.as_cell = list(accumulate(_line_scores(lines, columns.cell), initial=0.0))
        self.as_goal = list(accumulate(_line_scores(lines, columns.goal), initial=0.0))
        self.torn = _torn(lines)

    def score(self, place: int) -> float:
        """How well the lines fit with ``place`` of them in the cell and the others in the goal."""
        cell, goal = self.as_cell[max(place - 1, 0)], self.as_goal[-1] - self.as_goal[place]
        cell += _last_line(self.lines, place - 1, self.columns.cell)
        at = self._at(place) if 0 < place < len(self.lines) else _ONE_CELL
        return cell + goal + self._labels(place) + at

    def _labels(self, place: int) -> float:
        if place == 0:
            return 0.0 if self.columns.labelled else _GOAL_ONLY
        unlabelled = self.columns.labelled and not LABEL.match(self.lines[0].text)
        return _UNLABELLED_CELL if unlabelled else 0.0

    def _at(self, place: int) -> float:
        above, below = self.lines[place - 1], self.lines[place]
        score = _BORDER[below.gap] + (_TORN_BRACKET if self.torn[place] else 0.0)
        score += _UNENDED if below.gap == Gap.PAGE and not ends_sentence(above.text) else 0.0
        if _MIDDLE.match(below.text):
            return score + _MID_SENTENCE
        if below.gap == Gap.NONE and self.columns.differ and LABEL.match(self.lines[0].text):
            return score + self._without_gap(place)
        return score + (_MID_SENTENCE if self._wraps(above, below) else 0.0)

    def _wraps(self, above: Line, below: Line) -> bool:
        """Whether a line runs on into the next: it fills its column and ends no sentence."""
        full = self.columns.cell.is_full(above, below)
        full = full or (below.gap == Gap.PAGE and self.columns.goal.is_full(above, below))
        return full and not ends_sentence(above.text)

    def _without_gap(self, place: int) -> float:
        """What speaks for a border where the blank line is missing: the width of the lines changes here."""
        cell, goal = self.columns.cell, self.columns.goal
        above, below, after = self.lines[place - 1], self.lines[place], self.lines[place + 1 : place + 2]
        ended = _ENDED if ends_sentence(above.text) else 0.0
        if cell.is_short(above, below):
            in_goal = goal.is_full(above, below) and not (ended or LABEL.match(above.text))
            return _UNMARKED + ended + (_IN_GOAL if in_goal else 0.0)
        narrower = bool(after) and goal.is_full(below, after[0]) and cell.is_short(below, after[0])
        if narrower and goal.overflows(above):
            return _UNMARKED + (ended or -_ENDED)
        return _MID_SENTENCE if self._wraps(above, below) else 0.0


def _line_scores(lines: Sequence[Line], column: Column) -> list[float]:
    """For each line but the last of its cell: whether it and the way to the next line fit the column."""
    scores = []
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        score = _OVERFLOW if column.overflows(line) else 0.0
        if below is not None:
            score += _INSIDE[below.gap] + _wrap_score(line, below, column)
        scores.append(score)
    return scores


def _wrap_score(line: Line, below: Line, column: Column) -> float:
    if column.is_short(line, below):
        return _SHORT + (_HARD_END if below.gap != Gap.NONE else 0.0)
    return _FULL if column.is_full(line, below) else 0.0


def _last_line(lines: Sequence[Line], position: int, column: Column) -> float:
    return _OVERFLOW if position >= 0 and column.overflows(lines[position]) else 0.0


def _torn(lines: Sequence[Line]) -> list[bool]:
    """For each place whether a pair of brackets spans it."""
    changes = [0] * (len(lines) + 1)
    stacks: dict[str, list[int]] = {kind: [] for kind in "rsbt"}
    for position, line in enumerate(lines):
        for mark in _BRACKET.findall(line.text):
            if kind := _BRACKETS.get(mark):
                stacks[kind].append(position)
            elif (kind := _CLOSERS.get(mark)) and stacks[kind]:
                opened = stacks[kind].pop()
                if opened < position <= opened + _BRACKET_REACH:
                    changes[opened + 1] += 1
                    changes[position + 1] -= 1
    return [depth > 0 for depth in accumulate(changes)]
