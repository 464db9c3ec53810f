"""Stored findings as lists and files show them: with their project, their rule and the fields in the form's words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from django.db.models import Count, QuerySet

from indicators.checks import RULES, Severity, rule_named
from indicators.models import Indicator, ProjectFinding
from indicators.reviewing.naming import Named, correction_words, field_words
from projects.models import Project
from projects.querysets import ProjectQuerySet

BATCH: Final = 500
_PLACES: Final = {rule.id: place for place, rule in enumerate(RULES)}


class Line(NamedTuple):
    """A finding in words."""

    number: int
    """Of the stored finding."""
    rule: str
    title: str
    family: str
    """Code of the family; empty for a rule that is no more."""
    severity: Severity
    message: str
    fields: Sequence[str]
    places: tuple[str, ...]
    """The fields as the form calls them."""
    corrections: tuple[tuple[str, str, str], ...]
    """Path, field in words, and the text that it should have."""
    reason: str | None
    """Why somebody accepted it; ``None`` while it is open."""
    accepted_by: str


class Listed(NamedTuple):
    """A project with what was found of it."""

    project: Project
    lines: tuple[Line, ...]


def findings_among(
    projects: ProjectQuerySet, *, rules: Collection[str] = (), severities: Collection[int] = ()
) -> QuerySet[ProjectFinding]:
    """The findings of projects, of these rules and severities only, where any are named."""
    found = ProjectFinding.objects.filter(project__in=projects.order_by().values("pk"))
    if rules:
        found = found.filter(rule__in=list(rules))
    return found.filter(severity__in=list(severities)) if severities else found


def listed(findings: QuerySet[ProjectFinding]) -> Iterator[Listed]:
    """Findings grouped by project, in the order of regions, years, departments and names; some hundred at a time."""
    concerned = Project.objects.filter(pk__in=findings.order_by().values("project"))
    order = ("region", "-year", "department__name", "department_printed", "serial", "pk")
    numbers = list(concerned.order_by(*order).values_list("pk", flat=True))
    for start in range(0, len(numbers), BATCH):
        yield from _batch(findings, numbers[start : start + BATCH])


def lines_of(findings: QuerySet[ProjectFinding], numbers: Collection[int]) -> dict[int, list[Line]]:
    """Of some projects, the findings in words, the gravest first."""
    chosen = findings.filter(project__in=list(numbers)).select_related("acceptance__by")
    rows = list(chosen.order_by("project", "severity", "rule", "pk"))
    names = named({number for row in rows for number in indicators_in(row.fields)})
    found: dict[int, list[Line]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(_line(row, names))
    return found


def summary(findings: QuerySet[ProjectFinding]) -> list[tuple[str, Counter[Severity], int]]:
    """Rule by rule, in the order of the rules: findings by severity, and how many of all are accepted."""
    counted: dict[str, Counter[Severity]] = defaultdict(Counter)
    accepted: Counter[str] = Counter()
    rows = findings.order_by().values_list("rule", "severity").annotate(number=Count("pk"), kept=Count("acceptance"))
    for rule, severity, number, kept in rows:
        counted[rule][Severity(severity)] += number
        accepted[rule] += kept
    return [(rule, counts, accepted[rule]) for rule, counts in sorted(counted.items(), key=lambda one: _order(one[0]))]


def title_of(rule: str) -> str:
    """What people call a rule; its id where it is no more."""
    known = rule_named(rule)
    return known.title if known else rule


def indicators_in(fields: Collection[str]) -> set[int]:
    """The numbers of the indicators that paths name."""
    return {int(path.split(".")[1]) for path in fields if path.startswith("indicator.")}


def named(numbers: Collection[int]) -> dict[int, Named]:
    """Indicators by their numbers, as far as they are named."""
    rows = Indicator.objects.filter(pk__in=list(numbers))
    return {pk: Named(*row) for pk, *row in rows.values_list("pk", *Named._fields[:3], "category_id", "level2_label")}


def _batch(findings: QuerySet[ProjectFinding], numbers: list[int]) -> Iterator[Listed]:
    projects = Project.objects.select_related("region", "department").in_bulk(numbers)
    lines = lines_of(findings, numbers)
    for number in numbers:
        if number in projects and lines[number]:
            yield Listed(projects[number], tuple(lines[number]))


def _line(row: ProjectFinding, names: Mapping[int, Named]) -> Line:
    rule = rule_named(row.rule)
    corrections = tuple(
        (path, field_words(path, names), correction_words(path, text)) for path, text in row.corrections
    )
    places = tuple(dict.fromkeys(field_words(path, names) for path in row.fields))
    acceptance = row.acceptance
    return Line(
        row.pk, row.rule, title_of(row.rule), rule.family if rule else "", Severity(row.severity), row.message,
        row.fields, places, corrections, acceptance.reason if acceptance else None,
        acceptance.by.display_name if acceptance else "",
    )  # fmt: skip


def _order(rule: str) -> tuple[int, str]:
    return _PLACES.get(rule, len(_PLACES)), rule
