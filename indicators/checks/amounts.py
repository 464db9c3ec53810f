"""Rules on amounts in the texts against the funding table, the targets and one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from indicators.checks import amounts_counts, amounts_parts
from indicators.checks.amounts_called import Called, called_in, text_of
from indicators.checks.figures import Sum, sums_of
from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, TEXTS, Form
from indicators.checks.money_costs import Cost, all_costs_of
from indicators.checks.rules import TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from perfgoals.money import format_amount

_SEVERAL = re.compile(r"等.{0,6}(?:项目|工程|费用|资金)?$|等[^级]?个|各.{0,4}项目")
_MYRIAD = Decimal(10_000)
_SOURCE_NAMES: Final = {
    "central": "中央财政资金",
    "provincial": "省级财政资金",
    "local": "市县（区）财政资金",
    "self_raised": "单位自筹",
}


@rule(
    id="amounts.source-differs",
    title="文字所述资金来源与资金表不符",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="文字写明某级资金若干，而资金表中该来源在两个期间都不是这个数。所述是其他年度、累计、合同、已付款的，或不足资金表所列（可能只是其中一部分）的，不作判断。",
    bad="项目概况“区级资金2405万元”，市县（区）财政资金 13,380,000 元",
    good="项目概况“区级资金1338万元”，市县（区）财政资金 13,380,000 元",
)
def source_differs(form: Form, _given: Given) -> Iterator[Finding]:
    """Money of a source in the texts is that of the table."""
    if not form.funding:
        return
    called = called_in(form)
    for source, name in _SOURCE_NAMES.items() if called else ():
        said = [one for one in called if one.kind == source]
        cells = [form.funding[scope].get(source) for scope in form.funding]
        if not said or sum((one.sum.yuan for one in said), Decimal(0)) in cells:
            continue
        known = [cell for cell in (*cells, form.amount, form.period_amount) if cell is not None]
        for one in said:
            if (
                _is_slip(one, form) is None
                and known
                and one.sum.yuan - one.sum.slack > max(cell or 0 for cell in cells)
            ):
                if any(one.sum.is_about(cell) for cell in cells):
                    continue
                yield _differs(one, f"资金表中{name}为 {_listed(form, source)}")


def _differs(one: Called, against: str, severity: Severity | None = None, *fields: str) -> Finding:
    where = TEXTS.get(one.path) or f"{SCOPE_NAMES[one.path.removeprefix('goals.')]}目标"
    return Finding(
        f"{where}中“{one.words}”（{format_amount(one.sum.yuan)} 元）与{against}不符，请核对。",
        (one.path, *fields),
        severity=severity,
    )


def _listed(form: Form, source: str) -> str:
    cells = dict.fromkeys(form.funding[scope].get(source) for scope in form.funding)
    return "、".join(f"{format_amount(cell)} 元" if cell is not None else "空白" for cell in cells)


@rule(
    id="amounts.budget-differs",
    title="文字所述预算与资金总额不符",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="文字写明预算金额、申请资金、资金共计若干，与两个资金总额、各来源和成本指标都对不上。同一句说到其他年度、合同、累计、已付款的不作判断；"
    "不足总额的可能只是一部分，单独一笔时作为提示，有几笔时不作判断。",
    bad="项目概况“项目预算金额1800万元”，年度资金总额 15,000,000 元",
    good="项目概况“项目预算金额1500万元”，年度资金总额 15,000,000 元",
)
def budget_differs(form: Form, _given: Given) -> Iterator[Finding]:
    """A budget in the texts is that of the table."""
    said = [one for one in called_in(form) if one.kind == "budget"]
    if not said or form.amount is None or any(one.sum.yuan == form.amount for one in said):
        return
    if sum((one.sum.yuan for one in said), Decimal(0)) in {form.amount, form.period_amount}:
        return
    known = _known_money(form)
    for one in said:
        if any(one.sum.is_about(money) for money in known) or _is_slip(one, form) is not None:
            continue
        less = one.sum.yuan < form.amount
        if not less or (len(said) == 1 and len(_sums_in(form, one.path)) == 1):
            yield _differs(
                one,
                f"年度资金总额 {format_amount(form.amount)} 元",
                Severity.HINT if less else None,
                "funding.annual.total",
            )


@rule(
    id="amounts.investment-differs",
    title="文字所述总投资与实施期资金不符",
    family=Family.FIT,
    severity=Severity.HINT,
    source=TARGETS,
    explanation="文字写明总投资、总预算、概算投资若干，与实施期资金总额不同。可能有其他年度已安排的资金，故只作提示；总投资少于资金总额的为建议修改。"
    "同一段说到合同、进度款、已付款、分年、贷款、PPP、子项目的，写有几个总投资的，项目名称是“…等项目”的，不作判断。",
    bad="项目概况“项目总预算630万元”，实施期资金总额 5,300,000 元",
    good="项目概况“项目总预算530万元”，实施期资金总额 5,300,000 元",
)
def investment_differs(form: Form, _given: Given) -> Iterator[Finding]:
    """An investment in the texts is the money of the period."""
    money = form.period_amount
    said = [one for one in called_in(form) if one.kind == "whole"]
    if not form.is_form or not money or len({one.sum.yuan for one in said}) != 1 or _SEVERAL.search(form.text("name")):
        return
    one = said[0]
    if one.sum.is_about(money) or one.sum.is_about(form.amount) or _is_slip(one, form) is not None:
        return
    less = one.sum.yuan < money
    if less and not one.sum.is_exact:
        return
    yield _differs(
        one, f"实施期资金总额 {format_amount(money)} 元", Severity.SHOULD if less else None, "funding.period.total"
    )


@rule(
    id="amounts.unit-slip",
    title="金额单位疑写错一万倍",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="文字中的预算、总投资或某级资金与资金总额正好相差一万倍，多为元与万元写混。没有名目的金额（如补助标准）不作判断。",
    bad="项目概况“总投资5300000万元”，实施期资金总额 5,300,000 元",
    good="项目概况“总投资530万元”，实施期资金总额 5,300,000 元",
)
def unit_slip(form: Form, _given: Given) -> Iterator[Finding]:
    """Yuan and ten thousand yuan are kept apart."""
    for one in called_in(form):
        if (total := _is_slip(one, form)) is not None:
            yield _differs(one, f"资金总额 {format_amount(total)} 元正好相差一万倍，疑单位写错，")


def _is_slip(one: Called, form: Form) -> Decimal | None:
    totals = (form.amount, form.period_amount)
    return next((money for money in totals if money and one.sum.yuan in {money * _MYRIAD, money / _MYRIAD}), None)


@rule(
    id="amounts.texts-disagree",
    title="各处所述总投资互相矛盾",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="项目概况、支出内容、目标等各自只写一个总投资而数额不同；或与成本指标只差一个数字（漏写、多写、颠倒一位）。四舍五入的差别不计。",
    bad="项目概况“概算投资3857.4万元”，成本指标 ≤3857.74万元",
    good="项目概况“概算投资3857.74万元”，成本指标 ≤3857.74万元",
)
def texts_disagree(form: Form, _given: Given) -> Iterator[Finding]:
    """One figure for one thing."""
    said = [one for one in called_in(form) if one.kind in {"whole", "budget"}]
    yield from _between_texts([one for one in said if one.kind == "whole"])
    costs = all_costs_of(form) if said else []
    for one in said:
        same = [cost for cost in costs if one.sum.is_exact and _is_one_digit_off(one.sum, cost)]
        if same and not any(one.sum.is_about(cost.yuan) for cost in costs):
            figures = same[0].target
            yield Finding(
                f"“{one.words}”与成本指标“{figures.name.strip()}”的“{figures.value.strip()}”只差一个数字，疑有一处写错，请核对。",
                (one.path, *(cost.target.at("value") for cost in same)),
            )


def _between_texts(said: list[Called]) -> Iterator[Finding]:
    by_path: dict[str, list[Called]] = {}
    for one in said:
        by_path.setdefault(one.path, []).append(one)
    single = [ones[0] for ones in by_path.values() if len(ones) == 1 and ones[0].sum.is_exact]
    for one, other in pairwise(single):
        slack = one.sum.slack + other.sum.slack
        if abs(one.sum.yuan - other.sum.yuan) > slack:
            yield _differs(one, f"另一处“{other.words}”", None, other.path)


def _is_one_digit_off(one: Sum, cost: Cost) -> bool:
    """Whether two figures of four digits or more differ by one digit dropped or two exchanged, and not by rounding."""
    first, second = (re.sub(r"\D", "", figure).strip("0") for figure in (one.printed, cost.target.value))
    if min(len(first), len(second)) < 4 or one.is_about(cost.yuan) or abs(one.yuan - cost.yuan) <= cost.slack * 2:
        return False
    if max(one.yuan, cost.yuan) > 2 * min(one.yuan, cost.yuan):
        return False
    if len(first) == len(second):
        places = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
        return len(places) == 2 and places[1] - places[0] == 1 and sorted(first) == sorted(second)
    short, long = sorted((first, second), key=len)
    if long.startswith(short):
        return False
    return len(long) - len(short) == 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _known_money(form: Form) -> list[Decimal]:
    cells = [cell for cells in form.funding.values() for cell in cells.values()]
    costs = [cost.yuan for cost in all_costs_of(form)]
    return [money for money in (form.amount, form.period_amount, *cells, *costs) if money]


def _sums_in(form: Form, path: str) -> tuple[Sum, ...]:
    return sums_of(text_of(form, path))


RULES: Final[tuple[Rule, ...]] = (
    source_differs, budget_differs, investment_differs, unit_slip, texts_disagree,
    *amounts_parts.RULES, *amounts_counts.RULES,
)  # fmt: skip
