"""The indicator table of a form: row by row, level 1 and level 2 carried down merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from imports.drafts import IndicatorDraft, Scope
from imports.layouts.target_form.alignment import aligned, is_label
from imports.layouts.target_form.cells import Cell
from imports.layouts.target_form.columns import LEVEL1, Columns, Half
from imports.layouts.target_form.labels import is_vertical_label
from imports.reading import Reading
from indicators.categories import classify, level1_code, level1_name, level2_code
from indicators.values import parse_value

_SPACE = re.compile(r"[^\S\t]")
_LONG_NAME = 12
_GOES_ON = "、，,和与及的（(《“：:；;-—～~/"
_CONTINUES = "、，,。；;）)》”：:的"
_BRACKETS = (("（", "）"), ("(", ")"), ("《", "》"), ("“", "”"))


class IndicatorTable:
    """Reads the rows below one header row (or several, where a page break repeats it)."""

    def __init__(self, reading: Reading, columns: Columns) -> None:
        self._reading = reading
        self.drafts: list[IndicatorDraft] = []
        self.has_satisfaction = False
        self._level1: str | None = None
        self._level1_label = ""
        self._labels: list[str] = []
        self._latest: dict[int, int] = {}
        self.set_columns(columns)

    def set_columns(self, columns: Columns) -> None:
        """Read the following rows by these columns."""
        self.columns = columns
        self._pick = itemgetter(*columns.places)
        self._level1_slots = [slot for slot, kind in enumerate(columns.kinds) if kind == LEVEL1]
        self._labels = [*self._labels, "", ""][: len(columns.halves)]
        self._latest = {}

    def take_regular(self, row: str, line: int) -> bool:
        """Take a row that has every cell where the header says; ``False``, with nothing done, for any other."""
        cells = row.split("\t")
        if len(cells) < self.columns.width:
            return False
        slots: Sequence[str] = self._pick(cells)
        filled = len(slots) - slots.count("")
        if _SPACE.search(row):
            slots = [cell.strip() for cell in slots]
            filled = len(slots) - slots.count("")
            cells = [cell.strip() for cell in cells]
        if len(cells) - cells.count("") != filled or not self._is_regular(slots):
            return False
        self._take(slots, line)
        return True

    def _is_regular(self, slots: Sequence[str]) -> bool:
        if self.columns.unread and self._falls_outside(slots):
            return False
        for slot in self._level1_slots:
            level1 = slots[slot]
            if level1 and (level1_code(level1) is None or self._is_label_in(slots, level1)):
                return False
        for _, label, name, value in self.columns.halves:
            printed = slots[label]
            if printed:
                if level2_code(printed) is None:
                    return False
            elif slots[name] and is_label(slots[name]):
                return False
            if (not slots[name]) != (not slots[value]):
                return False
        return True

    def _is_label_in(self, slots: Sequence[str], text: str) -> bool:
        return any(slots[half.label] == text for half in self.columns.halves)

    def take_irregular(self, cells: list[Cell], line: int) -> bool:
        """Take a row by finding out which cell is what; ``False`` when it cannot be placed or was read in part."""
        own = [cell for cell in cells if cell[0] not in self.columns.others and not self._is_vertical_label(cell)]
        dropped = any(column in self.columns.others for column, _ in cells)
        if not own or self._take_rest(own) or self._take_continuation(own):
            return not dropped
        slots = self._labels_only(own) or aligned(self.columns, own)
        if slots is None or any(slots[half.value] and not slots[half.name] for half in self.columns.halves):
            return False
        self._note_unknown_labels(slots, line)
        self._take(slots, line)
        return not dropped and not self._falls_outside(slots)

    def _falls_outside(self, slots: Sequence[str]) -> bool:
        """Whether something stands below a heading that no half has a use for."""
        return any(slots[position] for position in self.columns.unread)

    def _is_vertical_label(self, cell: Cell) -> bool:
        """绩效指标 stands beside the whole table as one merged cell; converters spread it over the rows."""
        return cell[0] <= self.columns.places[0] and is_vertical_label(cell[1])

    def _labels_only(self, cells: list[Cell]) -> list[str] | None:
        """The slots of a row that prints classes and nothing below them, wherever they stand."""
        if len(cells) > 1 + len(self.columns.halves) or not all(is_label(text) for _, text in cells):
            return None
        texts = [text for _, text in cells]
        slots = [""] * len(self.columns.kinds)
        if self._begins_with_level1(cells):
            slots[self._level1_slots[0]] = texts.pop(0)
        elif len(texts) > len(self.columns.halves):
            return None
        for half, text in zip(self.columns.halves, texts, strict=False):
            slots[half.label] = text
        return slots

    def _begins_with_level1(self, cells: list[Cell]) -> bool:
        """成本指标 and 满意度指标 name classes of both levels: what follows and where they stand decides."""
        (column, first), following = cells[0], cells[1:]
        code = level1_code(first)
        if code is None or level2_code(first) is None or len(cells) > len(self.columns.halves):
            return code is not None
        if not following:
            return column <= self.columns.places[0]
        below = level2_code(following[0][1]) or ""
        return following[0][1] != first and below.startswith(code)

    def _take_continuation(self, cells: list[Cell]) -> bool:
        """Add a row that holds the rest of wrapped names or values, and nothing else, to the row above."""
        texts, read = dict(cells), set[int]()
        parts: list[tuple[int, str, str]] = []
        for position, half in enumerate(self.columns.halves):
            name_column, value_column = self.columns.places[half.name], self.columns.places[half.value]
            read |= {name_column, value_column}
            name, value = texts.get(name_column, ""), texts.get(value_column, "")
            if (name or value) and (position in self._latest or not self._shares_name(position)):
                parts.append((position, name, value))
        if not parts or not read.issuperset(texts) or not all(self._goes_on(*part) for part in parts):
            return False
        for position, name, value in parts:
            self._extend(position, name, value)
        return True

    def _shares_name(self, position: int) -> bool:
        halves = self.columns.halves
        return any(other.name == halves[position].name for other in halves[:position] + halves[position + 1 :])

    def _take_rest(self, cells: list[Cell]) -> bool:
        """Add a line that is the rest of the last value above, when the other half or that value itself shows it."""
        if len(cells) > 1 or cells[0][0] or not self._latest:
            return False
        text = cells[0][1]
        last = max(self._latest)
        value = self.drafts[self._latest[last]].value
        others = {self.drafts[at].value for position, at in self._latest.items() if position != last}
        if value + text not in others and not (value and _is_open(value)):
            return False
        self._extend(last, "", text)
        return True

    def _goes_on(self, position: int, name: str, value: str) -> bool:
        at = self._latest.get(position)
        if at is None or is_label(name):
            return False
        above = self.drafts[at]
        if not name:
            return bool(above.value)
        return not value and _is_cut(above.level3, name)

    def _extend(self, position: int, name: str, value: str) -> None:
        at = self._latest[position]
        above = self.drafts[at]
        printed = above.value + value
        self.drafts[at] = above._replace(level3=above.level3 + name, value=printed, **parse_value(printed)._asdict())

    def _take(self, slots: Sequence[str], line: int) -> None:
        for slot in self._level1_slots:
            if slots[slot]:
                self._enter_level1(slots[slot])
        halves = self.columns.halves
        either = ""
        for half in halves:
            either = either or slots[half.label]
        if either:
            self._labels = [slots[half.label] or either for half in halves]
            if not self.has_satisfaction:
                self.has_satisfaction = classify(either, self._level1).startswith("satisfaction")
        self._latest = {}
        for position, half in enumerate(halves):
            name, value = slots[half.name], slots[half.value]
            if name and (value or not self._named_elsewhere(slots, half)):
                self._latest[position] = len(self.drafts)
                self._add(half.scope, self._labels[position], name, value, line)
        if len(self._latest) > 1 and self.drafts[-1].level3 != self.drafts[-2].level3:
            self._note_cut_name(line)

    def _named_elsewhere(self, slots: Sequence[str], half: Half) -> bool:
        """Whether the name stands for both scopes and only the other one has a value."""
        return any(slots[other.value] for other in self.columns.halves if other.name == half.name)

    def _enter_level1(self, label: str) -> None:
        code = level1_code(label)
        if code is None or code != self._level1:
            self._level1, self._level1_label = code, label
            self._labels = [""] * len(self.columns.halves)
            self.has_satisfaction = self.has_satisfaction or code == "satisfaction"

    def _add(self, scope: Scope, label: str, name: str, value: str, line: int) -> None:
        label = label or self._level1_label
        level1, category = _classes(label, self._level1)
        operator, number, unit = parse_value(value)
        self.drafts.append(IndicatorDraft(scope, level1, label, category, name, value, operator, number, unit))
        if not value:
            scope_name = "实施期" if scope == "period" else "年度"
            self._reading.notice(line, "lost_value", f"{scope_name}指标“{name}”没有指标值，原文可能丢失了最后一格")

    def _note_cut_name(self, line: int) -> None:
        one, other = (self.drafts[at] for at in self._latest.values())
        short, full = sorted((one.level3, other.level3), key=len)
        if short != full and full.startswith(short) and one.category == other.category and one.value == other.value:
            self._reading.notice(line, "cut_name", f"指标名称“{short}”可能被截断，另一半为“{full}”")

    def _note_unknown_labels(self, slots: Sequence[str], line: int) -> None:
        labels = {slots[half.label] for half in self.columns.halves if slots[half.label]}
        unknown = {label for label in labels if level2_code(label) is None}
        unknown |= {slots[slot] for slot in self._level1_slots if slots[slot] and not level1_code(slots[slot])}
        for label in sorted(unknown):
            self._reading.notice(line, "unknown_label", f"“{label}”不是已知的指标类别，按原样保留")


@lru_cache(maxsize=4096)
def _classes(label: str, level1: str | None) -> tuple[str, str]:
    """Standard level-1 name and code of a level-2 label."""
    category = classify(label, level1)
    return level1_name(category), category


def _is_cut(above: str, rest: str) -> bool:
    """Whether a name alone on its row is the rest of the name above rather than an indicator without a value."""
    return _is_open(above) or rest[0] in _CONTINUES or len(above) >= _LONG_NAME


def _is_open(text: str) -> bool:
    """Whether a text ends in the middle of something."""
    return text[-1] in _GOES_ON or any(text.count(opening) > text.count(closing) for opening, closing in _BRACKETS)
