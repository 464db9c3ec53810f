"""Rules on money: totals against each other, sources against totals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

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


RULES: Final[tuple[Rule, ...]] = (period_below_annual, sources_differ)
