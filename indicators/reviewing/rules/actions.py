"""Setting rules: stored with its history, and the projects concerned checked again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.db import transaction

from indicators.checks import Rule, Severity
from indicators.models import RuleSetting
from indicators.reviewing.explaining import figure
from indicators.reviewing.many import leave_to_the_queue, work_off
from indicators.reviewing.rules.trying import projects_in
from perfgoals.history import change
from perfgoals.models import User
from projects.models import Region

AT_ONCE: Final = 300
"""Projects that are checked within the request; more are left to the queue."""


@transaction.atomic
def set_rule(
    *, rule: Rule, region: Region | None, year: int | None, is_on: bool, severity: Severity | None,
    thresholds: Mapping[str, Decimal], reason: str, by: User,
) -> int:  # fmt: skip
    """Set a rule for a region and year (``None``: for all). How many projects are left to the queue to be checked."""
    with change(by=by, action="rules", reason=reason):
        RuleSetting.objects.update_or_create(
            rule=rule.id, region=region, year=year,
            defaults={"is_on": is_on, "severity": severity, "thresholds": as_stored(thresholds)},
        )  # fmt: skip
        return _check(region.pk if region else None, year)


@transaction.atomic
def take_back(*, setting: RuleSetting, reason: str, by: User) -> int:
    """Let a rule be again as it is set above, or as it comes. How many projects are left to the queue."""
    with change(by=by, action="rules", reason=reason):
        region, year = setting.region_id, setting.year
        setting.delete()
        return _check(region, year)


def as_stored(thresholds: Mapping[str, Decimal]) -> dict[str, str]:
    """Figures as text, so that none is rounded."""
    return {name: figure(number) for name, number in thresholds.items()}


def _check(region: str | None, year: int | None) -> int:
    numbers = list(projects_in(region, year).order_by("pk").values_list("pk", flat=True))
    if len(numbers) <= AT_ONCE:
        work_off(numbers)
        return 0
    leave_to_the_queue(numbers)
    return len(numbers)
