"""Rules on the direction of targets: comparators that ask for the contrary of what is wished, or for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from indicators.checks import meanings
from indicators.checks.findings import Correction, Finding
from indicators.checks.forms import Form, Target
from indicators.checks.halves import at, called, corrected, judged_alike, printed, row_judge
from indicators.checks.rules import TARGETS, Given, Rule, Threshold, rule
from indicators.checks.severity import Family, Severity
from indicators.values import number_text

_CAPS: Final = {"<=": "≤", "<": "<"}
_FLOORS: Final = {">=": "≥", ">": ">"}
_ALL = Decimal(100)
_FLOOR_WITH_SENSE = re.compile(r"增|利润|盈|结余|差|温|水位|收益|净|平衡|偏|海拔|顺")


class _Wrong(NamedTuple):
    """A value with what it should be, where that is certain."""

    meant: str | None
    because: str = ""
    severity: Severity | None = None


def _printed(target: Target, sign: str) -> str:
    return f"{sign}{number_text(target.amount)}{target.unit or ''}"


def _mended(halves: tuple[Target, ...], meant: str | None) -> tuple[Correction, ...]:
    return () if meant is None else corrected(halves, "value", meant)


def _is_percent(target: Target) -> bool:
    return target.unit in meanings.PERCENT


@rule(
    id="direction.good-thing-capped",
    title="期望越高越好的指标设了上限",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="满意度、合格率、覆盖率、及时率、完成率等越高越好，用“≤”“<”则做得越差越符合要求，应改为“≥”。"
    "名称含控制、成本、下降等字样，或方向不能由名称断定的，不作判断。",
    bad="群众满意度 ≤95%",
    good="群众满意度 ≥95%",
)
def good_thing_capped(form: Form, _given: Given) -> Iterator[Finding]:
    """What should be high has no cap."""
    for halves, wrong in judged_alike(form, _good_capped):
        mend = f"应为“{wrong.meant}”。" if wrong.meant else "请改用“≥”或核对名称。"
        yield Finding(
            f"{called(halves)}越高越好，指标值{printed(halves)}却是上限，做得越差越符合要求，{mend}",
            at(halves, "value"),
            _mended(halves, wrong.meant),
        )


@row_judge
def _good_capped(target: Target) -> _Wrong | None:
    if target.operator not in _CAPS or not meanings.is_good_share(target.name, target.category):
        return None
    if _is_always_true(target) or (target.unit and target.unit != "分" and not _is_percent(target)):
        return None
    certain = _is_percent(target) and target.amount is not None and 50 <= target.amount < _ALL
    return _Wrong(_printed(target, "≥") if certain else None)


@rule(
    id="direction.always-true",
    title="指标值恒成立，起不到约束作用",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="比率不会超过 100%，数量不会少于零，“≤100%”“≥0”总是成立，不能考核。可以超过 100% 的比率（增长率、执行率等越高越好者仍按方向判断）"
    "和可以为负的指标不作判断。",
    bad="工程质量合格率 ≤100%",
    good="工程质量合格率 =100%",
)
def always_true(form: Form, _given: Given) -> Iterator[Finding]:
    """A limit can be missed."""
    for halves, wrong in judged_alike(form, _always_true):
        mend = f"应为“{wrong.meant}”。" if wrong.meant else "请填写可考核的指标值。"
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}恒成立，{wrong.because}，{mend}",
            at(halves, "value"),
            _mended(halves, wrong.meant),
        )


@row_judge
def _always_true(target: Target) -> _Wrong | None:
    if _is_always_true(target):
        good = meanings.is_good_share(target.name, target.category)
        hundred = target.operator == "<=" and target.amount == _ALL
        certain = good and hundred and not meanings.is_satisfaction(target.name, target.category)
        return _Wrong("=100%" if certain else None, "比率本来就不会超过100%")
    from_zero = target.operator == ">=" and target.amount == 0
    if from_zero and target.name.strip() and not _FLOOR_WITH_SENSE.search(target.name):
        if meanings.is_bad_thing(target.name) or meanings.is_level_of_satisfaction(target.name, target.category):
            return None  # said by the rules on these
        return _Wrong(None, "本来就不会小于零")
    return None


def _is_always_true(target: Target) -> bool:
    if target.operator not in _CAPS or target.amount is None or target.amount < _ALL or not _is_percent(target):
        return False
    if target.operator == "<" and target.amount == _ALL:
        return False
    if not (meanings.is_share(target.name) or meanings.is_satisfaction(target.name, target.category)):
        return False
    if meanings.is_good_share(target.name, target.category):
        return not meanings.may_pass_all(target.name) or "完成率" in target.name
    return meanings.is_bad_thing(target.name) and not meanings.may_pass_all(target.name)


@rule(
    id="direction.zero-fulfils",
    title="不做也算完成的数量指标",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="建设、购置、培训、补助等要完成的数量用“≤”“<”设上限，一个不做也符合要求，应改为“≥”或“=”。"
    "消耗、编制、会议、用车、工期、排放等本应控制的数量不作判断；名称看不出是要完成的，只作提示。",
    bad="新建公厕 ≤12座",
    good="新建公厕 ≥12座",
)
def zero_fulfils(form: Form, _given: Given) -> Iterator[Finding]:
    """A count of what is to be done is no cap."""
    for halves, severity in judged_alike(form, _fulfilled_by_zero):
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}是上限，一个不做也符合要求，请改用“≥”或“=”。",
            at(halves, "value"),
            severity=severity,
        )


@row_judge
def _fulfilled_by_zero(target: Target) -> Severity | None:
    if target.operator not in _CAPS or not target.amount or not target.unit or target.category != "output.quantity":
        return None
    if _is_percent(target) or target.unit in meanings.MONEY or target.unit in meanings.TIME_UNITS:
        return None
    if meanings.is_rightly_capped(target.name) or meanings.is_share(target.name):
        return None
    return Severity.SHOULD if meanings.is_built_or_served(target.name) else Severity.HINT


@rule(
    id="direction.reduction-capped",
    title="期望的下降、节约设了上限",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="能耗下降率、节约资金等是希望多减少一些，用“≤”“<”则一点不减也符合要求，应改为“≥”。"
    "收入、产量、质量等的下降不是期望的，不作判断；成本指标下的数额不作判断。",
    bad="单位能耗下降率 ≤5%",
    good="单位能耗下降率 ≥5%",
)
def reduction_capped(form: Form, _given: Given) -> Iterator[Finding]:
    """A wished-for reduction has no cap."""
    for halves, wrong in judged_alike(form, _reduction_capped):
        yield Finding(
            f"{called(halves)}希望多减少或多节约，指标值{printed(halves)}却是上限，一点不减也符合要求，应为“{wrong.meant}”。",
            at(halves, "value"),
            _mended(halves, wrong.meant) if _is_plausible(halves[0]) else (),
        )


def _is_plausible(target: Target) -> bool:
    """Whether the number may stand once the sign is right: with a unit, and no share of more than the whole."""
    return bool(target.unit) and not (_is_percent(target) and target.amount is not None and target.amount > 100)


@row_judge
def _reduction_capped(target: Target) -> _Wrong | None:
    if target.operator not in _CAPS or not target.amount or not meanings.is_wished_reduction(target.name):
        return None
    in_costs = target.category in {"output.cost", "cost.economic", "cost.other"} and "节" not in target.name
    return None if in_costs and not _is_percent(target) else _Wrong(_printed(target, "≥"))


@rule(
    id="direction.bad-thing-floored",
    title="应当控制的事项设了下限",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="事故、投诉、差错、超支、死亡、响应和等待时间、成本等越少越好，用“≥”“>”则越多越符合要求，应改为“≤”或“=0”。"
    "名称是处理、防范、下降、赔付等的，以及补助标准、带动投资等希望多的，不作判断；名称不是以这些事项结尾的，只作提示。",
    bad="安全事故发生次数 ≥1次",
    good="安全事故发生次数 ≤1次",
)
def bad_thing_floored(form: Form, _given: Given) -> Iterator[Finding]:
    """What should be low has no floor."""
    for halves, wrong in judged_alike(form, _bad_floored):
        mend = f"应为“{wrong.meant}”。" if wrong.meant else "请改用“≤”或核对名称。"
        yield Finding(
            f"{called(halves)}越少越好，指标值{printed(halves)}却是下限，越多越符合要求，{mend}",
            at(halves, "value"),
            _mended(halves, wrong.meant),
            wrong.severity,
        )


@row_judge
def _bad_floored(target: Target) -> _Wrong | None:
    if target.operator not in _FLOORS or target.amount is None:
        return None
    if meanings.is_bad_thing(target.name):
        if not meanings.counts_bad_things(target.name):
            return _Wrong(None, severity=Severity.HINT)
        if target.amount == 0:
            return _Wrong(_printed(target, "="))
        low = target.amount <= 20
        return _Wrong(_printed(target, "≤") if low and target.unit else None)
    if target.unit in meanings.TIME_UNITS and target.amount and _WAIT.search(target.name):
        return _Wrong(_printed(target, "≤"))
    in_costs = target.category in {"output.cost", "cost.economic", "cost.other"}
    if in_costs and target.unit in meanings.MONEY and target.amount and meanings.is_cost(target.name):
        return _Wrong(_printed(target, "≤"))
    return None


_WAIT = re.compile(
    r"^(?!.*(?:压缩|缩短|减少|提前|节约|降低|保障|无故障)).*"
    r"(?:响应|反应|等待|等候|候诊|排队|修复|抢修|处置|办结|办理|审批|受理|到场|到达现场|出警|停水|停电|停气|中断)(?:平均)?(?:时间|时长|时限)$"
)
"""Times that people wait for something."""


_SATISFACTION = Threshold("satisfaction", "满意度下限（%）", Decimal(80), Decimal(0), Decimal(100))


@rule(
    id="direction.satisfaction-low",
    title="满意度目标过低",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source="各地绩效目标审核的通行口径；下限由管理员设定",
    explanation="满意度目标低于规定的下限，没有要求可言。满意度的提升幅度、用“≤”表示的（按方向另行指出）不作判断。",
    bad="群众满意度 ≥60%",
    good="群众满意度 ≥90%",
    thresholds=(_SATISFACTION,),
)
def satisfaction_low(form: Form, given: Given) -> Iterator[Finding]:
    """Satisfaction is at least what is held to be the least."""
    least = given["satisfaction"]
    for halves, amount in judged_alike(form, _level_of_satisfaction):
        if amount < least:
            yield Finding(
                f"{called(halves)}的指标值{printed(halves)}低于满意度下限 {number_text(least)}%，请核对或提高。",
                at(halves, "value"),
            )


@row_judge
def _level_of_satisfaction(target: Target) -> Decimal | None:
    if target.operator in _CAPS or not (_is_percent(target) or target.unit == "分"):
        return None
    if target.amount is None or (target.unit == "分" and target.amount <= 10):  # of five or ten
        return None
    return target.amount if meanings.is_level_of_satisfaction(target.name, target.category) else None


@rule(
    id="direction.share-over-hundred",
    title="比率超过100%",
    family=Family.FIT,
    severity=Severity.MUST,
    source=TARGETS,
    explanation="满意度、合格率、覆盖率、及时率等是部分占全部的比率，不可能超过 100%。增长率、执行率、完成率等可以超过的不作判断。",
    bad="群众满意度 ≥950%",
    good="群众满意度 ≥95%",
)
def share_over_hundred(form: Form, _given: Given) -> Iterator[Finding]:
    """A part is no more than all."""
    for halves, _ in judged_alike(form, _over_hundred):
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}无法达到，这一比率不可能超过100%，请核对数字。",
            at(halves, "value"),
        )


@row_judge
def _over_hundred(target: Target) -> bool | None:
    if not _is_percent(target) or target.amount is None or target.operator in _CAPS:
        return None
    above = target.amount > _ALL or (target.amount == _ALL and target.operator == ">")
    good = above and meanings.is_good_share(target.name, target.category)
    return True if good and not meanings.may_pass_all(target.name) and not _GROWS.search(target.name) else None


_GROWS = re.compile(r"增|提升|提高|上升|供应|保障率")

RULES: Final[tuple[Rule, ...]] = (
    good_thing_capped, always_true, zero_fulfils, reduction_capped, bad_thing_floored, satisfaction_low,
    share_over_hundred,
)  # fmt: skip
