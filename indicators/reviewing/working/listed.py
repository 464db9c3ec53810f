"""The list of findings: what the address asks for, how many there are of each kind, and one page of them.

The address's filters are those of projects (`ProjectFilter`). What it asks of findings narrows the list itself, everything
else the projects. A page is found by where the one before ended: there may be half a million findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from indicators.checks import RULES, Family, Severity, rule_named
from indicators.models import Indicator, ProjectFinding
from indicators.reviewing.access import reviewable_by
from indicators.reviewing.filtering import ACCEPTED, ALL, matching
from indicators.reviewing.naming import Named, correction_words, field_words, indicator_text
from indicators.reviewing.showing import Correction, ShownFinding
from perfgoals.models import User
from projects.filters import ProjectFilter
from projects.filters.conditions import NO_FINDING, NONE, OF_FINDINGS
from projects.models import Department

SIZE: Final = 50
"""Findings of a page."""
DEPARTMENTS: Final = 15
"""Departments that are counted one by one: those with most findings."""
ORDER: Final = ("severity", "project_id", "id")
RELATED: Final = ("project__region", "project__department", "acceptance__by")
STATES: Final = (("", "未认可"), (ACCEPTED, "已认可"), (ALL, "全部"))


class Cell(NamedTuple):
    """How many findings a rule has of one severity, accepted or not."""

    rule: str
    severity: int
    is_accepted: bool
    number: int


class Facet(NamedTuple):
    """A choice with how many findings it has under the other filters."""

    words: str
    number: int
    is_on: bool
    query: str
    """The address's query with the choice made, or taken back."""
    tone: str = ""


class FindingList:
    """The findings that an address asks for."""

    def __init__(self, found: ProjectFilter) -> None:
        self.found = found
        self._asked = found.asked

    @property
    def findings(self) -> QuerySet[ProjectFinding]:
        """All of them, in no order."""
        return self._among(matching(self._asked), OF_FINDINGS)

    @cached_property
    def count(self) -> int:
        """How many they are."""
        return self._sum(self._is_asked())

    @cached_property
    def states(self) -> list[Facet]:
        """Open, accepted and all, with how many findings there are."""
        shown = self._asked.get("finding", "")
        shown = shown if shown in (ACCEPTED, ALL) else ""
        accepted = self._sum(self._is_asked("finding"), lambda cell: cell.is_accepted)
        everything = self._sum(self._is_asked("finding"))
        counts = {"": everything - accepted, ACCEPTED: accepted, ALL: everything}
        return [Facet(words, counts[key], key == shown, self._with("finding", key)) for key, words in STATES]

    @cached_property
    def severities(self) -> list[Facet]:
        """How many there are of each severity."""
        counts = self._counts("finding_severity", lambda cell: str(cell.severity))
        return [
            self._facet("finding_severity", str(one.value), one.label, counts, one.name.lower()) for one in Severity
        ]

    @cached_property
    def families(self) -> list[Facet]:
        """How many there are of each nature."""
        counts = self._counts("finding_family", lambda cell: _family(cell.rule))
        return [self._facet("finding_family", family.value, family.label, counts) for family in Family]

    @cached_property
    def rules(self) -> list[Facet]:
        """How many there are of each rule, the most frequent first; rules without any are left out."""
        counts = self._counts("finding_rule", lambda cell: cell.rule)
        titles = {rule.id: rule.title for rule in RULES}
        facets = [self._facet("finding_rule", rule, titles[rule], counts) for rule in titles]
        return sorted((one for one in facets if one.number or one.is_on), key=lambda one: -one.number)

    @cached_property
    def departments(self) -> list[Facet]:
        """The departments with most findings, the one with most first."""
        rows = self._among(matching(self._asked), {*OF_FINDINGS, "department"})
        grouped = rows.values_list("project__department").annotate(number=Count("pk"))
        counted = dict(grouped.order_by("-number", "project__department")[:DEPARTMENTS])
        named = Department.objects.filter(pk__in=[pk for pk in counted if pk]).values_list(
            "pk", "name", "region__short_name"
        )
        words = {pk: f"{name}（{region}）" for pk, name, region in named}
        return [
            self._facet("department", str(pk or NONE), words.get(pk, "未列明部门"), {str(pk or NONE): number})
            for pk, number in counted.items()
        ]

    def page(self, after: str) -> FindingPage:
        """The page that begins after a finding, by its place in the order."""
        rows = self.findings.select_related(*RELATED).order_by(*ORDER)
        start = _place(after)
        if start:
            severity, project, number = start
            rest = Q(severity__gt=severity) | Q(project__gt=project) | Q(project=project, pk__gt=number)
            rows = rows.filter(rest, severity__gte=severity)
        listed = list(rows[: SIZE + 1])
        following = listed[SIZE - 1] if len(listed) > SIZE else None
        place = f"{following.severity}.{following.project_id}.{following.pk}" if following else ""
        return FindingPage(in_words(listed[:SIZE]), place, is_first=start is None)

    def _among(self, findings: QuerySet[ProjectFinding], left_out: Collection[str]) -> QuerySet[ProjectFinding]:
        if self._asked.get("finding") == NO_FINDING or not self.found.form.is_valid():
            return findings.none()
        return findings.filter(project__in=self.found.found_without(left_out).order_by().values("pk"))

    @cached_property
    def _cells(self) -> list[Cell]:
        rows = self._among(ProjectFinding.objects.order_by(), OF_FINDINGS)
        accepted = ExpressionWrapper(Q(acceptance__isnull=False), output_field=BooleanField())
        counted = rows.annotate(is_accepted=accepted).values_list("rule", "severity", "is_accepted")
        return [Cell(*row) for row in counted.annotate(Count("pk"))]

    def _is_asked(self, but: str = "") -> Callable[[Cell], bool]:
        """Whether a cell is what the filters ask of findings, without one of them."""
        asked = {name: self._asked.get(name) for name in OF_FINDINGS - {but}}
        rules, families = asked.get("finding_rule"), asked.get("finding_family")
        severities, state = asked.get("finding_severity"), asked.get("finding")

        def holds(cell: Cell) -> bool:
            return (
                (not rules or cell.rule in rules)
                and (not families or _family(cell.rule) in families)
                and (not severities or str(cell.severity) in severities)
                and (but == "finding" or state == ALL or cell.is_accepted == (state == ACCEPTED))
            )

        return holds

    def _sum(self, *conditions: Callable[[Cell], bool]) -> int:
        return sum(cell.number for cell in self._cells if all(holds(cell) for holds in conditions))

    def _counts(self, name: str, value: Callable[[Cell], str]) -> Counter[str]:
        counts: Counter[str] = Counter()
        holds = self._is_asked(name)
        for cell in self._cells:
            if holds(cell):
                counts[value(cell)] += cell.number
        return counts

    def _facet(self, name: str, value: str, words: str, counts: Counter[str] | dict[str, int], tone: str = "") -> Facet:
        return Facet(words, counts.get(value, 0), value in self.found.data.getlist(name), self._with(name, value), tone)

    def _with(self, name: str, value: str) -> str:
        """The query with a choice made or taken back, from the first page on."""
        query = self.found.data.copy()
        query.pop("after", None)
        chosen = [one for one in query.getlist(name) if one]
        if name == "finding":
            chosen = [value] if value else []
        else:
            chosen = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
        query.setlist(name, chosen)
        return str(query.urlencode())


class FindingPage(NamedTuple):
    """Findings with the place of the last one."""

    rows: list[ShownFinding]
    following: str
    """Where the next page begins; empty on the last."""
    is_first: bool


def in_words(findings: Sequence[ProjectFinding]) -> list[ShownFinding]:
    """Findings with the words of their fields, in one statement."""
    numbers = {
        int(path.split(".")[1])
        for one in findings
        for path in (*one.fields, *(path for path, _ in one.corrections))
        if path.startswith("indicator.")
    }
    columns = ("pk", "scope", "name", "value", "category", "level2_label")
    rows = Indicator.objects.filter(pk__in=numbers).values_list(*columns) if numbers else ()
    indicators = {pk: Named(*named) for pk, *named in rows}
    return [
        ShownFinding(one, list(dict.fromkeys(field_words(path, indicators) for path in one.fields)), _proposed(one, indicators))
        for one in findings
    ]  # fmt: skip


def may_accept_among(user: User, rows: Sequence[ShownFinding]) -> frozenset[int]:
    """The projects of these findings that the person reviews."""
    projects = {one.finding.project_id for one in rows}
    return frozenset(reviewable_by(user).filter(pk__in=projects).order_by().values_list("pk", flat=True))


def _proposed(finding: ProjectFinding, indicators: dict[int, Named]) -> list[Correction]:
    return [
        Correction(
            field_words(path, indicators),
            indicator_text(path, indicators) if path.startswith("indicator.") else "",
            correction_words(path, text),
        )
        for path, text in finding.corrections
    ]


def _family(rule: str) -> str:
    known = rule_named(rule)
    return known.family.value if known else ""


def _place(after: str) -> tuple[int, int, int] | None:
    parts = after.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        return None
    severity, project, number = (int(part) for part in parts)
    return severity, project, number
