"""The indicator table of the official form: its rows with the classes in their order, those without content blank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple, TypeVar

from imports.drafts import SCOPES, IndicatorDraft, Scope
from indicators.categories import level1_name

CLASSES: Final[tuple[tuple[str, str], ...]] = (
    ("output.quantity", "数量指标"), ("output.quality", "质量指标"), ("output.timeliness", "时效指标"),
    ("output.cost", "成本指标"), ("benefit.economic", "经济效益"), ("benefit.social", "社会效益"),
    ("benefit.ecological", "生态效益"), ("benefit.sustained", "可持续影响"), ("satisfaction.served", "服务对象满意度"),
)  # fmt: skip
"""The classes of the form of 财预〔2015〕88号, each printed once at least."""
CLASSES_2021: Final[tuple[tuple[str, str], ...]] = (
    ("cost.economic", "经济成本指标"), ("cost.social", "社会成本指标"), ("cost.environmental", "生态环境成本指标"),
    *(one for one in CLASSES if one[0] != "output.cost"),
)  # fmt: skip
"""Those of 财预〔2021〕101号, where 成本 is a class of level 1."""
FIRST_COLUMNS: Final[dict[Scope, int]] = {"period": 2, "annual": 5}


_Shared = TypeVar("_Shared")


class Place(NamedTuple):
    """Where a cell of an indicator stands: row of the table, half, and which part of the indicator it shows."""

    row: int
    scope: Scope
    part: str
    """``level2``, ``level3`` or ``value``."""


class TableCell(NamedTuple):
    """A cell of the table, rows counted from the one below its header; ``place`` is ``None`` for level 1."""

    row: int
    last_row: int
    column: int
    text: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its classes and what stands in its halves. ``indexes`` are those of the indicators in the draft."""

    level1: str
    label: str
    category: str
    halves: dict[Scope, IndicatorDraft]
    indexes: dict[Scope, int]

    def label_of(self, scope: Scope) -> str:
        """The level-2 label of a half; a blank half shows the other one's."""
        return self.halves[scope].level2 if scope in self.halves else self.label


def table_rows(indicators: Sequence[IndicatorDraft], rows: Sequence[int]) -> list[TableRow]:
    """The rows of the table in order, blank ones for the classes that have nothing."""
    filled = _filled(indicators, rows)
    classes = CLASSES_2021 if any(row.category.startswith("cost.") for row in filled) else CLASSES
    order = {code: number for number, (code, _) in enumerate(classes)}
    ranks = [order.get(row.category) for row in filled]
    known = [rank for rank in ranks if rank is not None]
    if None in ranks or known != sorted(known):
        return filled or [_blank(*one) for one in classes]
    blank = [_blank(*one) for one in classes if order[one[0]] not in known]
    return sorted([*filled, *blank], key=lambda row: order[row.category])


def indicator_cells(indicators: Sequence[IndicatorDraft], rows: Sequence[int]) -> tuple[list[TableCell], int]:
    """The cells of the table below its header, level 1 and level 2 merged over their rows; and how many rows it has."""
    table = table_rows(indicators, rows)
    cells = [TableCell(first, last, 1, label, None) for first, last, label in _runs(table, lambda row: row.level1)]
    for scope in SCOPES:
        cells += _half_cells(table, scope)
    return cells, len(table)


def label_runs(table: Sequence[TableRow], scope: Scope) -> Iterable[tuple[int, int, tuple[str, str, str]]]:
    """First and last row of each merged level-2 cell of a half, with the classes that its rows share."""
    return _runs(table, lambda row: (row.level1, row.category, row.label_of(scope)))


def _half_cells(table: Sequence[TableRow], scope: Scope) -> Iterable[TableCell]:
    column = FIRST_COLUMNS[scope]
    for first, last, (_, _, label) in label_runs(table, scope):
        yield TableCell(first, last, column, label, Place(first, scope, "level2"))
    for number, row in enumerate(table):
        half = row.halves.get(scope)
        yield TableCell(number, number, column + 1, half.level3 if half else "", Place(number, scope, "level3"))
        yield TableCell(number, number, column + 2, half.value if half else "", Place(number, scope, "value"))


def _filled(indicators: Sequence[IndicatorDraft], rows: Sequence[int]) -> list[TableRow]:
    """The rows that hold indicators. Halves of one row that belong to different classes stand on rows of their own."""
    found: list[TableRow] = []
    numbered = zip(rows, range(len(indicators)), indicators, strict=True)
    for _, group in groupby(numbered, key=lambda one: one[0]):
        halves: dict[Scope, IndicatorDraft] = {}
        indexes: dict[Scope, int] = {}
        for _, index, indicator in group:
            apart = halves and next(iter(halves.values())).category != indicator.category
            if apart or indicator.scope in halves:
                found.append(_row(halves, indexes))
                halves, indexes = {}, {}
            halves[indicator.scope], indexes[indicator.scope] = indicator, index
        found.append(_row(halves, indexes))
    return found


def _row(halves: dict[Scope, IndicatorDraft], indexes: dict[Scope, int]) -> TableRow:
    first = next(iter(halves.values()))
    return TableRow(level1_name(first.category), first.level2, first.category, halves, indexes)


def _blank(category: str, label: str) -> TableRow:
    return TableRow(level1_name(category), label, category, {}, {})


def _runs(rows: Sequence[TableRow], of: Callable[[TableRow], _Shared]) -> Iterable[tuple[int, int, _Shared]]:
    """First and last row of each run of rows that have the same in common."""
    first = 0
    for shared, group in groupby(rows, key=of):
        last = first + len(list(group)) - 1
        yield first, last, shared
        first = last + 1
