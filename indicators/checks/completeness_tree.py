"""Rules on completeness: which classes of indicators a form needs, and how many indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, SCOPES, Form
from indicators.checks.rules import GUIDE, OPINIONS, TARGETS, Given, Rule, Threshold, rule
from indicators.checks.severity import Family, Severity
from indicators.values import number_text

_OUTPUTS: Final = {"output.quantity": "数量指标", "output.quality": "质量指标", "output.timeliness": "时效指标"}
_COSTS: Final = ("output.cost", "cost")
_BENEFITS: Final = ("benefit.economic", "benefit.social", "benefit.ecological")
# Money that serves nobody directly: debts, interest, capital, and what an office spends on itself.
_SERVES_NOBODY = re.compile(
    r"还本|付息|本息|利息|贴息|债务|债券|还款|偿还|偿债|贷款|资本金|注资|股权|增资|预备费|准备金|税费|税款|欠款|清欠|往来款|退库|化债"
    r"|工资|薪酬|津贴补贴|人员经费|公用经费|办公|社保缴费|缴费|公积金|职业年金|绩效奖|机关运行|水电|物业|租金|房租|网络租赁|网络安全|专网|机房"
    r"|审计费|咨询费|诉讼|仲裁|保密|机要|档案|车辆|公务|差旅|会议费|党建|工会经费|前期|可研|规划编制|设计费|监理费|评审费"
)


@rule(
    id="completeness.no-indicators",
    title="没有绩效指标",
    family=Family.COMPLETE,
    severity=Severity.MUST,
    source=OPINIONS,
    explanation="没有指标，预算执行后无从衡量。年度必须设置指标；项目期在一年以上、填有实施期目标的，实施期也应设置。",
    bad="绩效指标表空白",
    good="产出、成本、效益、满意度各设指标",
)
def no_indicators(form: Form, _given: Given) -> Iterator[Finding]:
    """Each scope has indicators."""
    if not form.is_form:
        return
    if not form.targets:
        yield Finding("没有设置任何绩效指标，请按产出、成本、效益、满意度分别设置。", ("goals.annual",))
    elif not form.of_scope("annual"):
        yield Finding("年度没有设置任何绩效指标，请将实施期指标分解到本年度。", ("goals.annual",))
    elif not form.of_scope("period") and form.text("goals.period") and (form.years or 1) > 1:
        yield Finding(f"项目期{form.text('duration')}，实施期却没有设置绩效指标，请补设。", ("goals.period",))


def lacking(form: Form, *codes: str) -> list[str]:
    """The scopes that have indicators, but none below the classes, nor any whose class is not known."""
    wanted = _with_unknown(codes)
    return [scope for scope in SCOPES if form.of_scope(scope) and not form.has_class(*wanted, scope=scope)]


@lru_cache(maxsize=64)
def _with_unknown(codes: tuple[str, ...]) -> tuple[str, ...]:
    return (*codes, *dict.fromkeys(f"{code.partition('.')[0]}.other" for code in codes))


def _told(scopes: list[str], what: str, mend: str) -> Iterator[Finding]:
    if scopes:
        where = "和".join(SCOPE_NAMES[scope] for scope in scopes)
        yield Finding(f"{where}没有设置{what}，{mend}。", tuple(f"goals.{scope}" for scope in reversed(scopes)))


@rule(
    id="completeness.output-class-missing",
    title="缺数量、质量、时效或成本指标",
    family=Family.COMPLETE,
    severity=Severity.SHOULD,
    source=f"{TARGETS}；{GUIDE}",
    explanation=(
        "产出应从数量、质量、时效三方面说明，并有成本指标（可在产出指标之下，也可单列一级）。完全没有产出指标的必须修改。有类别不明的指标时不作判断。"
    ),
    bad="只有数量指标和时效指标",
    good="数量、质量、时效、成本各有指标",
)
def output_classes(form: Form, _given: Given) -> Iterator[Finding]:
    """Quantity, quality, time and cost each have an indicator."""
    if not form.is_form:
        return
    none_at_all = lacking(form, *_OUTPUTS, "output.cost")
    for finding in _told(none_at_all, "产出指标", "请补设数量、质量、时效指标"):
        yield finding._replace(severity=Severity.MUST)
    for code, name in _OUTPUTS.items():
        yield from _told([scope for scope in lacking(form, code) if scope not in none_at_all], name, "请补设")
    costless = [scope for scope in lacking(form, *_COSTS) if scope not in none_at_all]
    yield from _told(costless, "成本指标", "请按预算补设成本控制目标")


@rule(
    id="completeness.benefit-missing",
    title="缺效益指标",
    family=Family.COMPLETE,
    severity=Severity.MUST,
    source=OPINIONS,
    explanation=(
        "项目花钱要见效，经济效益、社会效益、生态效益至少设一项；三项都没有、只有可持续影响的建议修改，连可持续影响也没有的必须修改。"
    ),
    bad="经济效益、社会效益、生态效益都空白",
    good="社会效益：受益村民 ≥800人",
)
def benefits(form: Form, _given: Given) -> Iterator[Finding]:
    """There is a benefit, and an economic, social or ecological one."""
    if not form.is_form:
        return
    none_at_all = lacking(form, "benefit", "benefit.other")
    yield from _told(none_at_all, "效益指标", "请在经济、社会、生态效益中至少补设一项")
    rest = [scope for scope in lacking(form, *_BENEFITS) if scope not in none_at_all]
    for finding in _told(rest, "经济效益、社会效益、生态效益指标", "只有可持续影响，请至少补设一项"):
        yield finding._replace(severity=Severity.SHOULD)


@rule(
    id="completeness.satisfaction-missing",
    title="缺满意度指标",
    family=Family.COMPLETE,
    severity=Severity.SHOULD,
    source=OPINIONS,
    explanation=(
        "有服务对象的项目应设满意度指标。偿还债务、支付利息、注入资本、机关自身开支等没有直接服务对象的项目不作判断。"
    ),
    bad="农村道路养护项目，没有满意度指标",
    good="沿线村民满意度 ≥90%",
)
def satisfaction(form: Form, _given: Given) -> Iterator[Finding]:
    """Where people are served, their satisfaction is a target."""
    without = lacking(form, "satisfaction") if form.is_form else []
    if without and not _SERVES_NOBODY.search(form.text("name")):
        yield from _told(without, "满意度指标", "请补设服务对象满意度")


@rule(
    id="completeness.number-of-indicators",
    title="指标过少或过多",
    family=Family.COMPLETE,
    severity=Severity.SHOULD,
    source=GUIDE,
    explanation=(
        "指标要少而精、突出核心：太少说明不了产出和效果，太多难以监控和评价。实施期、年度分别计数，上下限可由管理员设定；过多的只作提示。"
    ),
    bad="全表只有 2 个指标",
    good="8 个指标，产出、成本、效益、满意度齐全",
    thresholds=(
        Threshold("lowest", "最少指标数（个）", Decimal(3), Decimal(1), Decimal(50)),
        Threshold("highest", "最多指标数（个）", Decimal(25), Decimal(5), Decimal(500)),
    ),
)
def number_of_indicators(form: Form, given: Given) -> Iterator[Finding]:
    """Neither too few indicators nor too many."""
    if not form.is_form:
        return
    counts = {scope: len(form.of_scope(scope)) for scope in SCOPES}
    few = {scope: count for scope, count in counts.items() if 0 < count < given["lowest"]}
    many = {scope: count for scope, count in counts.items() if count > given["highest"]}
    if few:
        yield Finding(
            f"{_counted(few)}，少于 {number_text(given['lowest'])} 个，请补充反映核心产出和效果的指标。", _goals(few)
        )
    if many:
        yield Finding(
            f"{_counted(many)}，多于 {number_text(given['highest'])} 个，请保留核心指标，合并或删去次要指标。",
            _goals(many), severity=Severity.HINT,
        )  # fmt: skip


def _counted(counts: dict[str, int]) -> str:
    return "、".join(f"{SCOPE_NAMES[scope]}有 {count} 个指标" for scope, count in counts.items())


def _goals(scopes: dict[str, int]) -> tuple[str, ...]:
    return tuple(f"goals.{scope}" for scope in scopes)


RULES: Final[tuple[Rule, ...]] = (
    no_indicators, output_classes, benefits, satisfaction, number_of_indicators,
)  # fmt: skip
