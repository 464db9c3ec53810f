"""The findings of one project as its page shows them: beside their fields, and all together with what can be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Prefetch, prefetch_related_objects

from indicators.checks import Rule, Severity, rule_named
from indicators.models import FindingAcceptanceEvent, Indicator, ProjectFinding
from indicators.reviewing.access import reviewable_by
from indicators.reviewing.loading import column_of
from indicators.reviewing.naming import Named, correction_words, field_words, indicator_text
from indicators.state import version_of
from perfgoals.models import User
from projects.models import Project

TONES = {Severity.MUST: "must", Severity.SHOULD: "should", Severity.HINT: "hint"}
"""Severity → the class of its mark."""


class Correction(NamedTuple):
    """One field of a proposed correction: what it is called, what stands there and what should."""

    field: str
    old: str
    new: str


@dataclass(slots=True)
class ShownFinding:
    """A finding with its rule and the words of its fields."""

    finding: ProjectFinding
    fields: list[str] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    @property
    def rule(self) -> Rule | None:
        """Its rule; ``None`` where the rule is no more and the project was not checked since."""
        return rule_named(self.finding.rule)

    @property
    def title(self) -> str:
        """What its rule is called."""
        return self.rule.title if self.rule else self.finding.rule

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return Severity(self.finding.severity)

    @property
    def tone(self) -> str:
        """The class of its mark."""
        return TONES[self.severity]

    @property
    def is_accepted(self) -> bool:
        """Whether somebody lets it stand."""
        return self.finding.acceptance_id is not None


class Mark(NamedTuple):
    """A finding beside a field."""

    one: ShownFinding
    is_main: bool
    """Whether the finding is about this field before others."""
    is_named: bool = False
    """Whether links to the finding lead here."""


class Group(NamedTuple):
    """Findings of one severity."""

    severity: Severity
    findings: list[ShownFinding]


class Past(NamedTuple):
    """An acceptance that was given or withdrawn."""

    when: datetime
    person: str
    is_withdrawn: bool
    message: str
    reason: str


@dataclass
class Reviewed:
    """What the review says of a project, as one person sees it."""

    project: Project
    findings: list[ShownFinding]
    past: list[Past]
    version: int = 0
    """The project's version that the page shows: what a correction rests on."""
    may_accept: bool = False
    may_correct: bool = False
    placed: set[int] = field(default_factory=set)
    """The findings that stand beside a field of the page."""

    def at(self, *paths: str) -> list[Mark]:
        """The findings to show beside a field: each beside all its fields, and known by the one that comes first here."""
        numbers = sorted({number for path in paths for number in self._by_path.get(path, ())})
        marks = [Mark(one, one.finding.fields[0] in paths) for one in (self.findings[number] for number in numbers)]
        return [mark._replace(is_named=self._place(mark.one)) for mark in marks]

    @cached_property
    def _by_path(self) -> Mapping[str, Sequence[int]]:
        """Path of a field → places of its findings among all: a form may have hundreds of both."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.findings):
            for path in one.finding.fields:
                found[path].append(number)
        return found

    def _place(self, one: ShownFinding) -> bool:
        is_new = one.finding.pk not in self.placed
        self.placed.add(one.finding.pk)
        return is_new

    @cached_property
    def open(self) -> list[ShownFinding]:
        """Those that nobody accepted."""
        return [one for one in self.findings if not one.is_accepted]

    @cached_property
    def accepted(self) -> list[ShownFinding]:
        """Those that somebody accepted."""
        return [one for one in self.findings if one.is_accepted]

    @property
    def groups(self) -> list[Group]:
        """The open ones by severity, the gravest first."""
        groups = [Group(severity, [one for one in self.open if one.severity is severity]) for severity in Severity]
        return [group for group in groups if group.findings]


def reviewed_by(project: Project, user: User, *, may_change: bool) -> Reviewed:
    """The findings of a project; ``may_change`` says whether the person may edit it."""
    if project.archived_at is not None:
        return Reviewed(project, [], [])
    findings = list(project.findings.select_related("acceptance__by").order_by("severity", "id"))
    indicators = _indicators(project)
    shown = [_shown(one, project, indicators) for one in findings]
    reviewed = Reviewed(project, shown, _past(project.pk))
    reviewed.may_correct = may_change and any(one.corrections for one in shown)
    reviewed.version = version_of(project.pk) if reviewed.may_correct else 0
    reviewed.may_accept = bool(shown) and reviewable_by(user).filter(pk=project.pk).exists()
    return reviewed


def _indicators(project: Project) -> dict[int, Named]:
    rows = Indicator.objects.order_by("position", "-scope").select_related("category__parent")
    prefetch_related_objects([project], Prefetch("indicators", rows))  # as the tree has them: read once for both
    return {
        one.pk: Named(one.scope, one.name, one.value, one.category_id, one.level2_label)
        for one in project.indicators.all()
    }


def _shown(finding: ProjectFinding, project: Project, indicators: Mapping[int, Named]) -> ShownFinding:
    corrections = [
        Correction(field_words(path, indicators), _stands(path, project, indicators), correction_words(path, text))
        for path, text in finding.corrections
    ]
    words = dict.fromkeys(field_words(path, indicators) for path in finding.fields)
    return ShownFinding(finding, list(words), corrections)


def _stands(path: str, project: Project, indicators: Mapping[int, Named]) -> str:
    kind, _, rest = path.partition(".")
    if kind == "indicator":
        return indicator_text(path, indicators)
    if kind == "goals":
        return next((goal.text for goal in project.goals.all() if goal.scope == rest), "")
    return getattr(project, column_of(path)) or ""


def _past(pk: int) -> list[Past]:
    """What was accepted and withdrawn, the latest first."""
    events = FindingAcceptanceEvent.objects.filter(project=pk).select_related("pgh_context", "by").order_by("-pgh_id")
    rows: Sequence[Any] = list(events)
    people = _people(rows)
    return [_told(event, people) for event in rows]


def _people(events: Sequence[Any]) -> dict[int, User]:
    numbers = {(event.pgh_context.metadata if event.pgh_context else {}).get("user") for event in events}
    return User.objects.in_bulk([number for number in numbers if number]) if numbers else {}


def _told(event: Any, people: Mapping[int, User]) -> Past:
    facts = event.pgh_context.metadata if event.pgh_context else {}
    is_withdrawn = event.pgh_label == "delete"
    person = people.get(facts.get("user") or 0) or (None if is_withdrawn else event.by)
    reason = facts.get("reason", "") if is_withdrawn else event.reason
    return Past(event.pgh_created_at, person.display_name if person else "数据库", is_withdrawn, event.message, reason)
