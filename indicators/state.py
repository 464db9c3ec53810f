"""A project as one value: its own fields, funding, goals and indicators; as stored now, or as it stood at any version.

Everything that edits works on states: it loads one, makes the one it wants, and `write_state` stores the difference in
a number of statements that does not grow with the number of indicators. A project's *version* is the number of the
last event of its history (`perfgoals.history`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from indicators.models import Goal, GoalEvent, Indicator, IndicatorEvent
from projects.models import Funding, FundingEvent, Project, ProjectEvent

FIELDS: Final = tuple(
    field.attname
    for field in Project._meta.concrete_fields
    if field.name not in {"id", "name_key", "created_at", "updated_at"}
)
"""The project's own columns, as its history has them."""

HISTORIES: Final[tuple[tuple[Any, str], ...]] = (
    (ProjectEvent, "pgh_obj"), (FundingEvent, "project"), (GoalEvent, "project"), (IndicatorEvent, "project"),
)  # fmt: skip
"""The event tables of a project, each with the column that names the project."""

GOAL: Final = ""
"""Stands for a goal where goals and cells of the funding table are read together."""


class Cell(NamedTuple):
    """A cell of the funding table: yuan (``None`` for a blank) and the text as printed or typed."""

    amount: Decimal | None
    printed: str | None


class IndicatorRow(NamedTuple):
    """One half (period or annual) of a row of the indicator table."""

    scope: str
    position: int
    category_id: str
    level2_label: str
    name: str
    value: str
    operator: str | None
    number: Decimal | None
    unit: str | None


@dataclass(slots=True)
class State:
    """A project at one moment."""

    fields: dict[str, Any]
    """Column (`FIELDS`) → value."""
    funding: dict[tuple[str, str], Cell] = field(default_factory=dict)
    """Scope and source → cell."""
    goals: dict[str, str] = field(default_factory=dict)
    """Scope → text; a scope without a goal is absent."""
    indicators: dict[int, IndicatorRow] = field(default_factory=dict)
    """Number of the indicator → row. Negative numbers stand for indicators that are not stored yet."""

    def copy(self) -> State:
        """A state of its own with the same content."""
        return deepcopy(self)


def load_state(pk: int) -> State:
    """The stored state of a project. Raises ``KeyError`` when there is none."""
    return load_states([pk])[pk]


def load_states(pks: Collection[int]) -> dict[int, State]:
    """The stored states of projects, in three statements."""
    return states_of(Project.objects.filter(pk__in=pks))


def states_of(projects: Iterable[Project]) -> dict[int, State]:
    """The stored states of projects that are at hand, in two statements."""
    states = {project.pk: State({name: getattr(project, name) for name in FIELDS}) for project in projects}
    cells = Funding.objects.filter(project__in=states).values_list(
        "project_id", "scope", "source_id", "amount", "printed"
    )
    no_amount = Value(None, output_field=Funding._meta.get_field("amount"))
    goals = Goal.objects.filter(project__in=states).values_list("project_id", "scope", Value(GOAL), no_amount, "text")
    for pk, scope, source, amount, text in cells.union(goals, all=True):
        if source == GOAL:
            states[pk].goals[scope] = text or ""
        else:
            states[pk].funding[scope, source] = Cell(amount, text)
    for indicator in Indicator.objects.filter(project__in=states).order_by("position", "-scope"):
        states[indicator.project_id].indicators[indicator.pk] = _row(indicator)
    return states


def version_of(pk: int) -> int:
    """The project's version: the number of its last event, 0 for a project without any."""
    return Project.objects.filter(pk=pk).values_list(newest_event(), flat=True).first() or 0


def newest_event() -> Coalesce:
    """The version as an expression over projects."""
    newest = (
        Subquery(events.objects.filter(**{owner: OuterRef("pk")}).order_by("-pgh_id").values("pgh_id")[:1])
        for events, owner in HISTORIES
    )
    return Coalesce(Greatest(*newest), 0)


def state_at(pk: int, version: int) -> State | None:
    """The state that a project had at a version; ``None`` before it was stored."""
    own = next(iter(_last(ProjectEvent.objects.filter(pgh_obj=pk), version)), None)
    if own is None:
        return None
    state = State({name: getattr(own, name) for name in FIELDS})
    state.funding = {
        _cell_key(event): _cell(event) for event in _last(FundingEvent.objects.filter(project=pk), version)
    }
    state.goals = {event.scope: event.text for event in _last(GoalEvent.objects.filter(project=pk), version)}
    halves = sorted(_last(IndicatorEvent.objects.filter(project=pk), version), key=lambda event: _form_order(event))
    state.indicators = {event.pgh_obj_id: _row(event) for event in halves}
    return state


def write_state(pk: int, current: State, wanted: State) -> bool:
    """Store the difference between two states of a project, whose row the caller has locked. Whether there was any."""
    fields = {name: value for name, value in wanted.fields.items() if value != current.fields[name]}
    parts = (current.funding, current.goals, current.indicators) != (wanted.funding, wanted.goals, wanted.indicators)
    if not fields and not parts:
        return False
    Project.objects.filter(pk=pk).update(**fields, updated_at=timezone.now())
    _write_funding(pk, current.funding, wanted.funding)
    _write_goals(pk, current.goals, wanted.goals)
    _write_indicators(pk, current.indicators, wanted.indicators)
    return True


def create_project(state: State) -> Project:
    """Store a state as a new project."""
    project = Project.objects.create(**state.fields)
    _write_funding(project.pk, {}, state.funding)
    _write_goals(project.pk, {}, state.goals)
    _write_indicators(project.pk, {}, state.indicators)
    return project


def _last(events: models.QuerySet[Any], version: int) -> list[Any]:
    """The last event of each row up to a version, without rows that were deleted."""
    latest = events.filter(pgh_id__lte=version).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return [event for event in latest if event.pgh_label != "delete"]


def _form_order(event: Any) -> tuple[int, bool]:
    return event.position, event.scope != "period"


def _cell_key(cell: Any) -> tuple[str, str]:
    return cell.scope, cell.source_id


def _cell(cell: Any) -> Cell:
    return Cell(cell.amount, cell.printed)


def _row(indicator: Any) -> IndicatorRow:
    return IndicatorRow(*(getattr(indicator, name) for name in IndicatorRow._fields))


def _write_funding(pk: int, current: Mapping[tuple[str, str], Cell], wanted: Mapping[tuple[str, str], Cell]) -> None:
    if gone := current.keys() - wanted.keys():
        cells = models.Q()
        for scope, source in gone:
            cells |= models.Q(scope=scope, source=source)
        Funding.objects.filter(cells, project=pk).delete()
    changed = [key for key, cell in wanted.items() if current.get(key) != cell]
    Funding.objects.bulk_create(
        (
            Funding(project_id=pk, scope=scope, source_id=source, **wanted[scope, source]._asdict())
            for scope, source in changed
        ),
        update_conflicts=True, unique_fields=["project", "scope", "source"], update_fields=["amount", "printed"],
    )  # fmt: skip


def _write_goals(pk: int, current: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    if gone := current.keys() - wanted.keys():
        Goal.objects.filter(project=pk, scope__in=gone).delete()
    changed = [scope for scope, text in wanted.items() if current.get(scope) != text]
    Goal.objects.bulk_create(
        (Goal(project_id=pk, scope=scope, text=wanted[scope]) for scope in changed),
        update_conflicts=True, unique_fields=["project", "scope"], update_fields=["text"],
    )  # fmt: skip


def _write_indicators(pk: int, current: Mapping[int, IndicatorRow], wanted: Mapping[int, IndicatorRow]) -> None:
    if gone := current.keys() - wanted.keys():
        Indicator.objects.filter(project=pk, pk__in=gone).delete()
    changed = {number: row for number, row in wanted.items() if current.get(number) != row}
    # A row that was deleted before comes back under its own number.
    _upsert(Indicator(pk=number, project_id=pk, **row._asdict()) for number, row in changed.items() if number > 0)
    Indicator.objects.bulk_create(
        Indicator(project_id=pk, **row._asdict()) for number, row in changed.items() if number < 0
    )


def _upsert(indicators: Iterable[Indicator]) -> None:
    Indicator.objects.bulk_create(
        indicators, update_conflicts=True, unique_fields=["id"], update_fields=list(IndicatorRow._fields)
    )
