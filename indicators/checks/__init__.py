"""Checks of targets (绩效目标审核): what a strict reviewer would say of a form, as pure functions.

A rule reads one `Form` and says `Finding`s about its fields; it knows no database, never raises and changes nothing.
"""

from indicators.checks.findings import Correction, Finding
from indicators.checks.forms import Form, Neighbour, Surroundings, Target
from indicators.checks.register import RULES, rule_named
from indicators.checks.rules import Given, Rule, Threshold
from indicators.checks.running import Settings, check
from indicators.checks.severity import Family, Severity

__all__ = [
    "RULES", "Correction", "Family", "Finding", "Form", "Given", "Neighbour", "Rule", "Settings", "Severity",
    "Surroundings", "Target", "Threshold", "check", "rule_named",
]  # fmt: skip
