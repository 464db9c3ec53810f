"""Rules on money: totals against each other, sources against totals; costs against totals are in `money_costs`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from indicators.checks import money_costs
from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, SCOPES, Form
from indicators.checks.rules import TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from perfgoals.money import format_amount


@rule(
    id="money.period-below-annual",
    title="实施期资金少于年度资金",
    family=Family.FIT,
    severity=Severity.MUST,
    source=TARGETS,
    explanation="实施期资金总额是各年资金之和，不能少于其中一年的年度资金总额。任一总额空白时不作判断。",
    bad="实施期资金总额 0 元，年度资金总额 9,000,000 元",
    good="实施期资金总额 9,000,000 元，年度资金总额 9,000,000 元",
)
def period_below_annual(form: Form, _given: Given) -> Iterator[Finding]:
    """The period's total is at least the year's."""
    if form.period_amount is not None and form.amount is not None and form.period_amount < form.amount:
        yield Finding(
            f"实施期资金总额 {format_amount(form.period_amount)} 元少于年度资金总额 {format_amount(form.amount)} 元，"
            "请核对两个总额。",
            ("funding.period.total", "funding.annual.total"),
        )


@rule(
    id="money.sources-differ-from-total",
    title="资金来源之和不等于总额",
    family=Family.FIT,
    severity=Severity.MUST,
    source=TARGETS,
    explanation="同一期间各资金来源之和应等于资金总额，空白按零计。没有资金表或各来源都空白时不作判断。",
    bad="总额 100 元，来源合计 90 元",
    good="总额 100 元，来源合计 100 元",
)
def sources_differ(form: Form, _given: Given) -> Iterator[Finding]:
    """The sources of a scope add to its total."""
    for scope in SCOPES:
        total, cells = form.total(scope), form.funding.get(scope, {})
        amounts = [amount for amount in cells.values() if amount is not None]
        if total is not None and amounts and sum(amounts) != total:
            yield Finding(
                f"{SCOPE_NAMES[scope]}各项资金来源合计 {format_amount(sum(amounts))} 元，"  # type: ignore[arg-type]  # never empty
                f"与资金总额 {format_amount(total)} 元相差 {format_amount(abs(total - sum(amounts)))} 元，请核对。",
                (f"funding.{scope}.total", *(f"funding.{scope}.{source}" for source in cells)),
            )


@rule(
    id="money.one-year-totals-differ",
    title="一年期项目的两个总额不等",
    family=Family.FIT,
    severity=Severity.MUST,
    source=TARGETS,
    explanation="项目期为一年时，实施期就是本年度，两个资金总额应当相等。只写明一次性而项目期看不出年数的，为建议修改。"
    "实施期少于年度的另行指出；任一总额空白时不作判断。",
    bad="项目期 1年，实施期资金总额 5,300,000 元，年度资金总额 3,000,000 元",
    good="项目期 1年，两个总额都是 3,000,000 元",
)
def one_year_totals_differ(form: Form, _given: Given) -> Iterator[Finding]:
    """In a project of one year the period is the year."""
    period, annual = form.period_amount, form.amount
    if period is None or annual is None or period <= annual:
        return
    once = "一次性" in form.text("attribute") and form.years is None
    if form.years == 1 or once:
        said = f"项目期“{form.text('duration')}”" if form.years == 1 else f"项目属性“{form.text('attribute')}”"
        yield Finding(
            f"{said}，实施期资金总额 {format_amount(period)} 元与年度资金总额 {format_amount(annual)} 元应当相等，"
            "请核对总额或项目期。",
            ("funding.period.total", "funding.annual.total", "duration"),
            severity=Severity.SHOULD if once else None,
        )


@rule(
    id="money.total-blank",
    title="有资金来源而无总额",
    family=Family.COMPLETE,
    severity=Severity.MUST,
    source=TARGETS,
    explanation="资金来源填有金额，同一期间的资金总额却空白。",
    bad="市县（区）财政资金 500,000 元，年度资金总额空白",
    good="市县（区）财政资金 500,000 元，年度资金总额 500,000 元",
)
def total_blank(form: Form, _given: Given) -> Iterator[Finding]:
    """Where sources have money, the total has."""
    for scope in SCOPES:
        filled = {source: amount for source, amount in form.funding.get(scope, {}).items() if amount}
        if filled and form.total(scope) is None:
            yield Finding(
                f"{SCOPE_NAMES[scope]}资金来源合计 {format_amount(sum(filled.values(), Decimal(0)))} 元，资金总额却空白，请补填总额。",
                (f"funding.{scope}.total", *(f"funding.{scope}.{source}" for source in filled)),
            )


@rule(
    id="money.only-zero",
    title="资金总额为零",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="两个资金总额都是零或空白，没有资金的项目不需要绩效目标；多为漏填或单位取整的结果。本年为零而实施期有资金的不作判断。",
    bad="实施期资金总额 0 元，年度资金总额 0 元",
    good="实施期资金总额 500,000 元，年度资金总额 500,000 元",
)
def only_zero(form: Form, _given: Given) -> Iterator[Finding]:
    """A project has money."""
    if form.period_amount or form.amount or (form.period_amount is None and form.amount is None):
        return
    if any(amount for cells in form.funding.values() for amount in cells.values()):
        return
    where = [scope for scope in SCOPES if form.total(scope) is not None]
    yield Finding("资金总额为零，请核对是否漏填金额。", tuple(f"funding.{scope}.total" for scope in where))


RULES: Final[tuple[Rule, ...]] = (
    period_below_annual, one_year_totals_differ, sources_differ, total_blank, only_zero, *money_costs.RULES,
)  # fmt: skip
