"""Indicator tables whose rows are towns: a limit or a target for each of them, the indicators standing in the header.

行政区 · 用水总量（亿立方米）2025年 · 2030年 · …: every row gives one indicator for each subject of the header. Its group is the
town, its name the subject; where the header has years only, the caption is the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imports.layouts.gazette.columns import distinct_labels, wording
from imports.layouts.gazette.drafts import PlanIndicatorDraft, RowDraft, TableDraft, YearValue
from imports.layouts.gazette.indicator_columns import (
    ValueColumn,
    are_figures,
    base_and_target,
    is_remark,
    is_serial,
    value_column,
)
from imports.layouts.gazette.indicator_names import is_unit, taken_apart
from imports.layouts.gazette.indicator_values import NOTHING, direction, read_value

_TIME = re.compile(
    r"(?:到|至)?(?:(?:19|20)\d{2}|[二〇○零一三四五六七八九]{4})年?(?:度|底|末)?|[“\"]?十[一二三四五六七]?五[”\"]?(?:末|期末|期间|时期)?"
    r"|(?:控制|规划|分解|考核|约束性?|预期性?)*(?:目标|指标)(?:任务)?值?|基期值?|现状值?|规划值|控制数|任务数"
)
_CAPTION_END = re.compile(r"(?:一览|分解|明细|汇总|情况|计划)*表\Z")
_BRACKETS_INSIDE = re.compile(r"[(（]([^()（）]{1,16})[)）]")


class _Subject(NamedTuple):
    name: str
    printed: str
    unit: str | None
    columns: list[ValueColumn]


def regional_indicators(table: TableDraft, region: int, horizon: int | None) -> list[PlanIndicatorDraft]:
    """The indicators of a table with a town a row; none where its columns hold texts."""
    rows = [row for row in table.rows if row.kind == "row" and any(cell.strip() for cell in row.cells)]
    subjects = list(_subjects(table, rows, region, horizon))
    return [_drafted(row, region, subject, horizon) for row in rows for subject in subjects]


def _subjects(table: TableDraft, rows: Sequence[RowDraft], region: int, horizon: int | None) -> Iterator[_Subject]:
    """What the header counts, each with its columns, in order."""
    found: dict[str, _Subject] = {}
    for place, label in enumerate(distinct_labels(table.header)):
        text = wording(table.header[place])
        cells = [_cell(row, place) for row in rows]
        if place == region or is_serial(text) or is_remark(text) or not are_figures(cells):
            continue
        name, unit = _subject_of(label)
        name = name or _CAPTION_END.sub("", "".join(table.caption.split())) or "".join(label.split())
        subject = found.setdefault(name, _Subject(name, label, unit, []))
        found[name] = subject._replace(unit=subject.unit or unit)
        subject.columns.append(value_column(place, "".join(label.split()), horizon))
    yield from found.values()


def _subject_of(label: str) -> tuple[str, str | None]:
    """A header without its years and 目标, and the unit that it prints."""
    squeezed = "".join(label.split())
    units = [inner for inner in _BRACKETS_INSIDE.findall(squeezed) if is_unit(inner)]
    for unit in units:
        squeezed = re.sub(rf"[(（]{re.escape(unit)}[)）]", "", squeezed)
    name = taken_apart(_TIME.sub("", squeezed)).name
    return name.strip("（）()、，,的-—"), units[0] if units else None


def _drafted(row: RowDraft, region: int, subject: _Subject, horizon: int | None) -> PlanIndicatorDraft:
    town = "".join(_cell(row, region).split())
    values = [_value(row, column, subject.unit) for column in subject.columns]
    base, target = _years(subject.columns, horizon)
    aim = next((value for value in values if value.year == target), values[-1])
    start = next((value.number for value in values if base and value.year == base), None)
    read = NOTHING if row.damage else read_value(aim.printed, subject.unit)
    return PlanIndicatorDraft(
        line=row.line,
        serial=None,
        group=" / ".join(filter(None, (row.group, town))) or None,
        name=subject.name,
        name_printed=subject.printed,
        unit=subject.unit,
        qualifier=None,
        values=values,
        base_year=base,
        target_year=target,
        nature=None,
        direction=None if row.damage else direction(subject.name, start, read, aim.printed),
        damage=row.damage if town else row.damage or "这一行没有地区名称",
    )


def _years(columns: Sequence[ValueColumn], horizon: int | None) -> tuple[int | None, int | None]:
    """Base and target year; limits of several years have a base only where a header says so."""
    if not any(column.year for column in columns):
        return None, horizon
    return base_and_target([column._replace(part=column.part or "target") for column in columns], horizon)


def _value(row: RowDraft, column: ValueColumn, unit: str | None) -> YearValue:
    printed = _cell(row, column.place)
    value = NOTHING if row.damage else read_value(printed, unit)
    return YearValue(column.label, column.year, printed, value.operator, value.number)


def _cell(row: RowDraft, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""
