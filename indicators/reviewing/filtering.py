"""Findings as filters ask for them: what the filter set of projects borrows, and the list of findings rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, Min, QuerySet

from indicators.checks import RULES, Family, Severity
from indicators.models import ProjectFinding
from projects.filters.above import FindingFilters

ALL: Final = "all"
ACCEPTED: Final = "accepted"


def filters_of_findings() -> FindingFilters:
    """What projects can be filtered by."""
    return FindingFilters(
        rules=[(rule.id, rule.title) for rule in RULES],
        families=[(family.value, family.label) for family in Family],
        severities=[(str(one.value), one.label) for one in Severity],
        matching=matching,
        open_counts=open_counts,
    )


def matching(asked: Mapping[str, Any]) -> QuerySet[ProjectFinding]:
    """The findings that filters ask for; where they do not say otherwise, those that nobody accepted."""
    found = ProjectFinding.objects.order_by()
    if rules := asked.get("finding_rule"):
        found = found.filter(rule__in=rules)
    if families := asked.get("finding_family"):
        found = found.filter(rule__in=[rule.id for rule in RULES if rule.family in families])
    if severities := asked.get("finding_severity"):
        found = found.filter(severity__in=severities)
    state = asked.get("finding")
    return found if state == ALL else found.filter(acceptance__isnull=state != ACCEPTED)


def open_counts(numbers: list[int]) -> dict[int, tuple[int, str]]:
    """Of projects, how many findings nobody accepted, and the word for the gravest."""
    rows = ProjectFinding.objects.filter(project__in=numbers, acceptance=None).order_by()
    counted = rows.values_list("project").annotate(Count("pk"), Min("severity"))
    return {project: (count, Severity(gravest).label) for project, count, gravest in counted}
