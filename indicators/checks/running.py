"""Running the rules over a form, as administrators set them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
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


@dataclass(frozen=True)
class Settings:
    """Rule id → setting, of one region and year; rules that are not in it are as they come."""

    by_rule: Mapping[str, Setting] = field(default_factory=dict)

    def of(self, rule: Rule) -> Setting:
        """The setting of a rule."""
        return self.by_rule.get(rule.id, Setting())

    @cached_property
    def ready(self) -> tuple[Ready, ...]:
        """All rules that are on: put together once for all forms of the region and year."""
        return tuple(self.made_ready(RULES))

    def made_ready(self, rules: Iterable[Rule]) -> Iterator[Ready]:
        """Those of the rules that are on, with the figures in force."""
        for rule in rules:
            setting = self.of(rule)
            if setting.is_on:
                yield Ready(rule, setting.severity, {**rule.defaults, **setting.thresholds})


class Ready(NamedTuple):
    """A rule as it is run."""

    rule: Rule
    severity: Severity | None
    """What an administrator set; ``None``: the rule's own."""
    thresholds: Mapping[str, Decimal]


AS_THEY_COME = Settings()


def check(
    form: Form, surroundings: Surroundings = ALONE, settings: Settings = AS_THEY_COME, rules: Iterable[Rule] = RULES
) -> list[Finding]:
    """What the rules say of a form, each finding once, with its rule and severity filled in."""
    found: dict[tuple[str, str, tuple[str, ...]], Finding] = {}
    plain = Given({}, surroundings)
    for rule, severity, thresholds in settings.ready if rules is RULES else settings.made_ready(rules):
        for said in rule.check(form, Given(thresholds, surroundings) if thresholds else plain):
            # What an administrator set holds for all that the rule says; its own gradation is for rules left as they come.
            weight = severity or said.severity or rule.severity
            finding = Finding(said.message, said.fields, said.corrections, weight, rule.id)
            found.setdefault((rule.id, said.message, said.fields), finding)
    return list(found.values())
