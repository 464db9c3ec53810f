"""What the columns of an indicator table mean: name, unit, group, nature, and the values by year, place or label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from imports.layouts.gazette.columns import distinct_labels, wording
from imports.layouts.gazette.indicator_names import taken_apart
from imports.layouts.gazette.years import plan_end, years_in

Part = Literal["base", "target"]

_SERIAL = re.compile(r"(?:指标)?(?:序号?|编号|顺序号?)|[Nn][Oo]\.?")
_UNIT = re.compile(r"(?:计量|指标|数据)?单位")
_NATURE = re.compile(r"(?:指标)?(?:属性|性质|约束力|约束性质)")
_MAYBE_NATURE = re.compile(r"(?:指标)?(?:类型|类别|分类)|.{0,4}性质|.{0,4}属性")
_IS_NATURE = re.compile(r"(?:约束|预期|引导|指导|引领)性?(?:指标)?")
_LEVEL = re.compile(r"([一二三四])级(?:指标|目标|名称|分类)(?:名称)?")
_NAMES: Final = tuple(
    re.compile(wording)
    for wording in (
        r"(?:主要|具体|发展|规划|考核|核心|评价|绩效|目标|监测|控制|重点|约束性|预期性|任务)*指标(?:名称|内容|项目|项)?",
        r"(?:指标|项目|任务|目标|考核|内容)?名称|项目|(?:考核|任务|目标|监测)(?:内容|项目|事项)|主要任务|指标体系",
        r"内容|目标|任务",
    )
)
_GROUP = re.compile(r"(?:指标|目标)?(?:类别|领域|分类|维度|方面|大类|类型|板块|分项|类|门类|目标层|准则层|体系)")
_REMARK = re.compile(
    r".*(?:备注|说明|责任|牵头|部门|单位$|来源|依据|解释|定义|公式|方法|出处|口径|配合|(?:责任|实施|考核)主体|文号|联系).*|考核方式|监测频次"
)
_REGION = re.compile(
    r"(?:所属|所在|各|行政|责任|项目|实施)?(?:县市区|市县区|县区|区县|市县|县市|行政区划?|行政区域|乡镇街道|乡镇|镇街|街道|地区|区域|辖区|片区|流域|地市|市州|县|区|市|乡|镇)(?:名称|别)?"
)
_DIGIT = re.compile(r"[\d０-９]")
_GROWTH = re.compile(r"年均|年平均|增速|增长|增幅|增加|变化|提高|下降|降幅|较|[比－-]\d")
_BASE = re.compile(r"基期|基准|基数|现状|现值|期初|初期|实际|完成|实绩|实现值|上年")
_TARGET = re.compile(r"目标|规划值?|计划|任务|要求|控制|指标值|标准值|目标值")
_VAGUE: Final = {"值", "数值", "期末", "期末值", "末期", "指标值", "目标", "目标值", "标准", "要求"}
_PLAN_END = re.compile(r"五[”\"]?(?:规划|期间|时期)?(?:期?末|目标|目标值|规划目标|规划值|期末目标|规划)?\Z")


class ValueColumn(NamedTuple):
    """A column of values."""

    place: int
    label: str
    """The header without white space."""
    year: int | None
    part: Part | None
    """Whether the header says that it is a base value or a target."""
    unit: str | None


class IndicatorColumns(NamedTuple):
    """Places of the columns in the header."""

    serial: int | None
    names: tuple[int, ...]
    """The name's column, and columns of a merged head that go on with it."""
    unit: int | None
    groups: tuple[int, ...]
    nature: int | None
    values: tuple[ValueColumn, ...]
    base_year: int | None
    target_year: int | None

    @property
    def base(self) -> ValueColumn | None:
        """The column of base values."""
        dated = next((column for column in self.values if self.base_year and column.year == self.base_year), None)
        return dated or next((column for column in self.values if column.part == "base"), None)

    @property
    def target(self) -> ValueColumn | None:
        """The column of target values."""
        dated = next((column for column in self.values if self.target_year and column.year == self.target_year), None)
        return dated or next((column for column in self.values if column.part == "target"), None)


def indicator_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], horizon: int | None
) -> IndicatorColumns | None:
    """The columns of an indicator table; ``None`` where none names indicators.

    ``rows`` are the cells of rows below, which tell whether 类型 means 约束性; ``horizon`` is the year of a header
    that says 目标值 only.
    """
    texts = [wording(printed) for printed in header]
    serial, unit = _first(texts, _SERIAL), _first(texts, _UNIT)
    nature = _nature_place(texts, rows)
    taken = {serial, unit, nature}
    names, groups = _name_places(texts, taken)
    if not names:
        return None
    region = region_place(header, rows)
    if region is not None and region not in {*taken, *names, *groups}:
        groups = (*groups, region)
    taken.update(names, groups)
    values = tuple(_value_columns(header, texts, taken, horizon))
    base, target = base_and_target(values, horizon)
    return IndicatorColumns(serial, names, unit, groups, nature, values, base, target)


def region_place(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The column of towns or regions, if there is one."""
    for place, printed in enumerate(header):
        if _REGION.fullmatch(wording(printed)) and not are_figures(_cells(rows, place)):
            return place
    return None


def are_figures(cells: Sequence[str]) -> bool:
    """Whether most cells that are not blank hold a figure: they are values, and no names."""
    filled = [cell for cell in cells if cell.strip(" -—－/")]
    return bool(filled) and sum(_DIGIT.search(cell[:8]) is not None for cell in filled) * 2 > len(filled)


def _cells(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row)]


def _first(texts: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((place for place, text in enumerate(texts) if pattern.fullmatch(text)), None)


def _nature_place(texts: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    certain = _first(texts, _NATURE)
    if certain is not None:
        return certain
    for place, text in enumerate(texts):
        cells = [cell for printed in _cells(rows, place) if (cell := "".join(printed.split()))]
        if _MAYBE_NATURE.fullmatch(text) and cells and all(_IS_NATURE.fullmatch(cell) for cell in cells):
            return place
    return None


def _name_places(texts: Sequence[str], taken: set[int | None]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of the name, and those of the groups above it: of 一级指标, 二级指标 the last is the name."""
    free = [place for place in range(len(texts)) if place not in taken]
    groups = [place for place in free if _GROUP.fullmatch(texts[place])]
    levels = [place for place in free if _LEVEL.fullmatch(texts[place])]
    if levels:
        return (levels[-1],), (*groups, *levels[:-1])
    for pattern in _NAMES:
        for place in free:
            if place not in groups and pattern.fullmatch(texts[place]):
                return tuple(_with_blank_heads(texts, place, taken)), tuple(groups)
    return ((groups[-1],), tuple(groups[:-1])) if groups else ((), ())


def _with_blank_heads(texts: Sequence[str], place: int, taken: set[int | None]) -> list[int]:
    """A name's column, and the column right of it whose head is blank because both share one."""
    after = place + 1
    return [place, after] if after < len(texts) and not texts[after] and after not in taken else [place]


def _value_columns(
    header: Sequence[str], texts: Sequence[str], taken: set[int | None], horizon: int | None
) -> list[ValueColumn]:
    return [
        value_column(place, "".join(label.split()), horizon)
        for place, label in enumerate(distinct_labels(header))
        if place not in taken and not is_remark(texts[place])
    ]


def is_serial(text: str) -> bool:
    """Whether a header's wording means serial numbers."""
    return _SERIAL.fullmatch(text) is not None


def is_remark(text: str) -> bool:
    """Whether a header's wording means remarks, bodies or sources, and no values."""
    return _REMARK.fullmatch(text) is not None


def value_column(place: int, label: str, horizon: int | None) -> ValueColumn:
    """What a header without white space says of its values: their year, base or target, their unit."""
    unit = taken_apart(f"值{label}").unit
    if _GROWTH.search(label):
        return ValueColumn(place, label, None, None, unit)
    part: Part | None = "base" if _BASE.search(label) else "target" if _TARGET.search(label) else None
    year = _label_year(label)
    if year is None and part != "base" and (part == "target" or wording(label) in _VAGUE):
        year, part = horizon, "target"
    return ValueColumn(place, label, year, part, unit)


def _label_year(label: str) -> int | None:
    """The one year that a column's label says its values are of; several have none."""
    years = years_in(label)
    if years:
        return years[0] if len(set(years)) == 1 else None
    return plan_end(label) if _PLAN_END.search(wording(label)) else None


def base_and_target(values: Sequence[ValueColumn], horizon: int | None) -> tuple[int | None, int | None]:
    """The base year and the target year: what headers say; else the first of several years, and the plan's last.

    Limits by place, with no year in any header, are those of the horizon.
    """
    if values and not any(column.year or column.part for column in values):
        return None, horizon
    dated = [column for column in values if column.year is not None]
    bases = [column.year for column in dated if column.part == "base"]
    targets = [column.year for column in dated if column.part != "base"]
    if not bases and len(targets) > 1 and any(column.part is None for column in dated):
        earliest = min(column.year or 0 for column in dated if column.part is None)
        if earliest < (horizon or max(year or 0 for year in targets)):
            bases, targets = [earliest], [year for year in targets if year != earliest]
    known = [year for year in targets if year is not None]
    target = horizon if horizon in known else max(known, default=None)
    return min((year for year in bases if year is not None), default=None), target
