"""All rules, in the order in which they are shown."""

from __future__ import annotations

from typing import Final

from indicators.checks import amounts, direction, money, values, wording
from indicators.checks.rules import Rule

RULES: Final[tuple[Rule, ...]] = (
    *money.RULES, *amounts.RULES, *direction.RULES, *values.RULES, *wording.RULES,
)  # fmt: skip
_BY_ID: Final = {rule.id: rule for rule in RULES}


def rule_named(name: str) -> Rule | None:
    """The rule with an id."""
    return _BY_ID.get(name)
