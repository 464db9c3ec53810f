"""What differs between two states of a project, in words and figures. No database.

The states may be partial: a group of changes is told by the rows that it touched, as they stood before and after.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from django.utils import timezone

from indicators.categories import DEFINITIONS, level1_name
from indicators.history.marking import Piece, mark
from indicators.state import FIELDS, Cell, IndicatorRow, State
from perfgoals.money import format_amount
from projects.funding_sources import NAMES as SOURCE_NAMES
from projects.models import Project, Scope

FUNDING: Final = "funding"
GOALS: Final = "goals"
INDICATORS: Final = "indicators"
PARTS: Final = {FUNDING: "资金", GOALS: "总体目标", INDICATORS: "绩效指标"}
FINDINGS: Final = "findings"
SHEETS: Final = "review"
RULES: Final = "rules"
REVIEWS: Final = {FINDINGS: "审核意见", SHEETS: "审核表", RULES: "审核规则"}
"""What the review of targets did: no part of the form, and of no state of it."""
LABELS: Final = {
    **{field.attname: str(field.verbose_name) for field in Project._meta.concrete_fields if field.attname in FIELDS},
    "department_id": "归口部门",
    "department_printed": "主管部门",
    "department_code": "部门代码",
}
"""Column of a project → what the site calls it."""
TOPICS: Final = {**LABELS, **PARTS, **REVIEWS}
"""Everything that a change can be about: its key → its name, in the form's order."""

SHORT: Final = 40
"""Characters of a text that is shown as it is, old beside new; in longer ones the difference is marked."""


class Kind(StrEnum):
    """What happened to a thing."""

    CHANGED = "修改"
    ADDED = "新增"
    REMOVED = "删除"
    RENAMED = "改名"
    MOVED = "移动"
    ACCEPTED = "认可"
    WITHDRAWN = "撤回认可"


class Change(NamedTuple):
    """One thing that differs, both sides in words; ``None`` where there is nothing on that side."""

    topic: str
    """Key of `TOPICS`."""
    label: str
    old: str | None
    new: str | None
    kind: Kind = Kind.CHANGED
    address: str = ""
    """Of the page that shows the thing; empty where the entry's own page does."""

    @property
    def is_long(self) -> bool:
        """Whether the difference is better marked inside one text than shown as two."""
        return bool(self.old and self.new) and max(len(self.old or ""), len(self.new or "")) > SHORT

    @property
    def pieces(self) -> list[Piece]:
        """A long text with what was taken out and put in."""
        return mark(self.old or "", self.new or "")


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers and codes in histories are called, also of what is gone."""

    regions: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[int, str] = field(default_factory=dict)


def changes_between(old: State, new: State, names: Names) -> list[Change]:
    """What differs between two states of one project, in the form's order."""
    return [
        *_field_changes(old.fields, new.fields, names),
        *_funding_changes(old.funding, new.funding),
        *_goal_changes(old.goals, new.goals),
        *_indicator_changes(old.indicators, new.indicators),
    ]


def counted(state: State) -> str:
    """How much a state holds besides the project's own fields: 资金 5 项，总体目标 2 项，绩效指标 24 条."""
    period = sum(row.scope == Scope.PERIOD for row in state.indicators.values())
    annual = len(state.indicators) - period
    parts = [
        f"资金 {sum(cell.amount is not None for cell in state.funding.values())} 项" if state.funding else "",
        f"总体目标 {len(state.goals)} 项" if state.goals else "",
        f"实施期指标 {period} 条" if period else "",
        f"年度指标 {annual} 条" if annual else "",
    ]
    return "，".join(part for part in parts if part) or "没有资金表、目标和指标"


# --- The project's own fields ------------------------------------------------------------------------------------


def _field_changes(old: Mapping[str, object], new: Mapping[str, object], names: Names) -> Iterator[Change]:
    for name in FIELDS:
        if name not in old or name not in new or old[name] == new[name]:
            continue
        # A new amount is printed anew: that says nothing more.
        if name.endswith("_printed") and _differs(name.removesuffix("_printed"), old, new):
            continue
        yield Change(name, LABELS[name], _worded(name, old[name], names), _worded(name, new[name], names))


def _differs(name: str, old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    return name in {"amount", "period_amount"} and old.get(name) != new.get(name)


def _worded(name: str, value: object, names: Names) -> str | None:
    if value is None:
        return None
    if name == "department_id" and isinstance(value, int):
        return names.departments.get(value, f"编号 {value} 的部门")
    if name == "region_id" and isinstance(value, str):
        return names.regions.get(value, value)
    if isinstance(value, bool):
        return "有" if value else "无"
    if isinstance(value, Decimal):
        return yuan(value)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    return str(value)


def yuan(amount: Decimal | None) -> str | None:
    """An amount with thousands separators and the word 元."""
    return None if amount is None else f"{format_amount(amount)} 元"


# --- Funding and goals -------------------------------------------------------------------------------------------


def _funding_changes(
    old: Mapping[tuple[str, str], Cell], new: Mapping[tuple[str, str], Cell]
) -> Iterator[Change]:  # fmt: skip
    scopes, sources = list(Scope.values), list(SOURCE_NAMES)
    for key in sorted(old.keys() | new.keys(), key=lambda key: (scopes.index(key[0]), sources.index(key[1]))):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        label = f"{Scope(key[0]).label}{SOURCE_NAMES[key[1]]}"
        if before is None or after is None:
            kind = Kind.ADDED if before is None else Kind.REMOVED
            yield Change(FUNDING, label, before and yuan(before.amount), after and yuan(after.amount), kind)
        elif before.amount != after.amount:
            yield Change(FUNDING, label, yuan(before.amount), yuan(after.amount))
        else:
            yield Change(FUNDING, f"{label}（印刷）", before.printed, after.printed)


def _goal_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for scope in Scope:
        before, after = old.get(scope), new.get(scope)
        if before != after:
            kind = Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED
            yield Change(GOALS, f"{scope.label}目标", before, after, kind)


# --- Indicators --------------------------------------------------------------------------------------------------

Pair = tuple[IndicatorRow, IndicatorRow]


def _indicator_changes(old: Mapping[int, IndicatorRow], new: Mapping[int, IndicatorRow]) -> Iterator[Change]:
    pairs, removed, added = _paired(old, new)
    moved, shifted = _moves(pairs)
    for number, (before, after) in enumerate(pairs):
        yield from _row_changes(before, after, is_moved=number in moved)
    for row in sorted(removed, key=_place):
        yield Change(INDICATORS, indicator_label(row), row.value, None, Kind.REMOVED)
    for row in sorted(added, key=_place):
        yield Change(INDICATORS, indicator_label(row), None, row.value, Kind.ADDED)
    if shifted:
        label = f"指标行号（{len(shifted)} 条顺延）"
        yield Change(INDICATORS, label, _span(pairs, shifted, 0), _span(pairs, shifted, 1), Kind.MOVED)


def _paired(
    old: Mapping[int, IndicatorRow], new: Mapping[int, IndicatorRow]
) -> tuple[list[Pair], list[IndicatorRow], list[IndicatorRow]]:
    """Rows before and after, in their new order; then rows that are gone, and rows that are new.

    An import may store a row anew under another number: rows of one scope, class and name are the same indicator.
    """
    pairs = [(old[number], new[number]) for number in old.keys() & new.keys()]
    gone: dict[tuple[str, str, str], list[IndicatorRow]] = {}
    for number in old.keys() - new.keys():
        gone.setdefault(_identity(old[number]), []).append(old[number])
    for rows in gone.values():
        rows.sort(key=_place, reverse=True)
    added = []
    for row in sorted((new[number] for number in new.keys() - old.keys()), key=_place):
        if same := gone.get(_identity(row)):
            pairs.append((same.pop(), row))
        else:
            added.append(row)
    return sorted(pairs, key=lambda pair: _place(pair[1])), [row for rows in gone.values() for row in rows], added


def _row_changes(before: IndicatorRow, after: IndicatorRow, *, is_moved: bool) -> Iterator[Change]:
    label = indicator_label(after)
    if _plain(before.name) != _plain(after.name):
        yield Change(INDICATORS, f"{indicator_label(before)}（名称）", before.name, after.name, Kind.RENAMED)
    elif before.name != after.name:
        yield Change(INDICATORS, f"{label}（名称中的空白）", before.name, after.name)
    if before.value != after.value:
        yield Change(INDICATORS, label, before.value, after.value)
    elif before[-3:] != after[-3:]:
        yield Change(INDICATORS, f"{label}（识别结果）", _understood(before), _understood(after))
    if before.category_id != after.category_id:
        yield Change(INDICATORS, f"{label}（类别）", category_name(before), category_name(after), Kind.MOVED)
    elif before.level2_label != after.level2_label:
        yield Change(INDICATORS, f"{label}（二级指标名称）", before.level2_label, after.level2_label)
    if before.scope != after.scope:
        scopes = Scope(before.scope).label, Scope(after.scope).label
        yield Change(INDICATORS, f"{label}（期间）", *scopes, Kind.MOVED)
    if is_moved:
        rows = f"第 {before.position} 行", f"第 {after.position} 行"
        yield Change(INDICATORS, label, *rows, Kind.MOVED)


def indicator_label(row: IndicatorRow) -> str:
    """实施期指标 产出指标/数量指标/名称."""
    return f"{Scope(row.scope).label}指标 {category_name(row)}/{row.name or '（未命名）'}"


def category_name(row: IndicatorRow) -> str:
    """产出指标/数量指标."""
    return f"{level1_name(row.category_id)}/{DEFINITIONS[row.category_id].name}"


def _understood(row: IndicatorRow) -> str:
    if row.number is None:
        return f"{row.value}（文字）"
    return f"{row.value}（{row.operator or ''}{row.number.normalize():f}{row.unit or ''}）"


def _moves(pairs: Sequence[Pair]) -> tuple[set[int], list[int]]:
    """Which pairs were put elsewhere, and which only stand on other lines because of rows above them.

    The rows that kept their order are the longest run of rising positions; every other row was moved.
    """
    moved: set[int] = set()
    shifted: list[int] = []
    for scope in Scope:
        numbers = [number for number, (_, after) in enumerate(pairs) if after.scope == scope]
        numbers.sort(key=lambda number: _place(pairs[number][0]))
        steady = _longest_rising([pairs[number][1].position for number in numbers])
        for index, number in enumerate(numbers):
            before, after = pairs[number]
            if index not in steady:
                moved.add(number)
            elif before.position != after.position:
                shifted.append(number)
    if len(shifted) == 1 and not moved:
        return set(shifted), []
    return moved, shifted


def _longest_rising(values: Sequence[int]) -> set[int]:
    """Indexes of a longest run of rising values."""
    ends: list[int] = []  # the smallest last value of a run of each length
    indexes: list[int] = []
    before: list[int | None] = []
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        ends[length : length + 1], indexes[length : length + 1] = [value], [index]
        before.append(indexes[length - 1] if length else None)
    run: set[int] = set()
    at = indexes[-1] if indexes else None
    while at is not None:
        run.add(at)
        at = before[at]
    return run


def _span(pairs: Sequence[Pair], numbers: Sequence[int], side: int) -> str:
    positions = [pairs[number][side].position for number in numbers]
    first, last = min(positions), max(positions)
    return f"第 {first} 行" if first == last else f"第 {first}–{last} 行"


def _place(row: IndicatorRow) -> tuple[int, bool]:
    return row.position, row.scope != Scope.PERIOD


def _identity(row: IndicatorRow) -> tuple[str, str, str]:
    return row.scope, row.category_id, row.name


def _plain(text: str) -> str:
    return "".join(text.split())
