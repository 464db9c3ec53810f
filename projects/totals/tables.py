"""Tables of totals for files and for programs.

`pivot_json` is what the API answers::

    {"rows": ["region", "department"], "columns": "source" or null, "measure": "amount",
     "overlapping": ["source"],                  # of these a project may have several: their counts do not add up
     "years": ["2025", "2024"] or null,          # what "change" compares
     "column_members": [{"key": "central", "label": "中央财政资金", "is_group": false}, …],
     "lines": [LINE, …], "total": LINE}          # the total counts each project once

    LINE = {"members": [{"dimension": "region", "key": "140404", "label": "长治市上党区"}, …], "depth": 0,
            "is_subtotal": false, CELL…, "cells": [CELL, …], "change": {"difference", "percent"} or null}
    CELL = {"projects": 3, "amount": "1000000.01" or null, "period_amount": "5.00" or null,
            "indicators": 12 or null, "query": "year=2025&department=7" or null}

Money is a decimal string of yuan; null where every amount is blank. ``indicators`` is null unless they were asked for.
``query`` are the filters of the projects that a cell sums; under a funding source the amount is the money of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfgoals.money import in_unit
from projects.totals.changes import Change, Figure, change, measured, share
from projects.totals.layout import MEASURES
from projects.totals.pivot import Cell, Line, Pivot

if TYPE_CHECKING:
    import pandas as pd


def pivot_json(pivot: Pivot) -> dict[str, Any]:
    """The table as values that JSON can hold; the module says how."""
    return {
        "rows": list(pivot.layout.rows),
        "columns": pivot.layout.column or None,
        "measure": pivot.layout.measure,
        "overlapping": [dimension.key for dimension in pivot.overlapping],
        "years": list(pivot.years) if pivot.years else None,
        "column_members": [
            {"key": column.member.key, "label": column.member.label, "is_group": column.is_group}
            for column in pivot.columns
        ],
        "lines": [_line(pivot, line) for line in pivot.lines],
        "total": _line(pivot, pivot.whole),
    }


def _line(pivot: Pivot, line: Line) -> dict[str, Any]:
    dimensions = zip(pivot.layout.rows, line.place.members, strict=False)
    return {
        "members": [{"dimension": key, "key": member.key, "label": member.label} for key, member in dimensions],
        "depth": line.place.depth,
        "is_subtotal": line.place.is_group,
        **_cell(pivot, line.total),
        "cells": [_cell(pivot, cell) for cell in line.cells],
        "change": line.change and {"difference": _text(line.change.difference), "percent": _percent(line.change)},
    }


def _cell(pivot: Pivot, cell: Cell) -> dict[str, Any]:
    sums = cell.sums
    return {
        "projects": sums.count,
        "amount": _text(sums.amount),
        "period_amount": _text(sums.period),
        "indicators": sums.indicators if pivot.layout.measure == "indicators" else None,
        "query": cell.query,
    }


def _text(figure: Figure) -> str | None:
    return f"{figure:.2f}" if isinstance(figure, Decimal) else figure if figure is None else str(figure)


def _percent(changed: Change) -> str | None:
    return None if changed.percent is None else f"{changed.percent:.1f}"


def pivot_frame(pivot: Pivot, unit: str) -> pd.DataFrame:
    """The table with its last row, one column a dimension of rows; amounts in ``unit``, shares in percent."""
    import pandas as pd  # late: half a second of every start

    whole = pivot.whole
    rows = [_values(pivot, line, whole, unit) for line in (*pivot.lines, whole)]
    return pd.DataFrame([list(row.values()) for row in rows], columns=list(rows[0]), dtype=object)


def _values(pivot: Pivot, line: Line, whole: Line, unit: str) -> dict[str, object]:
    row: dict[str, object] = {}
    for at, dimension in enumerate(pivot.row_dimensions):
        members = line.place.members
        row[dimension.label] = members[at].label if at < len(members) else "" if at else "合计"
    row["级次"] = "合计" if not line.place.members else "小计" if line.place.is_group else "明细"
    row["项目数"] = line.total.sums.count
    row |= {name: _plain(figure, unit) for name, figure in _figures(pivot, line, whole, unit)}
    return row


def _figures(pivot: Pivot, line: Line, whole: Line, unit: str) -> Iterator[tuple[str, Figure | _Percent]]:
    measure = pivot.layout.measure
    name = measure_name(measure, unit)
    if measure != "projects":
        yield name, measured(line.total.sums, measure)
    yield "占比（%）", _Percent(share(measured(line.total.sums, measure), measured(whole.total.sums, measure)))
    if not pivot.columns and measure == "amount":
        yield f"实施期金额（{unit}）", line.total.sums.period
    for at, column in enumerate(pivot.columns):
        label = f"{column.member.label}{'小计' if column.is_group else ''}"
        yield f"{label} {name}", None if line.cells[at].is_empty else measured(line.cells[at].sums, measure)
        if pivot.layout.show != "value":
            yield f"{label} 占比（%）", _Percent(cell_share(pivot, line, whole, at))
        if column.before is not None:
            changed = change(line.cells[at].sums, line.cells[column.before].sums, measure)
            yield f"{label} 增减（{_unit_of(measure, unit)}）", changed.difference
            yield f"{label} 增减率（%）", _Percent(changed.percent)
    if pivot.years and pivot.layout.column != "year":
        changed_name = "较前一年度" if "year" in pivot.layout.rows else f"{pivot.years[0]} 年较 {pivot.years[1]} 年"
        yield f"{changed_name}增减（{_unit_of(measure, unit)}）", line.change.difference if line.change else None
        yield f"{changed_name}增减率（%）", _Percent(line.change.percent if line.change else None)


class _Percent:
    """A percentage, which no unit of money divides."""

    def __init__(self, value: Decimal | None) -> None:
        self.value = value


def _plain(figure: Figure | _Percent, unit: str) -> object:
    if isinstance(figure, _Percent):
        return None if figure.value is None else figure.value.quantize(Decimal("0.1"))
    return in_unit(figure, unit) if isinstance(figure, Decimal) else figure


def cell_share(pivot: Pivot, line: Line, whole: Line, at: int) -> Decimal | None:
    """What a cell is of its row, of its column or of everything, as the layout asks."""
    measure, part = pivot.layout.measure, line.cells[at].sums
    of = {"row": line.total, "column": whole.cells[at], "whole": whole.total}[pivot.layout.show]
    return None if line.cells[at].is_empty else share(measured(part, measure), measured(of.sums, measure))


def measure_name(measure: str, unit: str) -> str:
    """What is measured, with its unit: 年度金额（万元）."""
    return f"{MEASURES[measure]}（{_unit_of(measure, unit)}）"


def _unit_of(measure: str, unit: str) -> str:
    return {"amount": unit, "projects": "个", "indicators": "条"}[measure]
