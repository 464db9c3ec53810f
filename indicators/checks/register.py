"""All rules, in the order in which they are shown."""

from __future__ import annotations

from typing import Final

from indicators.checks import (
    amounts,
    classes,
    classes_cells,
    completeness,
    completeness_goals,
    completeness_tree,
    direction,
    money,
    neighbours,
    scopes,
    timing,
    timing_periods,
    values,
    wording,
    years,
)
from indicators.checks.rules import Rule

RULES: Final[tuple[Rule, ...]] = (
    *money.RULES, *amounts.RULES, *direction.RULES, *values.RULES, *wording.RULES,
    *completeness.RULES, *completeness_goals.RULES, *completeness_tree.RULES, *classes.RULES, *classes_cells.RULES,
    *timing.RULES, *timing_periods.RULES, *scopes.RULES, *years.RULES, *neighbours.RULES,
)  # fmt: skip
_BY_ID: Final = {rule.id: rule for rule in RULES}


def rule_named(name: str) -> Rule | None:
    """The rule with an id."""
    return _BY_ID.get(name)
