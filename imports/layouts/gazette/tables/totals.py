"""What a table declares (合计, 小计, a caption with 119座, a label with 18座) against the sums of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from imports.layouts.gazette.drafts import ColumnTotal
from imports.layouts.gazette.tables.cells import BLANK, NOTHING, kind, number
from imports.layouts.gazette.tables.counts import declared, row_counts
from imports.layouts.gazette.tables.profiles import Column
from imports.layouts.gazette.tables.rows import Row
from imports.layouts.gazette.tables.serials import serial

_PART_OF_IT = re.compile(r"[(（]?其中")
_ITEMS: Final = frozenset("项个条类")
_NO_SUM: Final = ("serial", "period", "yes_no")


def declared_totals(
    caption: str, caption_line: int | None, columns: Sequence[Column], rows: Sequence[Row]
) -> list[ColumnTotal]:
    """Every declared total with its sum; serial and year columns are never summed."""
    body = [row for row in rows if row.kind == "row"]
    found = [*_of_caption(caption, caption_line, columns, body), *_of_labels(columns, body), *_of_rows(columns, rows)]
    return sorted(found, key=lambda total: (total.line, -1 if total.column is None else total.column))


def _of_caption(
    caption: str, line: int | None, columns: Sequence[Column], rows: Sequence[Row]
) -> Iterator[ColumnTotal]:
    count = declared(caption)
    if count is None or line is None:
        return
    counts = row_counts(columns, rows, count.unit)
    if counts is not None:
        computed = _sum(counts.numbers) if all(row.damage is None for row in rows) else None
        yield ColumnTotal(line, counts.column, f"共{count.number}{count.unit}", count.number, computed)
    elif count.unit in _ITEMS:
        numbered = sum(1 for row in rows if 0 not in row.filled and serial(row.cells[0]) is not None)
        yield ColumnTotal(
            line, None, f"共{count.number}{count.unit}", count.number, Decimal(numbered) if numbered else None
        )


def _of_labels(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[ColumnTotal]:
    """Labels of merged cells that declare how many their rows hold."""
    place = next(
        (
            at
            for at in range(len(columns))
            if any(row.is_aligned and declared(row.cells[at]) for row in rows if at not in row.filled)
        ),
        None,
    )
    if place is None:
        return
    first = next(count for row in rows if row.is_aligned and (count := declared(row.cells[place])))
    counts = row_counts(columns, rows, first.unit, but=(place,))
    if counts is None:
        return
    for begin, end in _groups(rows, place):
        printed = next((row for row in rows[begin:end] if place not in row.filled), None)
        count = declared(rows[begin].cells[place])
        if printed and count and count.unit == first.unit:
            sound = all(row.damage is None for row in rows[begin:end])
            computed = _sum(counts.numbers[begin:end]) if sound else None
            yield ColumnTotal(printed.line, counts.column, count.label, count.number, computed)


def _groups(rows: Sequence[Row], place: int) -> Iterator[tuple[int, int]]:
    """Ranges of neighbouring rows of one label."""
    begin = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at].cells[place : place + 1] != rows[begin].cells[place : place + 1]:
            yield begin, at
            begin = at


def _of_rows(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[ColumnTotal]:
    """Rows of 合计 and 小计, and section rows with figures."""
    for at, row in enumerate(rows):
        if row.kind == "row" or not row.is_aligned or len(row.cells) != len(columns):
            continue
        places = [
            place
            for place, cell in enumerate(row.cells)
            if number(cell) is not None and columns[place].holds not in _NO_SUM
        ]
        if not places:
            continue
        scope = _scope(rows, at)
        for place in places:
            value = number(row.cells[place])
            if value is not None:
                yield ColumnTotal(row.line, place, row.text, value, _column_sum(scope, place))


def _scope(rows: Sequence[Row], at: int) -> Sequence[Row]:
    """The rows that a total sums up: all for the highest, those of its section for others, wherever it stands."""
    level = _level(rows[at])
    levels = [_level(row) for row in rows if row.kind == "total"]
    if level == max([*levels, 0]) and levels.count(level) == 1 and rows[at].kind == "total":
        return [row for row in rows if row.kind == "row"]
    if rows[at].kind == "total":
        begin = at
        while begin > 0 and not _bounds(rows[begin - 1], level):
            begin -= 1
        above = [row for row in rows[begin:at] if row.kind == "row"]
        if above:
            return above
    end = at + 1
    while end < len(rows) and not _bounds(rows[end], level):
        end += 1
    return [row for row in rows[at + 1 : end] if row.kind == "row"]


def _bounds(row: Row, level: int) -> bool:
    """Whether a row bounds what a total of a level sums up."""
    if row.kind == "total":
        return _level(row) >= level
    return row.kind == "group" and level < 3


def _level(row: Row) -> int:
    if row.kind == "group":
        return 1
    text = row.text
    return 3 if "总计" in text else 1 if "小计" in text else 2


def _column_sum(rows: Sequence[Row], place: int) -> Decimal | None:
    values: list[Decimal | None] = []
    for row in rows:
        if row.damage is not None or not row.is_aligned:
            return None
        if _PART_OF_IT.match(next((cell for cell in row.cells if cell and serial(cell) is None), "")):
            continue
        cell = row.cells[place]
        if place in row.filled or kind(cell) in (BLANK, NOTHING):
            continue
        values.append(number(cell))
    return _sum(values) if values else None


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total
