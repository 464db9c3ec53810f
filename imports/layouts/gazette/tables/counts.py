"""Counts that labels and captions declare: 潞州区（18座）, …计划表（119座）; and what each row counts for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from imports.layouts.gazette.tables.cells import bare, number
from imports.layouts.gazette.tables.profiles import Column
from imports.layouts.gazette.tables.rows import Row

_UNIT = r"[座个辆项处所家户人名支条台套件类家宗间亩站]"
_DECLARED = re.compile(rf"[(](?:共|合计|总计|计)?:?(\d{{1,9}})({_UNIT})[)]")
_AT_END = re.compile(rf"[(](?:共|合计|总计|计)?:?(\d{{1,9}})({_UNIT})[)]\Z")
_MOST: Final = 0.9
_LONGEST: Final = 80


class Count(NamedTuple):
    """So many of what."""

    number: Decimal
    unit: str
    label: str
    """The text without it."""


class RowCounts(NamedTuple):
    """What each row counts for (``None`` where it does not say), and the column that says it."""

    numbers: list[Decimal | None]
    column: int | None


def declared(text: str) -> Count | None:
    """The count that a label or caption ends with."""
    if len(text) > _LONGEST:
        return None
    plain = bare(text)
    found = _AT_END.search(plain)
    return Count(Decimal(found[1]), found[2], plain[: found.start()]) if found else None


def row_counts(
    columns: Sequence[Column], rows: Sequence[Row], unit: str, *, but: Sequence[int] = ()
) -> RowCounts | None:
    """Counts of ``unit`` in brackets in one column's cells, else figures in the column whose header has the unit."""
    whole = [row for row in rows if row.is_aligned and len(row.cells) == len(columns)]
    for place, column in enumerate(columns):
        if place in but or column.holds in ("serial", "period", "figure"):
            continue
        # A merged cell's count belongs to the row that prints it.
        numbers = [
            _bracketed(row.cells[place], unit) if in_whole and place not in row.filled else None
            for row, in_whole in _marked(rows, whole)
        ]
        if whole and sum(1 for value in numbers if value is not None) >= _MOST * len(whole):
            return RowCounts(numbers, place)
    for place, column in enumerate(columns):
        if place not in but and column.holds == "figure" and f"({unit})" in bare(column.header):
            return RowCounts(
                [number(row.cells[place]) if in_whole else None for row, in_whole in _marked(rows, whole)], place
            )
    return None


def _marked(rows: Sequence[Row], whole: Sequence[Row]) -> list[tuple[Row, bool]]:
    lines = {row.line for row in whole}
    return [(row, row.line in lines) for row in rows]


def _bracketed(cell: str, unit: str) -> Decimal | None:
    if len(cell) > _LONGEST:
        return None
    found = [match for match in _DECLARED.finditer(bare(cell)) if match[2] == unit]
    return Decimal(found[0][1]) if len(found) == 1 else None
