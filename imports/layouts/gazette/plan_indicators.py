"""Indicator tables of plans and gazettes → plan indicators.

The shape that plans share is 序号 · 指标 · base year · target year · 属性, in groups. Columns that are no year (年均增速,
towns with their limits) are values by their label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from imports.layouts.gazette.drafts import PlanIndicatorDraft, RowDraft, TableDraft, YearValue
from imports.layouts.gazette.indicator_columns import (
    IndicatorColumns,
    ValueColumn,
    are_figures,
    indicator_columns,
    region_place,
)
from imports.layouts.gazette.indicator_names import IndicatorName, taken_apart
from imports.layouts.gazette.indicator_values import NOTHING, Direction, direction, read_value
from imports.layouts.gazette.numbering import numbered
from imports.layouts.gazette.regional_limits import regional_indicators
from imports.layouts.gazette.years import years_in

_NATURE = re.compile(r"(?:约束|预期)性")
_MARK_MEANS = re.compile(r"[“\"]?([*＊★▲△☆※●◆#])[”\"]?[^，,。；;]{0,10}?((?:约束|预期)性)")
_NOTE = re.compile(r"[(（]?(?:注|备注|说明|资料来源)\s*\d?\s*[:：.]")
_WRAP = re.compile(r"(?<=[\u3400-\u9fff，、（）“”])[ \t\u3000\xa0\n]+(?=[\u3400-\u9fff，、（）“”])")
_LONGEST_NOTE: Final = 200
_SAMPLE: Final = 50
"""Rows that tell what a column without a clear header holds."""


def plan_indicators(table: TableDraft, horizon: int | None) -> list[PlanIndicatorDraft]:
    """The indicators of a table, in order; ``horizon`` is the last year of its plan, for headers that say 目标值 only."""
    rows = [row for row in table.rows if row.kind == "row"]
    if horizon is None and len(years := set(years_in(table.caption))) == 1:
        horizon = years.pop()
    sample = [row.cells for row in rows[:_SAMPLE]]
    columns = indicator_columns(table.header, sample, horizon)
    region = region_place(table.header, sample)
    if region is not None and (columns is None or _names_are_figures(columns, sample)):
        return regional_indicators(table, region, horizon)
    if columns is None or not columns.values:
        return []
    marks = _marks(table)
    return [_drafted(row, columns, marks) for row in rows if _is_indicator(row, columns)]


def _names_are_figures(columns: IndicatorColumns, rows: Sequence[Sequence[str]]) -> bool:
    """Whether the column 控制指标 holds the limits of the row's town, and no names."""
    return are_figures([row[columns.names[0]] for row in rows if columns.names[0] < len(row)])


def _is_indicator(row: RowDraft, columns: IndicatorColumns) -> bool:
    """Whether a row holds an indicator: a name or a value, and no note over the table's width."""
    name = _name_text(row, columns)
    has_values = any(_cell(row, column.place) for column in columns.values)
    return has_values or (bool(name) and not _NOTE.match(name))


def _drafted(row: RowDraft, columns: IndicatorColumns, marks: dict[str, str]) -> PlanIndicatorDraft:
    printed = _name_text(row, columns)
    number, text = numbered(printed) if columns.serial is None else (_cell(row, columns.serial), printed)
    name = taken_apart(text)
    unit = _unit(row, columns, name)
    values = [_value(row, column, unit) for column in columns.values]
    group = _group(row, columns)
    return PlanIndicatorDraft(
        line=row.line,
        serial=number,
        group=group,
        name=_unwrapped(name.name),
        name_printed=printed,
        unit=unit,
        qualifier=name.qualifier,
        values=values,
        base_year=columns.base_year,
        target_year=columns.target_year,
        nature=_nature(row, columns, name, group, marks),
        direction=None if row.damage else _direction(row, columns, name.name, unit),
        damage=row.damage if name.name else row.damage or "这一行没有指标名称",
    )


def _value(row: RowDraft, column: ValueColumn, unit: str | None) -> YearValue:
    printed = _cell(row, column.place)
    value = NOTHING if row.damage else read_value(printed, _unit_of(column, unit))
    return YearValue(column.label, column.year, printed, value.operator, value.number)


def _unit_of(column: ValueColumn, unit: str | None) -> str | None:
    """The unit of a column's values: its header's own (年均增速（%）), else the indicator's."""
    return column.unit or unit


def _direction(row: RowDraft, columns: IndicatorColumns, name: str, unit: str | None) -> Direction | None:
    base = columns.base
    # Limits by place have no target year of their own: any of them says which way is better.
    target = columns.target or next((column for column in columns.values if _cell(row, column.place)), None)
    printed = _cell(row, target.place) if target else ""
    aim = read_value(printed, _unit_of(target, unit)) if target else NOTHING
    start = read_value(_cell(row, base.place), _unit_of(base, unit)).number if base else None
    return direction(name, start, aim, printed)


def _unit(row: RowDraft, columns: IndicatorColumns, name: IndicatorName) -> str | None:
    """The unit of an indicator: its column's, the name's bracket, the target's header, or what all its values print."""
    own = _cell(row, columns.unit)
    if own and own not in "-—－/":
        return "".join(own.split())
    if name.unit:
        return name.unit
    target = columns.target
    if target is not None and target.unit:
        return target.unit
    printed = {
        read_value(_cell(row, column.place), None).unit for column in columns.values if column.year or column.part
    }
    printed.discard(None)
    return printed.pop() if len(printed) == 1 else None


def _group(row: RowDraft, columns: IndicatorColumns) -> str | None:
    """The section row above, and the cells of the columns of groups."""
    cells = (_unwrapped(_cell(row, place)) for place in columns.groups)
    return " / ".join(dict.fromkeys(text for text in (row.group, *cells) if text)) or None


def _nature(
    row: RowDraft, columns: IndicatorColumns, name: IndicatorName, group: str | None, marks: dict[str, str]
) -> str | None:
    """约束性 or 预期性: its column's, the name's bracket, the group's, or what a note says of the name's mark."""
    printed = "".join(_cell(row, columns.nature).split())
    if printed or name.nature:
        return printed or name.nature
    if group and (found := _NATURE.search(group)):
        return found[0]
    return marks.get(name.mark) if name.mark else None


def _marks(table: TableDraft) -> dict[str, str]:
    """What notes of the table say of marks: 注：带*的为约束性指标."""
    notes = [table.caption, *table.header]
    notes += [row.cells[0] for row in table.rows if row.cells and (row.kind == "group" or _NOTE.match(row.cells[0]))]
    found = (_MARK_MEANS.search("".join(note[:_LONGEST_NOTE].split())) for note in notes)
    return {match[1]: match[2] for match in found if match}


def _name_text(row: RowDraft, columns: IndicatorColumns) -> str:
    return " ".join(dict.fromkeys(text for place in columns.names if (text := _cell(row, place))))


def _cell(row: RowDraft, place: int | None) -> str:
    return row.cells[place].strip() if place is not None and place < len(row.cells) else ""


def _unwrapped(text: str) -> str:
    """A text without the spaces that line wraps leave between Chinese characters."""
    return _WRAP.sub("", text)
