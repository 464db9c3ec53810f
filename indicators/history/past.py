"""A project as it stood at an earlier version: its form, its neighbours in time, and what bringing it back changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from pghistory.models import Context

from indicators.history.groups import Group, group_of, names_in
from indicators.history.tables import TABLES, owner_of
from indicators.history.words import Change, Names, changes_between
from indicators.models import Category, Goal, Indicator
from indicators.state import State, load_state, state_at
from indicators.tree import Tree, tree_of
from perfgoals.models import User
from projects.models import Department, DepartmentName, Funding, Project, Region

KEPT = ("region_id", "archived_at", "archive_reason")
"""What bringing a state back never touches."""
DEPARTMENT = ("department_id", "department_printed", "department_code", "section")
"""The department with what the form prints of it."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a project with those before and after it; the last event of a group is its version."""

    number: int
    group: Group
    previous: int | None
    next: int | None
    current: int

    @property
    def is_current(self) -> bool:
        """Whether the project stands as it did."""
        return self.number == self.current


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier state beside the present one."""

    then: State
    now: State
    wanted: State
    """What bringing it back would store."""
    differences: list[Change]
    """From then to now."""
    notes: list[str]
    """What would not come back, in sentences."""
    department: Department | None
    """The department of that time, as it is called now, also when it is gone."""

    @property
    def changes_anything(self) -> bool:
        """Whether bringing it back would change the project."""
        return self.wanted != self.now


def version_at(pk: int, number: int) -> Version | None:
    """A version of a project; ``None`` where the project has no such event."""
    events: list[tuple[int, UUID | None, datetime]] = []
    for table in TABLES.values():
        of_project = table.objects.filter(**{owner_of(table): pk})
        events += of_project.values_list("pgh_id", "pgh_context", "pgh_created_at")
    events.sort()
    numbers = [event for event, *_ in events]
    if number not in numbers:
        return None
    ends = [list(run)[-1][0] for _, run in groupby(events, lambda event: (event[1], not event[1] and event[2]))]
    _, context, time = events[numbers.index(number)]
    return Version(
        number,
        _group(time, context),
        max((end for end in ends if end < number), default=None),
        min((end for end in ends if end > number), default=None),
        numbers[-1],
    )


def _group(time: datetime, pk: UUID | None) -> Group:
    context = Context.objects.filter(pk=pk).first() if pk else None
    number = context.metadata.get("user") if context else None
    people = User.objects.in_bulk([number]) if number else {}
    return group_of(time, pk, context.metadata if context else None, people)


def past_of(pk: int, number: int) -> Past | None:
    """A project's state at a version beside the one now; ``None`` before it was stored."""
    then = state_at(pk, number)
    if then is None:
        return None
    now = load_state(pk)
    names = names_in([then, now])
    department = _department(then, names)
    gone = department.name if department and not department.region_id else None
    wanted, notes = _to_bring_back(then, now, gone, _heir(gone, now) if gone else None)
    return Past(then, now, wanted, changes_between(then, now, names), notes, department)


def _department(then: State, names: Names) -> Department | None:
    """The department of a state; one that is gone has a name and no region."""
    number = then.fields["department_id"]
    if number is None:
        return None
    stored = Department.objects.filter(pk=number).first()
    return stored or Department(pk=number, name=names.departments.get(number, f"编号 {number} 的部门"))


def _heir(gone: str, now: State) -> Department | None:
    """The department that one which is gone was joined to."""
    names = DepartmentName.objects.filter(region=now.fields["region_id"], printed=gone)
    name = names.select_related("department").first()
    return name.department if name else None


def _to_bring_back(then: State, now: State, gone: str | None, heir: Department | None) -> tuple[State, list[str]]:
    """What can come back, and sentences about what cannot.

    ``gone`` is a department that is no more, ``heir`` the one that it was joined to.
    """
    wanted, notes = then.copy(), []
    wanted.fields |= {name: now.fields[name] for name in KEPT}
    if then.fields["region_id"] != now.fields["region_id"]:
        notes.append("行政区划保持现在的，不恢复。")
    if then.fields["archived_at"] != now.fields["archived_at"]:
        notes.append("归档状态保持现在的，不恢复。")
    if gone and heir:
        wanted.fields["department_id"] = heir.pk
        notes.append(f"当时的归口部门“{gone}”已并入“{heir.name}”，归口部门恢复为“{heir.name}”。")
    elif gone:
        # The printed name of a body to which the project no longer belongs would mislead.
        wanted.fields |= {name: now.fields[name] for name in DEPARTMENT}
        notes.append(f"当时的归口部门“{gone}”已不存在，归口部门保持现在的，不恢复。")
    return wanted, notes


# --- The form ----------------------------------------------------------------------------------------------------


def project_of(pk: int, past: Past) -> Project:
    """The project as it stood, not to be stored, for showing it."""
    state = past.then
    project = Project(pk=pk, **state.fields)
    project.region = Region.objects.get(pk=state.fields["region_id"])
    project.department = past.department
    # The form reads a project's parts through its relations; here they are at hand.
    project._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "funding": [
            Funding(scope=scope, source_id=source, **cell._asdict()) for (scope, source), cell in state.funding.items()
        ],
        "goals": [Goal(scope=scope, text=text) for scope, text in state.goals.items()],
    }
    return project


def indicator_tree(state: State) -> Tree:
    """The state's indicators as the form's table."""
    categories: dict[str, Any] = Category.objects.select_related("parent").in_bulk()
    return tree_of(
        Indicator(pk=number, category=categories[row.category_id], **_without_category(row._asdict()))
        for number, row in state.indicators.items()
    )


def _without_category(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "category_id"}
