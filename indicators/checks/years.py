"""Rules against the form of the year before: money and targets that jump, targets that nobody touched."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from indicators.checks.classes_units import MONEY, SHARE, measures
from indicators.checks.findings import Finding
from indicators.checks.forms import Form, Target
from indicators.checks.rules import EVALUATION, INTEGRATION, TARGETS, Given, Rule, Threshold, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.stems import plain_name
from indicators.values import number_text
from perfgoals.money import format_amount

_TENTH: Final = Decimal("0.1")


def _times(more: Decimal, less: Decimal) -> str:
    return number_text((more / less).quantize(_TENTH)) or ""


@rule(
    id="years.money-jumps",
    title="年度资金比上年大增大减",
    family=Family.FIT,
    severity=Severity.HINT,
    source=INTEGRATION,
    explanation=(
        "同一项目的年度资金比上年成倍增减，应说明原因，并看指标是否随之调整。倍数和最小差额可由管理员设定；任一年为零或空白的不作判断。"
    ),
    bad="上年 50 万元，本年 400 万元",
    good="上年 50 万元，本年 60 万元",
    thresholds=(
        Threshold("factor", "增减倍数", Decimal(2), Decimal("1.1"), Decimal(1000)),
        Threshold("least", "最小差额（元）", Decimal(100_000)),
    ),
)
def money_jumps(form: Form, given: Given) -> Iterator[Finding]:
    """The year's money is not a multiple or a fraction of last year's."""
    last = given.surroundings.last_year
    if last is None or not form.amount or not last.amount or form.amount < 0 or last.amount < 0:
        return
    more, less = max(form.amount, last.amount), min(form.amount, last.amount)
    if more >= less * given["factor"] and more - less >= given["least"]:
        grown = form.amount > last.amount
        how = f"是上年的 {_times(more, less)} 倍" if grown else f"只有上年的 {_share(less, more)}%"
        yield Finding(
            f"年度资金总额 {format_amount(form.amount)} 元，{how}（{last.year}年 {format_amount(last.amount)} 元），"
            "请说明增减原因，并核对指标是否相应调整。",
            ("funding.annual.total",),
        )  # fmt: skip


def _share(less: Decimal, more: Decimal) -> str:
    return number_text((less * 100 / more).quantize(_TENTH)) or ""


@rule(
    id="years.target-jumps",
    title="指标值比上年大增大减",
    family=Family.FIT,
    severity=Severity.HINT,
    source=TARGETS,
    explanation=(
        "同名、同类、同单位的年度指标值比上年成倍增减，或比率比上年变动很大，应核对是否填错或说明原因。倍数和百分点可由管理员设定；成本随资金变动，不作判断。"
    ),
    bad="培训人数 上年 ≥200人，本年 ≥2000人",
    good="培训人数 上年 ≥200人，本年 ≥220人",
    thresholds=(
        Threshold("factor", "增减倍数", Decimal(3), Decimal("1.1"), Decimal(1000)),
        Threshold("points", "比率变动（百分点）", Decimal(20), Decimal(1), Decimal(100)),
    ),
)
def target_jumps(form: Form, given: Given) -> Iterator[Finding]:
    """Targets are near last year's."""
    last = given.surroundings.last_year
    if last is None:
        return
    before = last.named["annual"]
    for name, target in form.named["annual"].items():
        old = before.get(name)
        if old is not None and old.category == target.category and _jumps(old, target, given):
            yield Finding(
                f"“{target.name.strip()}”年度指标值“{target.value.strip()}”，{last.year}年为“{old.value.strip()}”，变动很大，请核对或说明原因。",
                (target.at("value"),),
            )


def _jumps(old: Target, new: Target, given: Given) -> bool:
    if not old.amount or not new.amount or old.unit != new.unit:
        return False
    if measures(new) == MONEY and "cost" in new.category:
        return False
    if measures(new) == SHARE:
        return abs(old.amount - new.amount) >= given["points"]
    return max(old.amount, new.amount) >= min(old.amount, new.amount) * given["factor"]


_FEWEST: Final = 3
"""Indicators; fewer may well stay the same."""


@rule(
    id="years.targets-unchanged",
    title="全部指标与上年逐字相同",
    family=Family.FEASIBLE,
    severity=Severity.HINT,
    source=EVALUATION,
    explanation="年度指标的名称和指标值与上年逐字相同，可能是沿用上年文本，未按本年任务和上年评价结果调整。指标不足 3 个的不作判断。",
    bad="9 个年度指标与上年全部相同，而资金增加一半",
    good="指标值按本年任务调整",
)
def targets_unchanged(form: Form, given: Given) -> Iterator[Finding]:
    """Targets follow the year's work."""
    last = given.surroundings.last_year
    if last is None:
        return
    now, before = _said(form), _said(last)
    if len(now) >= _FEWEST and now == before:
        money = ""
        if form.amount and last.amount and form.amount != last.amount:
            money = f"，而年度资金由 {format_amount(last.amount)} 元变为 {format_amount(form.amount)} 元"
        yield Finding(
            f"{len(now)} 个年度指标与{last.year}年逐字相同{money}，请按本年任务和上年完成情况调整。",
            tuple(target.at("value") for target in form.of_scope("annual")),
        )


def _said(form: Form) -> list[tuple[str, str, str]]:
    return sorted(
        (target.category, plain_name(target.name), plain_name(target.value)) for target in form.of_scope("annual")
    )


RULES: Final[tuple[Rule, ...]] = (money_jumps, target_jumps, targets_unchanged)
