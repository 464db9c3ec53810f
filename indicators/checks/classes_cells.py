"""Rules on cells that slipped or were cut when the form was typed or extracted: the two halves tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from indicators.categories import DEFINITIONS
from indicators.checks.findings import Correction, Finding
from indicators.checks.forms import SCOPE_NAMES, Form, Target
from indicators.checks.rules import INTEGRATION, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.stems import plain_name

_SHORTEST: Final = 4
"""Characters that a name must share with the longer one."""


@rule(
    id="classes.halves-differ",
    title="同一指标在实施期和年度分属不同类别",
    family=Family.DATA,
    severity=Severity.SHOULD,
    source=INTEGRATION,
    explanation="同名指标在实施期和年度应属同一类别；不同的，多半是有一半串了行。名称在一个期间出现多次的不作判断。",
    bad="“验收合格率”实施期列在数量指标，年度列在质量指标",
    good="“验收合格率”实施期、年度都列在质量指标",
)
def halves_differ(form: Form, _given: Given) -> Iterator[Finding]:
    """An indicator of both scopes has one class."""
    for name, period in form.named["period"].items():
        year = form.named["annual"].get(name)
        if year is not None and year.category != period.category and _cost(year) != _cost(period):
            yield Finding(
                f"指标“{period.name.strip()}”实施期列在{_class(period)}，年度列在{_class(year)}，请核对是否串行。",
                (period.at("category"), year.at("category")),
            )


def _cost(target: Target) -> str:
    # Cost below 产出 and cost as a class of its own are one thing in two trees.
    return "cost" if target.category in ("output.cost", "cost.economic", "cost.other") else target.category


def _class(target: Target) -> str:
    label = target.label.strip()
    return f"“{label}”" if label else DEFINITIONS[target.category].name if target.category in DEFINITIONS else "其他"


@rule(
    id="classes.name-cut",
    title="指标名称被截断",
    family=Family.DATA,
    severity=Severity.SHOULD,
    source=INTEGRATION,
    explanation=(
        "同一类别、同一指标值，一半的名称恰是另一半名称的开头，多半是单元格内容没有填全或被截断。多出的部分是括号说明的，不作判断。"
    ),
    bad="实施期“入驻企业对服务的满意度” ≥90%，年度“入驻企业对服务的满” ≥90%",
    good="两半都是“入驻企业对服务的满意度” ≥90%",
)
def name_cut(form: Form, _given: Given) -> Iterator[Finding]:
    """A name of one half is not the beginning of the other's."""
    period, annual = form.named["period"], form.named["annual"]
    for scope, short, long in (("annual", annual, period), ("period", period, annual)):
        lone = {name: target for name, target in long.items() if name not in short}
        cut = tuple(name for name in short if name not in long and len(name) >= _SHORTEST)
        if not any(full.startswith(cut) for full in lone):
            continue
        for name in cut:
            target = short[name]
            whole = [
                other
                for full, other in lone.items()
                if full.startswith(name) and _is_same(target, other, full[len(name) :])
            ]
            if len(whole) == 1:
                yield Finding(
                    f"{SCOPE_NAMES[scope]}指标“{target.name.strip()}”是“{whole[0].name.strip()}”的前一半，似被截断，请补全名称。",
                    (target.at("name"), whole[0].at("name")),
                    (Correction(target.at("name"), whole[0].name.strip()),),
                )


def _is_same(short: Target, long: Target, rest: str) -> bool:
    return (
        not rest.startswith(("(", "-", "—", ":", "、"))
        and short.category == long.category
        and bool(plain_name(short.value))
        and plain_name(short.value) == plain_name(long.value)
    )


RULES: Final[tuple[Rule, ...]] = (halves_differ, name_cut)
