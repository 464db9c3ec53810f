"""The values of indicator tables, and which way is better."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from imports.layouts.gazette.indicator_names import is_unit
from indicators.values import parse_value

Direction = Literal["up", "down"]

_CUMULATIVE = re.compile(r"[\[〔【](.{1,24})[\]〕】]([%％‰]?)")
_TWO_FIGURES = re.compile(r"[\d０-９]\s+[\d０-９]")
_ROUND = re.compile(r"约|左右|上下|[\d.][余多+＋]")
_NEGATIVE = re.compile(r"[-－−](?=\d)")
_MAGNITUDES: Final = {"万": 10_000, "亿": 100_000_000}
_LONGEST: Final = 60

_FALLS = re.compile(r"(?:持续|稳步|逐步|明显|显著|大幅|有所|进一步)?(?:下降|降低|减少|缩小|收窄)")
_RISES = re.compile(r"(?:持续|稳步|逐步|明显|显著|大幅|有所|进一步)?(?:提高|提升|上升|增长|增加|改善|优于)")
_REDUCTION = re.compile(
    r"(?:降低|下降|减少|削减|减排|节约|压减|缩减|降幅)(?:率|比例|幅度|量|值|程度)?\Z|(?:降低|下降|削减|减少)(?:率|比例|幅度)|降幅"
)
_BAD = re.compile(
    r"失业|死亡|患病|发病率|漏损|能耗|水耗|电耗|地耗|物耗|煤耗|排放|污染|超标|事故|犯罪|发案|贫困|辍学|流失率|负担|火灾|不合格|不良|违法"
    r"|用水量|用水总量|用能总量|消费总量|消耗|占用|收入比\Z|差距|倍差|逾期|浓度|PM\s?2\.?5|细颗粒物|劣[VⅤ五]|返贫|近视|肥胖|自杀|抚养比|恩格尔|赤字|黑臭|裸露"
    r"|时限|耗时|办理时间|投诉|信访"
)
_NOT_SO_BAD = re.compile(
    r"(?:防治|治理|处理|处置|控制率|达标|修复|整改|查处|破案|侦破|救助|削减|保险|参保|监测|预警|防控|覆盖|化解|脱贫|优良)"
)
_GOOD = re.compile(
    r"(?:普及|覆盖|达标|参保|合格|优良|入学|巩固|就业|入园|毛入学|绿化|满意|处理|处置|利用|集中供热|供水|贡献|转化|自给|保障|化解|办结|参与|阅读|持证|建成|知晓|脱贫|签约|治理|完好|机械化|城镇化|保证|达到|成活|上云|上网"
    r"|保存|优质)率|优良天数|保有量|增加值|生产总值|可支配收入|预期寿命|受教育年限|覆盖面积?|生产能力|床位|医师|护士|森林|绿地|专利|研发|高新技术企业|就业人数|新增就业"
)


class IndicatorValue(NamedTuple):
    """What a printed value says: one of ``>=`` ``<=`` ``>`` ``<`` ``=`` or ``None``, and the number in the unit."""

    operator: str | None
    number: Decimal | None
    unit: str | None
    """The unit that the value itself prints."""


NOTHING: Final = IndicatorValue(None, None, None)


def read_value(printed: str, unit: str | None) -> IndicatorValue:
    """Read a cell of values of an indicator that is counted in ``unit``.

    A number in another unit, a range, a round figure (约, 左右) or a text has no number. ``[25]`` is the plans' way to
    print a value accumulated over the years.
    """
    if len(printed) > _LONGEST or _TWO_FIGURES.search(printed.strip()) or _ROUND.search(printed):
        return NOTHING
    text = "".join(printed.split())
    if cumulative := _CUMULATIVE.fullmatch(text):
        text = cumulative[1] + cumulative[2]
    negative = _NEGATIVE.match(text)
    value = parse_value(text[1:] if negative else text)
    if value.number is None:
        return NOTHING
    number, own = _in_unit(value.number, _narrow(value.unit), _narrow(unit))
    if number is None:
        return NOTHING
    return IndicatorValue(value.operator, -number if negative else number, own)


def _in_unit(number: Decimal, own: str | None, unit: str | None) -> tuple[Decimal | None, str | None]:
    """The number in the indicator's unit, and the unit that the value prints; no number where the two disagree."""
    if own is None or own == unit:
        return number, own
    if own[0] in _MAGNITUDES and own[1:] in ("", unit) and not (unit or "").startswith(tuple(_MAGNITUDES)):
        return (number * _MAGNITUDES[own[0]]).normalize() + 0, unit
    return (number, own) if unit is None and is_unit(own) else (None, None)


def _narrow(unit: str | None) -> str | None:
    return "".join(unit.split()).replace("％", "%").replace("／", "/") if unit else None


def direction(name: str, base: Decimal | None, target: IndicatorValue, printed: str) -> Direction | None:
    """Which way is better: the target's operator says it, else its words, the name, or target against base."""
    if target.operator in (">=", ">"):
        return "up"
    if target.operator in ("<=", "<"):
        return "down"
    return _by_words(name, target.number, "".join(printed.split())) or _by_numbers(base, target.number)


def _by_words(name: str, target: Decimal | None, printed: str) -> Direction | None:
    if _FALLS.match(printed):
        return "down"
    if _RISES.match(printed):
        return "up"
    if _REDUCTION.search(name):
        # A reduction is better when larger, unless it is printed as a negative change.
        return "down" if target is not None and target < 0 else "up"
    if _BAD.search(name) and not _NOT_SO_BAD.search(name):
        return "down"
    return "up" if _GOOD.search(name) else None


def _by_numbers(base: Decimal | None, target: Decimal | None) -> Direction | None:
    if base is None or target is None or base == target:
        return None
    return "up" if target > base else "down"
