"""Running the rules over a form, as administrators set them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from indicators.checks.findings import Finding
from indicators.checks.forms import ALONE, Form, Surroundings
from indicators.checks.register import RULES
from indicators.checks.rules import Given, Rule
from indicators.checks.severity import Severity


class Setting(NamedTuple):
    """What an administrator set for one rule."""

    is_on: bool = True
    severity: Severity | None = None
    """``None``: the rule's own."""
    thresholds: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class Settings:
    """Rule id → setting, of one region and year; rules that are not in it are as they come."""

    by_rule: Mapping[str, Setting] = field(default_factory=dict)

    def of(self, rule: Rule) -> Setting:
        """The setting of a rule."""
        return self.by_rule.get(rule.id, Setting())


AS_THEY_COME = Settings()


def check(
    form: Form, surroundings: Surroundings = ALONE, settings: Settings = AS_THEY_COME, rules: Iterable[Rule] = RULES
) -> list[Finding]:
    """What the rules say of a form, each finding once, with its rule and severity filled in."""
    found: dict[str, Finding] = {}
    for rule in rules:
        setting = settings.of(rule)
        if setting.is_on:
            for finding in _run(rule, setting, form, surroundings):
                found.setdefault(finding.digest, finding)
    return list(found.values())


def _run(rule: Rule, setting: Setting, form: Form, surroundings: Surroundings) -> Iterator[Finding]:
    given = Given({**rule.defaults, **setting.thresholds}, surroundings)
    for finding in rule.check(form, given):
        # What an administrator set holds for all that the rule says; its own gradation is for rules left as they come.
        severity = setting.severity or finding.severity or rule.severity
        yield finding._replace(rule=rule.id, severity=severity)
