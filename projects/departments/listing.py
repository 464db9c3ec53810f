"""The departments of all regions, and those among them that are very likely the same body."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from perfgoals.pagination import Page
from projects.department_names import full_form
from projects.models import Department, DepartmentName, Membership, Project


@dataclass(frozen=True, slots=True)
class Body:
    """A department with what belongs to it."""

    department: Department
    projects: int
    archived: int
    """How many of the projects are archived."""
    names: list[str]
    """Other names under which sources print it."""


class Pair(NamedTuple):
    """Two departments that are very likely one. The one with more projects would be kept."""

    keep: Body
    join: Body


def find_departments(words: str = "", region: str = "") -> QuerySet[Department]:
    """Departments by region and name; each word must stand in its own or in a printed name."""
    found = Department.objects.all()
    if region:
        found = found.filter(region=region)
    for word in words.split():
        found = found.filter(Q(name__contains=word) | Q(pk__in=_printed_with(word)))
    return found.order_by()


class BodiesByRegion:
    """Some departments region by region, in order of the regions' codes, each of which knows how many it has."""

    def __init__(self, departments: QuerySet[Department]) -> None:
        counted = departments.values("region").annotate(number=Count("pk")).order_by("region")
        self._numbers: list[tuple[str, int]] = list(counted.values_list("region", "number"))
        self._departments = departments

    @property
    def total(self) -> int:
        """How many departments there are."""
        return sum(number for _, number in self._numbers)

    def on(self, page: Page) -> list[str]:
        """The codes of the regions that a page shows a part of."""
        return [code for code, _ in self._around(page.span)[0]]

    def bodies(self, page: Page) -> list[Body]:
        """A page of the departments, region by region, those with most projects first: only its regions are counted."""
        around, before = self._around(page.span)
        bodies = bodies_of(self._departments.filter(region__in=[code for code, _ in around]))
        return bodies[page.span.start - before : page.span.stop - before]

    def _around(self, span: slice) -> tuple[list[tuple[str, int]], int]:
        """The regions within a span of departments, and how many departments stand before the first of them."""
        around: list[tuple[str, int]] = []
        passed = before = 0
        for code, number in self._numbers:
            if passed + number > span.start and passed < span.stop:
                before = before if around else passed
                around.append((code, number))
            passed += number
        return around, before


def likely_same(departments: QuerySet[Department]) -> list[Pair]:
    """Departments of one region whose full names agree; joining them stays a person's decision."""
    alike: dict[tuple[str, str], list[int]] = {}
    names = departments.order_by("region", "name").values_list(
        "pk", "name", "region", "region__name", "region__short_name"
    )
    for pk, name, region, *region_names in names:
        alike.setdefault((region, full_form(name, tuple(region_names))), []).append(pk)
    groups = [group for group in alike.values() if len(group) > 1]
    found = Department.objects.filter(pk__in=list(chain.from_iterable(groups)))
    bodies = {body.department.pk: body for body in bodies_of(found)}
    pairs: list[Pair] = []
    for group in groups:
        there = [bodies[pk] for pk in group if pk in bodies]  # one may have been joined since its name was read
        there.sort(key=lambda body: (-body.projects, -len(body.department.name), body.department.pk))
        pairs += [Pair(there[0], other) for other in there[1:]]
    return pairs


def bodies_of(departments: QuerySet[Department]) -> list[Body]:
    """Departments with what belongs to them, region by region, those with most projects first."""
    projects = Project.objects.filter(department=OuterRef("pk")).order_by().values("department")
    names = DepartmentName.objects.filter(department=OuterRef("pk")).order_by().values("department")
    counted = departments.select_related("region").annotate(
        project_count=_counted(projects),
        archived_count=_counted(projects.exclude(archived_at=None)),
        names=Coalesce(
            Subquery(names.annotate(all=ArrayAgg("printed", order_by="printed")).values("all")), Value([])
        ),
    ).order_by("region_id", "-project_count", "name")  # fmt: skip
    return [
        Body(row, row.project_count, row.archived_count, [name for name in row.names if name != row.name])
        for row in counted
    ]


def _counted(projects: QuerySet[Project, Any]) -> Coalesce:
    counts = projects.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def _printed_with(word: str) -> QuerySet[DepartmentName, int]:
    return DepartmentName.objects.filter(printed__contains=word).values_list("department", flat=True)


@dataclass(frozen=True, slots=True)
class Joining:
    """What joining one department to another would do."""

    keep: Department
    join: Department
    projects: list[Project]
    """Those that move."""
    clashes: list[Project]
    """Those of them whose name the other department has as well, in the same year."""
    names: list[str]
    members: list[str]

    @property
    def fingerprint(self) -> list[object]:
        """What a person has seen before confirming; when it differs by then, nothing may be done."""
        return [
            self.keep.pk, self.keep.name, self.join.pk, self.join.name, [project.pk for project in self.projects],
            [project.pk for project in self.clashes], self.names, self.members,
        ]  # fmt: skip


def joining(keep: Department, join: Department) -> Joining:
    """Look ahead at joining ``join`` to ``keep``."""
    projects = list(
        Project.objects.filter(department=join).select_related("region").order_by("-year", "name", "pk")
        .only("name", "name_key", "year", "amount", "period_amount", "archived_at", "department_printed", "region__name")
    )  # fmt: skip
    taken = set(Project.objects.filter(department=keep).order_by().values_list("year", "name_key"))
    members = Membership.objects.filter(department=join).order_by("user__username")
    return Joining(
        keep, join, projects, [project for project in projects if (project.year, project.name_key) in taken],
        list(DepartmentName.objects.filter(department=join).order_by("printed").values_list("printed", flat=True)),
        [member.user.display_name for member in members.select_related("user")],
    )  # fmt: skip


def others_of(department: Department) -> QuerySet[Department]:
    """The departments of the same region that it could be joined to, the likeliest by name first."""
    return Department.objects.filter(region=department.region_id).exclude(pk=department.pk).order_by(F("name"))
