"""Rules between the two scopes of a form: the whole period and the year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from indicators.checks.classes_units import COUNT, MONEY, SPACE, kind_of
from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, Form, Target
from indicators.checks.meanings import in_yuan
from indicators.checks.rules import TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.stems import plain, plain_name

_SEVERAL_YEARS = re.compile(r"延续性|长期|阶段|跨年")


def runs_for_years(form: Form) -> bool:
    """Whether a project runs over several years, as duration or else attribute says."""
    if form.years is not None:
        return form.years > 1
    return _SEVERAL_YEARS.search(form.text("attribute")) is not None


@rule(
    id="scopes.same-goals",
    title="多年项目的实施期目标与年度目标相同",
    family=Family.FEASIBLE,
    severity=Severity.HINT,
    source=TARGETS,
    explanation=(
        "项目期在一年以上的，实施期目标说全部要做成什么，年度目标说今年做到哪一步；逐字相同的，年终无法判断本年是否完成。空格和句末标点不计。"
    ),
    bad="项目期3年，实施期目标、年度目标都是“建成实训基地”",
    good="实施期目标：建成实训基地；年度目标：完成主体结构和设备采购",
)
def same_goals(form: Form, _given: Given) -> Iterator[Finding]:
    """Period and annual goals of a project of several years differ."""
    if not runs_for_years(form):
        return
    period, annual = form.text("goals.period"), form.text("goals.annual")
    if period and annual and (period == annual or plain(period) == plain(annual)):
        lasting = form.text("duration") or form.text("attribute")
        yield Finding(
            f"实施期目标与年度目标逐字相同，而项目期为{lasting}，年度目标请写明本年要做到哪一步。",
            ("goals.annual", "goals.period"),
        )


_NO_SUM = re.compile(
    r"率|比例|比重|占比|标准|单价|均|水平|强度|浓度|温度|每|时长|天数|工期|周期|频|指数|得分|分数|厚|宽|深|密度|在校|在岗|在职|在编|存栏|现有|保有|排名|间隔|半径|次品|事故|投诉"
)


@lru_cache(maxsize=8192)
def _is_cumulative(name: str, category: str, unit: str) -> bool:
    """Whether the year's figure is part of the period's: work done, people reached, money spent."""
    if _NO_SUM.search(name) or not category.startswith(("output.quantity", "output.cost", "cost.", "benefit.")):
        return False
    return kind_of(unit) in (COUNT, SPACE, MONEY)


@rule(
    id="scopes.annual-above-period",
    title="年度指标值大于实施期指标值",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "同名、同类、同单位的数量和金额，年度是实施期的一部分，不能更大。比率、标准、时限、平均数不比较；数量上限（≤）不比较，成本除外。"
    ),
    bad="新建泵站 实施期 ≥6座，年度 ≥8座",
    good="新建泵站 实施期 ≥8座，年度 ≥3座",
)
def annual_above_period(form: Form, _given: Given) -> Iterator[Finding]:
    """The year's amount is no larger than the period's."""
    for period, annual in _pairs(form):
        if _exceeds(annual, period):
            yield Finding(
                f"“{annual.name.strip()}”年度指标值“{annual.value.strip()}”大于实施期指标值“{period.value.strip()}”，请核对。",
                (annual.at("value"), period.at("value")),
            )


def _exceeds(annual: Target, period: Target) -> bool:
    """Whether the year wants more than the whole period."""
    if annual.amount is None or (annual.amount == period.amount and annual.unit == period.unit):
        return False
    if not _is_cumulative(annual.name, annual.category, annual.unit or ""):
        return False
    figures = _comparable(period, annual)
    capped = "<" in f"{annual.operator}{period.operator}"
    return figures is not None and figures[1] > figures[0] and (not capped or "cost" in annual.category)


def _pairs(form: Form) -> Iterator[tuple[Target, Target]]:
    """Indicators of one class and name, which each scope has once: period and annual half."""
    annual = form.named["annual"]
    for name, period in form.named["period"].items():
        if name in annual and annual[name].category == period.category:
            yield period, annual[name]


def _comparable(one: Target, other: Target) -> tuple[Decimal, Decimal] | None:
    """Both figures in one unit; ``None`` where units differ."""
    if one.amount is None or other.amount is None:
        return None
    if one.unit == other.unit:
        return one.amount, other.amount
    first, second = in_yuan(one.amount, one.unit), in_yuan(other.amount, other.unit)
    return None if first is None or second is None else (first, second)


@rule(
    id="scopes.values-differ-in-one-year",
    title="一年期项目两个期间的指标值不同",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="项目期只有一年时，实施期就是年度，同名指标的指标值应当相同。写法不同而意思相同的（100% 与 100.0%、1万元与10000元）、一半空白的、年度大于实施期的（另行提示）不作判断。",
    bad="项目期1年，维修校舍 实施期 12间，年度 10间",
    good="项目期1年，维修校舍 实施期、年度都是 12间",
)
def values_differ(form: Form, _given: Given) -> Iterator[Finding]:
    """In one year both scopes say the same."""
    if form.years != 1:
        return
    for period, annual in _pairs(form):
        filled = period.value.strip() and annual.value.strip()
        if filled and not _means_the_same(period, annual) and not _exceeds(annual, period):
            yield Finding(
                f"项目期为一年，“{annual.name.strip()}”实施期指标值“{_cut(period.value)}”与年度指标值“{_cut(annual.value)}”不同，请核对。",
                (annual.at("value"), period.at("value")),
            )


_NO_WORDS = re.compile(r"[≥≤><=＝≧≦\s、，。,.;；]+")


def _means_the_same(one: Target, other: Target) -> bool:
    if one.value == other.value or plain_name(one.value) == plain_name(other.value):
        return True
    figures = _comparable(one, other)
    if figures is not None:
        # No comparator and = or ≥ are loose ways to say the same target.
        return figures[0] == figures[1] and not _turned(one.operator, other.operator)
    texts = one.amount is None and other.amount is None
    return texts and _NO_WORDS.sub("", one.value) == _NO_WORDS.sub("", other.value)


def _turned(one: str | None, other: str | None) -> bool:
    return bool(one and other) and {(one or "")[0], (other or "")[0]} == {"<", ">"}


@rule(
    id="scopes.only-in-one-scope",
    title="指标只出现在一个期间",
    family=Family.COMPLETE,
    severity=Severity.HINT,
    source=TARGETS,
    explanation=(
        "年度指标由实施期指标分解而来：一年期项目的指标应两边都有，多年项目的年度指标也应在实施期有对应。多年项目的指标只在实施期出现是正常的；名称被截断、归类不同的另行提示。"
    ),
    bad="项目期1年，“安装路灯”只有实施期指标",
    good="“安装路灯”实施期、年度都有指标",
)
def only_in_one_scope(form: Form, _given: Given) -> Iterator[Finding]:
    """Indicators of one scope have their like in the other."""
    if not form.of_scope("period") or not form.of_scope("annual"):
        return
    names = {scope: {plain_name(target.name): None for target in form.of_scope(scope)} for scope in SCOPE_NAMES}
    for scope, other in (("period", "annual"), ("annual", "period")):
        if scope == "period" and form.years != 1:
            continue
        known = names[other]
        lone = [
            target
            for target in form.of_scope(scope)
            if (name := plain_name(target.name)) and name not in known and not _is_cut(name, known)
        ]
        if lone:
            named = "、".join(f"“{target.name.strip()}”" for target in lone[:3]) + ("等" if len(lone) > 3 else "")
            yield Finding(
                f"{named}只有{SCOPE_NAMES[scope]}指标，{SCOPE_NAMES[other]}没有同名指标，请核对是否漏填或名称不一致。",
                tuple(target.at("name") for target in lone),
            )


def _is_cut(name: str, others: Iterable[str]) -> bool:
    """Whether it is the beginning of another, or another the beginning of it; no name has white space by now."""
    if len(name) >= 4 and f"\n{name}" in "\n" + "\n".join(others):
        return True
    return name.startswith(tuple(one for one in others if len(one) >= 4))


def _cut(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 30 else f"{text[:28]}……"


RULES: Final[tuple[Rule, ...]] = (same_goals, annual_above_period, values_differ, only_in_one_scope)
