"""What a table's rows are compared with: the projects that they name, as they stand and as they stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from imports.exporting.columns import NUMBER, VERSION
from imports.exporting.rows import BATCH
from imports.tables.problems import Problem
from imports.tables.sheets import Names
from imports.tables.table import Line
from indicators.editing.reading import Department as Given
from indicators.editing.reading import FindDepartment
from indicators.state import State, newest_event, state_at, states_of
from perfgoals.models import User
from projects.access import ARCHIVED, NOT_YOURS, departments_to_give
from projects.models import Department, DepartmentEvent, Project, Region

UNKNOWN: Final = "没有编号为 {} 的项目，或者您不能查看它。"
NO_VERSION: Final = "这个项目没有版本 {}，无法核对导出以后有没有人改过。请重新导出。"


@dataclass(slots=True)
class Pair:
    """A row with its project as the file showed it and as it stands."""

    line: Line
    base: State
    current: State


class Stored:
    """Finds the projects of rows, locked; what a row may not touch is a problem."""

    def __init__(self, by: User | None) -> None:
        self._by = by
        self.problems: list[Problem] = []

    def pairs(self, lines: Sequence[Line]) -> Iterator[Pair]:
        """The rows that may be taken in, a batch at a time, in the order of their projects' numbers."""
        ordered = sorted(lines, key=lambda line: line.pk)
        for start in range(0, len(ordered), BATCH):
            yield from self._pairs(ordered[start : start + BATCH])

    def _pairs(self, lines: Sequence[Line]) -> Iterator[Pair]:
        projects = self._locked([line.pk for line in lines])
        # Once the others are locked: nobody can give a project away between being asked about and being changed.
        self._refuse_missing([line for line in lines if line.pk not in projects])
        states = states_of(projects.values())
        newest = Project.objects.filter(pk__in=projects).order_by()
        versions = dict(newest.values_list("pk", newest_event()))
        for line in (line for line in lines if line.pk in projects):
            project = projects[line.pk]
            current, now = states[line.pk], versions[line.pk]
            base = current if line.version == now else state_at(line.pk, line.version)
            if project.archived_at is not None:
                self.problems.append(line.place.problem(NUMBER.label, ARCHIVED))
            elif base is None or line.version > now:
                self.problems.append(line.place.problem(VERSION.label, NO_VERSION.format(line.version)))
            else:
                yield Pair(line, base, current)

    def _refuse_missing(self, lines: Sequence[Line]) -> None:
        """Note the rows whose projects are not there, or not the person's to change."""
        projects = Project.objects.filter(pk__in=[line.pk for line in lines]).order_by()
        visible = set(projects.visible_to(self._by).values_list("pk", flat=True)) if self._by and lines else set()
        for line in lines:
            said = NOT_YOURS if line.pk in visible else UNKNOWN.format(line.pk)
            self.problems.append(line.place.problem(NUMBER.label, said))

    def _locked(self, pks: Collection[int]) -> dict[int, Project]:
        projects = Project.objects.filter(pk__in=pks)
        if self._by is not None:
            projects = projects.editable_by(self._by)
        return {project.pk: project for project in projects.order_by("pk").select_for_update(of=("self",), no_key=True)}


class Places:
    """The regions and departments that rows name; each is asked of the database once."""

    def __init__(self, by: User | None) -> None:
        self._by = by
        self._regions = dict(Region.objects.values_list("code", "name"))
        self._names = self._department_names()
        self._given = cache(self._departments)

    def region_name(self, code: str) -> str:
        """What a region is called."""
        return self._regions.get(code, code)

    def names(self, base: State, region: str) -> Names:
        """What a row shows and may name; ``region`` is the project's as it stands."""
        return Names(
            self._regions.get(base.fields["region_id"], ""),
            self._names.get(base.fields["department_id"], frozenset()),
            {name: given.pk for name, given in self._given(region).items()},
        )

    def finder(self, region: str) -> FindDepartment:
        """Finds a department that the person may give the project to."""
        given = {one.pk: one for one in self._given(region).values()}
        return given.get

    def _departments(self, region: str) -> Mapping[str, Given]:
        found = departments_to_give(self._by, [region]) if self._by else Department.objects.filter(region=region)
        return {name: Given(pk, name, code) for pk, name, code in found.values_list("pk", "name", "code")}

    @staticmethod
    def _department_names() -> dict[int, frozenset[str]]:
        """Every name that a department ever had: a file may be older than a renaming or joining."""
        names: dict[int, set[str]] = defaultdict(set)
        for rows in (
            Department.objects.values_list("pk", "name"),
            DepartmentEvent.objects.values_list("pgh_obj", "name"),
        ):
            for pk, name in rows:
                names[pk].add(name)
        return {pk: frozenset(found) for pk, found in names.items()}
