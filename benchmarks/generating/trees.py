"""Indicators of a project: classes of the standard trees, names, and targets with operators, numbers and units. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from benchmarks.generating.draws import Draws
from benchmarks.generating.names import Subject
from imports.drafts import IndicatorDraft
from indicators.categories import level1_name
from indicators.values import Value, parse_value

NEW_FORM: Final = 2022
"""From this year on forms have the tree of 财预〔2021〕101号, with 成本指标 as a class of level 1."""
_IN_ORDER: Final = (
    "output.quantity", "output.quality", "output.timeliness", "output.cost", "benefit.economic", "benefit.social",
    "benefit.ecological", "benefit.sustained", "satisfaction.served",
)  # fmt: skip
_WANTED: Final = (
    "output.quantity", "benefit.social", "satisfaction.served", "output.quality", "output.timeliness", "output.cost",
    "benefit.sustained", "output.quantity", "output.quality", "benefit.economic", "benefit.ecological",
)  # fmt: skip
"""Classes of the rows of a form, by what even a short form has."""
_INSTEAD: Final = {"benefit.social": "benefit.economic", "benefit.sustained": "benefit.ecological"}
_LABELS: Final = {
    "output.quantity": "数量指标", "output.quality": "质量指标", "output.timeliness": "时效指标", "output.cost": "成本指标",
    "benefit.economic": "经济效益", "benefit.social": "社会效益", "benefit.ecological": "生态效益",
    "benefit.sustained": "可持续影响", "satisfaction.served": "服务对象满意度",
}  # fmt: skip
_QUALITY: Final = (
    "{thing}{deed}验收合格率", "{deed}质量达标率", "资金发放准确率", "{thing}完好率", "政策知晓率", "{thing}抽检合格率",
    "{thing}{deed}标准符合率", "设备正常运行率", "材料进场复检率", "隐蔽工程旁站率",
)  # fmt: skip
_QUANTITY: Final = ("{thing}{deed}数量", "{deed}{thing}", "{place}{thing}{deed}规模", "{thing}覆盖数", "新增{thing}")
_TIMELINESS: Final = ("项目完成时间", "{thing}{deed}完成时限", "资金拨付及时率", "{deed}工作及时性", "响应时限")
_COST: Final = ("{thing}{deed}成本", "项目总成本", "年度支出控制数", "预算控制率")
_EFFECTS: Final = ("{}改善程度", "对{}的影响", "{}提升水平", "促进{}", "长效保障{}")
_WORDS: Final = ("明显改善", "有所提高", "持续提升", "较好", "长期", "完善", "显著", "健全", "稳步增强", "不断优化")
_BEFORE: Final = ("≥", "≥", "≥", "", "", "=", "不少于", "＞")
_SHARES: Final = ("100%", "≥95%", "≥98%", "≥90%", "合格", "≥99%", "95%以上", "≥92.5%", "达标")
_PLEASED: Final = ("≥95%", "≥90%", "≥98%", "≥85%", "≥92%", "95%", "90%以上", "≥99.5%")


class Row(NamedTuple):
    """A row of a form, before it is known what stands in it."""

    category: str
    has_period: bool


@lru_cache(maxsize=64)
def _rows(indicators: int, variant: int, new_form: bool) -> tuple[Row, ...]:
    """The rows of a form with so many indicators: each has both halves, an odd one the annual half only."""
    count = (indicators + 1) // 2
    classes = [_WANTED[at % len(_WANTED)] for at in range(count)]
    if variant:
        classes = [_INSTEAD.get(one, one) if variant & (1 << (at & 1)) else one for at, one in enumerate(classes)]
    classes.sort(key=_IN_ORDER.index)
    if new_form:
        classes = ["cost.economic" if one == "output.cost" else one for one in classes]
        classes.sort(key=lambda one: one != "cost.economic")
    return tuple(Row(one, at < indicators // 2) for at, one in enumerate(classes))


def indicators_of(subject: Subject, year: int, wan: str, count: int, draws: Draws) -> Iterator[IndicatorDraft]:
    """The indicators of a form in its order, period and annual halves row by row. ``wan`` is the year's amount in 万元."""
    new_form = year >= NEW_FORM
    known: set[str] = set()
    for row in _rows(count, draws.between(0, 3), new_form):
        name, value = _row(row.category, subject, year, wan, draws)
        while name in known:
            name = f"{draws.early(subject.field.objects)[0]}{name}"
        known.add(name)
        level1, level2 = level1_name(row.category), _label(row.category, new_form)
        target = parse(value)
        if row.has_period:
            yield IndicatorDraft("period", level1, level2, row.category, name, value, *target)
        if draws.random() < 0.25 and target.number and target.unit != "%":
            value = _less(value, target)
            target = parse(value)
        yield IndicatorDraft("annual", level1, level2, row.category, name, value, *target)


@lru_cache(maxsize=200_000)
def parse(value: str) -> Value:
    """What a printed target says, as readers of forms take it."""
    return parse_value(value)


def _label(category: str, new_form: bool) -> str:
    if category == "cost.economic":
        return "经济成本指标"
    label = _LABELS[category]
    return f"{label}指标" if new_form and not label.endswith("指标") else label


def _row(category: str, subject: Subject, year: int, wan: str, draws: Draws) -> tuple[str, str]:
    """Name and printed value."""
    of, thing, unit = draws.of, *draws.early(subject.field.objects)
    words = {"thing": subject.thing if draws.happens(0.5) else thing, "deed": subject.deed, "place": subject.place}
    if category == "output.quantity":
        unit = subject.unit if words["thing"] == subject.thing else unit
        number = int(10 ** (3.8 * draws.random() ** 1.5)) + (0 if unit != "公里" else 1)
        return draws.early(_QUANTITY).format_map(words), f"{of(_BEFORE)}{number}{unit}"
    if category == "output.quality":
        return draws.early(_QUALITY).format_map(words), draws.early(_SHARES)
    if category == "output.timeliness":
        return draws.early(_TIMELINESS).format_map(words), _time(year, draws)
    if category in ("output.cost", "cost.economic"):
        return draws.early(_COST).format_map(words), f"≤{wan}万元"
    if category == "satisfaction.served":
        return f"{subject.field.served}满意度", draws.early(_PLEASED)
    effect = draws.early(subject.field.effects)
    if category == "benefit.economic":
        return f"带动{effect}增加值" if draws.happens(0.3) else f"促进{effect}", draws.early(_WORDS)
    return of(_EFFECTS).format(effect), draws.early(_WORDS)


def _time(year: int, draws: Draws) -> str:
    return draws.of(
        (f"{year}年12月底前", f"{year}年{draws.between(3, 12)}月", "≤30天", "12个月", "及时", "100%", "≤3个工作日")
    )


def _less(value: str, target: Value) -> str:
    """The same target with a smaller number, of a year that does part of the work."""
    number = f"{target.number:f}"
    half = target.number // 2 if target.number and target.number > 2 else target.number
    return value.replace(number, f"{half:f}", 1)
