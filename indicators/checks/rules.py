"""A rule: what it is called, what it rests on, how grave it is, what administrators may set, and the function that checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from indicators.checks.findings import Finding
from indicators.checks.forms import ALONE, Form, Surroundings
from indicators.checks.severity import Family, Severity

# What rules rest on, by name: details of regulations were not read in the original, so that no article is cited.
BUDGET_LAW: Final = "《中华人民共和国预算法》"
OPINIONS: Final = "《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）"
TARGETS: Final = "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
EVALUATION: Final = "《项目支出绩效评价管理办法》（财预〔2020〕10号）"
GUIDE: Final = "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）"
INTEGRATION: Final = "《预算管理一体化规范（试行）》"


class Threshold(NamedTuple):
    """A figure that an administrator may set for a region and a year."""

    name: str
    title: str
    """As people see it, with its unit: 满意度下限（%）."""
    default: Decimal
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Given:
    """What a rule is given beside the form."""

    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    surroundings: Surroundings = ALONE

    def __getitem__(self, name: str) -> Decimal:
        """The figure of a threshold in force."""
        return self.thresholds[name]


Check = Callable[[Form, Given], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the review."""

    id: str
    """``family-module.what``, in English: what history, addresses and the command name it by. Never changes."""
    title: str
    family: Family
    severity: Severity
    source: str
    """The regulation, standard or fact of the field that it rests on."""
    explanation: str
    """What it looks at, when it holds back, and why."""
    bad: str
    """An example that it finds."""
    good: str
    """The same, mended."""
    check: Check
    thresholds: tuple[Threshold, ...] = ()

    @property
    def defaults(self) -> dict[str, Decimal]:
        """Threshold → figure, where nobody set another."""
        return {threshold.name: threshold.default for threshold in self.thresholds}


def rule(
    *, id: str, title: str, family: Family, severity: Severity, source: str, explanation: str, bad: str, good: str,
    thresholds: tuple[Threshold, ...] = (),
) -> Callable[[Check], Rule]:  # fmt: skip
    """Make a rule of a function that yields findings."""

    def made(check: Check) -> Rule:
        return Rule(id, title, family, severity, source, explanation, bad, good, check, thresholds)

    return made
