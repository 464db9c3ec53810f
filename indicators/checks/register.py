"""All rules, in the order in which they are shown."""

from __future__ import annotations

from typing import Final

from indicators.checks import money
from indicators.checks.rules import Rule

RULES: Final[tuple[Rule, ...]] = (*money.RULES,)
_BY_ID: Final = {rule.id: rule for rule in RULES}


def rule_named(name: str) -> Rule | None:
    """The rule with an id."""
    return _BY_ID.get(name)
