"""Stored findings for tests, without asking the rules."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from indicators.checks import Severity
from indicators.models import ProjectFinding, UncheckedProject
from projects.models import Project

RULE = "money.period-below-annual"
_numbers = itertools.count(1)


def finding(
    of: Project, message: str = "两个总额请核对。", *, rule: str = RULE, severity: Severity = Severity.SHOULD,
    fields: Sequence[str] = ("funding.annual.total",), corrections: Sequence[tuple[str, str]] = (),
) -> ProjectFinding:  # fmt: skip
    """A finding of a project that counts as checked: the rules are not asked again until it changes."""
    UncheckedProject.objects.all().delete()
    return ProjectFinding.objects.create(
        project=of, rule=rule, severity=severity, fields=list(fields), message=message,
        corrections=[list(one) for one in corrections], digest=f"{next(_numbers):032x}",
    )  # fmt: skip
