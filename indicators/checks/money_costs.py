"""Rules on cost targets (成本指标) against the money of their scope, and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, SCOPES, Form, Target, once_a_form
from indicators.checks.halves import at, called, judged, printed
from indicators.checks.meanings import MONEY, in_yuan
from indicators.checks.rules import TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from perfgoals.money import format_amount

COST_CLASSES: Final = ("output.cost", "cost.economic", "cost.other")
_MYRIAD = Decimal(10_000)
_PER_UNIT = re.compile(
    r"单价|单位|每|平均|均价|标准|单方|单项|/|／|均成本|[人户亩日月年村校班生床车站镇](?:均(?![衡匀等分]))"
    r"|单[盏座台套个件次户人亩村站栋间辆条处口眼组块]"
)
_NO_COST = re.compile(
    r"节约|节省|降低|下降|减少|收益|收入|产值|带动|撬动|拉动|社会资本|社会投资|损失|税|审减|核减|上年|上一年|去年|以前年度|往年|注册资本|限额以[上下]|罚|偏差|误差|违约|误工"
)
_OF_THE_WHOLE = re.compile(r"总投资|总成本|总造价|总额|总概算|概算|项目总|投资总|总费用|总预算|合同")
_PART = re.compile(r"^[（(]?其中")
_A_SOURCE = re.compile(r"财政|中央|省级|市级|区级|县级|镇级|自筹|配套|上级|资金来源|债券|贷款")
_UNIT_IN_NAME = re.compile(r"[（(](?:单位[:：]?)?(元|千元|万元|百万元|亿元|万)[)）]\s*$")


class Cost(NamedTuple):
    """A cost target that can be compared with money."""

    target: Target
    yuan: Decimal
    slack: Decimal
    """Half of the last printed place, in yuan: what rounding can make of it."""

    def is_about(self, money: Decimal | None) -> bool:
        """Whether it is this money, but for rounding."""
        return money is not None and abs(self.yuan - money) <= self.slack_beside(money)

    def slack_beside(self, money: Decimal) -> Decimal:
        """Its slack beside a sum of money; none where that could be printed exactly with the same places."""
        return Decimal(0) if self.slack and not money % (self.slack * 2) else self.slack


def costs_of(form: Form, scope: str) -> list[Cost]:
    """The cost targets of a scope that are sums of money; none that say what one piece or one person costs."""
    return [cost for cost in all_costs_of(form) if cost.target.scope == scope]


@once_a_form
def all_costs_of(form: Form) -> list[Cost]:
    """Those of both scopes."""
    return [cost for target in form.of_class(*COST_CLASSES) if (cost := cost_of(target))]


def cost_of(target: Target) -> Cost | None:
    """The money of a cost target, or ``None`` where it is no sum that can be compared with the budget."""
    if not target.amount or target.operator in {">=", ">"}:
        return None
    sum_and_slack = _sum_of(target.name, target.amount, target.unit)
    return None if sum_and_slack is None else Cost(target, *sum_and_slack)


@lru_cache(maxsize=8192)
def _sum_of(name: str, amount: Decimal, unit: str | None) -> tuple[Decimal, Decimal] | None:
    if is_no_sum(name):
        return None
    if unit is None and (printed := _UNIT_IN_NAME.search(name)):
        unit = printed[1]
    yuan = in_yuan(amount, unit)
    if yuan is None:
        return None
    places = -int(amount.as_tuple().exponent)
    step = MONEY[(unit or "").strip("（）() ")] * Decimal(10) ** -max(places, 0)
    return yuan, step / 2 if step > Decimal("0.01") and unit not in {"元", "千元"} else Decimal(0)


def is_no_sum(name: str) -> bool:
    """Whether the name is of a price, a standard, a saving or other people's money."""
    return bool(_PER_UNIT.search(name)) or bool(_NO_COST.search(name))


def limit_of(form: Form, scope: str) -> Decimal | None:
    """The money that costs of a scope may reach; ``None`` where there is none to compare with."""
    total = form.total(scope)
    if scope == "period" and total is not None and form.amount is not None:
        total = max(total, form.amount)
    return total or None


@rule(
    id="money.cost-above-budget",
    title="成本指标超过资金总额",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="成本指标是对本期间资金的控制，不应超过同一期间的资金总额。单价、人均、补助标准、节约额等不是成本总数的不比；"
    "年度一栏写多年总投资且不超过实施期资金的不比；末位四舍五入的差额不计。实施期资金少于年度资金的，按年度资金比。",
    bad="年度资金总额 9,000,000 元，成本指标 运营补贴 ≤1598.31万元",
    good="年度资金总额 9,000,000 元，成本指标 运营补贴 ≤900万元",
)
def cost_above_budget(form: Form, _given: Given) -> Iterator[Finding]:
    """A cost is within the money of its scope."""
    limits = {scope: limit_of(form, scope) for scope in SCOPES}
    for halves, (yuan, limit) in judged(form.of_class(*COST_CLASSES), lambda target: _above(limits, target)):
        scopes = "和".join(SCOPE_NAMES[scope] for scope in SCOPES if form.total(scope) == limit)
        mend = "疑把元写成了万元，请核对单位。" if yuan == limit * _MYRIAD else "请核对成本指标或资金总额。"
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}即 {format_amount(yuan)} 元，超过{scopes}资金总额 "
            f"{format_amount(limit)} 元，{mend}",
            (*at(halves, "value"), *dict.fromkeys(f"funding.{half.scope}.total" for half in halves)),
        )


def _above(limits: Mapping[str, Decimal | None], target: Target) -> tuple[Decimal, Decimal] | None:
    limit = limits[target.scope]
    cost = cost_of(target) if limit is not None else None
    if cost is None or limit is None or cost.yuan - cost.slack_beside(limit) <= limit:
        return None
    period = limits["period"]
    of_the_whole = target.scope == "annual" and period is not None and cost.yuan - cost.slack_beside(period) <= period
    return None if of_the_whole and _OF_THE_WHOLE.search(target.name) else (cost.yuan, limit)


@rule(
    id="money.costs-differ-from-budget",
    title="成本指标与资金总额不一致",
    family=Family.FIT,
    severity=Severity.HINT,
    source=TARGETS,
    explanation="成本指标应有一项等于本期间资金总额，或各项合计等于资金总额，否则资金与目标不匹配。合计超过资金总额、或正好相差一万倍的为建议修改；"
    "合计不足的只作提示，并有单价、比例等不能相加的成本指标时不作判断。单项已超过资金总额的另行指出。",
    bad="资金总额 5,000,000 元，成本指标只有 工程费 ≤300万元",
    good="资金总额 5,000,000 元，成本指标 工程费 ≤300万元、设备费 ≤200万元",
)
def costs_differ(form: Form, _given: Given) -> Iterator[Finding]:
    """One cost equals the money, or all add to it."""
    said = [(scope, _difference(form, scope)) for scope in SCOPES]
    for scope, difference in said:
        if difference is None or (scope == "annual" and _same_difference(said[0][1], difference)):
            continue
        both = scope == "period" and _same_difference(said[1][1], difference)
        costs = [*difference.costs, *(said[1][1].costs if both and said[1][1] else ())]
        scopes = ("period", "annual") if both else (scope,)
        yield Finding(
            f"{'和'.join(SCOPE_NAMES[one] for one in scopes)}成本指标{difference.words}",
            (*(cost.target.at("value") for cost in costs), *(f"funding.{one}.total" for one in scopes)),
            severity=difference.severity,
        )


class _Difference(NamedTuple):
    costs: list[Cost]
    words: str
    severity: Severity


def _same_difference(one: _Difference | None, other: _Difference | None) -> bool:
    return one is not None and other is not None and one.words == other.words


def _difference(form: Form, scope: str) -> _Difference | None:
    limit, costs = limit_of(form, scope), _of_this_scope(form, scope)
    if (
        limit is None
        or not costs
        or any(cost.is_about(limit) or cost.yuan - cost.slack_beside(limit) > limit for cost in costs)
    ):
        return None
    costs = _total_row(costs) or [cost for cost in costs if not _PART.search(cost.target.name.strip())] or costs
    total, slack = (
        sum((cost.yuan for cost in costs), Decimal(0)),
        sum((cost.slack_beside(limit) for cost in costs), Decimal(0)),
    )
    if abs(total - limit) <= slack:
        return None
    figures = f"{'合计' if len(costs) > 1 else ''} {format_amount(total)} 元，资金总额 {format_amount(limit)} 元，"
    if total * _MYRIAD == limit:
        return _Difference(costs, f"{figures}正好相差一万倍，疑把万元写成了元，请核对单位。", Severity.SHOULD)
    if total > limit:
        return _Difference(costs, f"{figures}超过 {format_amount(total - limit)} 元，请核对。", Severity.SHOULD)
    if len(costs) < len(_printed_costs(form, scope)):
        return None
    return _Difference(costs, f"{figures}相差 {format_amount(limit - total)} 元，请核对成本是否列全。", Severity.HINT)


def _of_this_scope(form: Form, scope: str) -> list[Cost]:
    """Costs of a scope but for those that repeat the other scope's money."""
    other = form.total("period" if scope == "annual" else "annual")
    limit = limit_of(form, scope)
    return [cost for cost in costs_of(form, scope) if cost.is_about(limit) or not cost.is_about(other)]


def _printed_costs(form: Form, scope: str) -> list[Target]:
    """Cost targets that are no percentages and no words: if some cannot be added, the sum says nothing."""
    targets = form.of_class(*COST_CLASSES, scope=scope)
    return [target for target in targets if any(sign.isdigit() for sign in target.value) and target.unit != "%"]


def _total_row(costs: list[Cost]) -> list[Cost]:
    """The row that all others add to, where there is one."""
    total = sum((cost.yuan for cost in costs), Decimal(0))
    return [cost for cost in costs if len(costs) > 2 and cost.yuan * 2 == total][:1]


@rule(
    id="money.parts-exceed-cost",
    title="成本的组成部分超过成本本身",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="“其中”各项之和不能超过它前面的成本；一项成本等于资金总额时，其余各项之和也不能超过它。按资金来源另列的和正好成倍（分两种口径列示）的不作判断。",
    bad="项目成本 ≤100万元，其中：设备费 ≤80万元，其中：安装费 ≤40万元",
    good="项目成本 ≤100万元，其中：设备费 ≤80万元，其中：安装费 ≤20万元",
)
def parts_exceed(form: Form, _given: Given) -> Iterator[Finding]:
    """The parts of a cost are no more than the cost."""
    for scope in SCOPES:
        costs = costs_of(form, scope)
        if len(costs) < 2:
            continue
        for whole, parts in (*_after_which(costs), *_beside_the_whole(costs, limit_of(form, scope))):
            total = sum((part.yuan for part in parts), Decimal(0))
            if (
                total > whole.yuan + sum(cost.slack_beside(whole.yuan) for cost in (whole, *parts))
                and total % whole.yuan
            ):
                yield Finding(
                    f"{whole.target.title}为 {format_amount(whole.yuan)} 元，其组成部分"
                    f"{'合计 ' if len(parts) > 1 else ' '}{format_amount(total)} 元，超过了它，请核对。",
                    tuple(cost.target.at("value") for cost in (whole, *parts)),
                )


def _after_which(costs: list[Cost]) -> Iterator[tuple[Cost, list[Cost]]]:
    """A cost and the rows after it that begin with 其中."""
    whole: Cost | None = None
    parts: list[Cost] = []
    for cost in (*costs, None):
        if cost is not None and _PART.search(cost.target.name.strip()):
            parts.append(cost)
            continue
        if whole is not None and parts:
            yield whole, parts
        whole, parts = cost, []


def _beside_the_whole(costs: list[Cost], limit: Decimal | None) -> Iterator[tuple[Cost, list[Cost]]]:
    """The cost that is all the money, and the others."""
    whole = next((cost for cost in costs if cost.is_about(limit)), None)
    others = [
        cost for cost in costs
        if cost is not whole and whole is not None and cost.yuan < whole.yuan
        and not _PART.search(cost.target.name.strip()) and not _A_SOURCE.search(cost.target.name)
    ]  # fmt: skip
    if whole is not None and len(others) > 1:
        yield whole, others


RULES: Final[tuple[Rule, ...]] = (cost_above_budget, costs_differ, parts_exceed)
