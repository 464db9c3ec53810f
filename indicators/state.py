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
from typing import Any, Final, NamedTuple, TypeVar

from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from indicators.models import Goal, GoalEvent, Indicator, IndicatorEvent
from perfgoals.bulk import update_rows
from projects.models import Funding, FundingEvent, Project, ProjectEvent

FIELDS: Final = tuple(
    field.attname
    for field in Project._meta.concrete_fields
    if field.name not in {"id", "created_at", "updated_at"} and not field.generated
)
"""The project's own columns, as its history has them."""

HISTORIES: Final[tuple[tuple[Any, str], ...]] = (
    (ProjectEvent, "pgh_obj"), (FundingEvent, "project"), (GoalEvent, "project"), (IndicatorEvent, "project"),
)  # fmt: skip
"""The event tables of a project, each with the column that names the project."""

_Key = TypeVar("_Key")
_Part = TypeVar("_Part")

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
    return pk in write_states({pk: (current, wanted)})


def write_states(changes: Mapping[int, tuple[State, State]]) -> frozenset[int]:
    """Store the differences between the current and the wanted states of projects, whose rows the caller has locked.

    Which projects there was any of. In a number of statements that grows with the kinds of differences, and not with
    the projects.
    """
    changed = {pk: (current, wanted) for pk, (current, wanted) in changes.items() if current != wanted}
    _write_fields({pk: _new_fields(current, wanted) for pk, (current, wanted) in changed.items()})
    for pk, (current, wanted) in changed.items():
        _delete_parts(pk, current, wanted)
    _write_funding({pk: _new(current.funding, wanted.funding) for pk, (current, wanted) in changed.items()})
    _write_goals({pk: _new(current.goals, wanted.goals) for pk, (current, wanted) in changed.items()})
    _write_indicators({pk: _new(current.indicators, wanted.indicators) for pk, (current, wanted) in changed.items()})
    return frozenset(changed)


def create_project(state: State) -> Project:
    """Store a state as a new project."""
    project = Project.objects.create(**state.fields)
    _write_funding({project.pk: state.funding})
    _write_goals({project.pk: state.goals})
    _write_indicators({project.pk: state.indicators})
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


def _new_fields(current: State, wanted: State) -> dict[str, Any]:
    return {name: value for name, value in wanted.fields.items() if value != current.fields[name]}


def _new(current: Mapping[_Key, _Part], wanted: Mapping[_Key, _Part]) -> dict[_Key, _Part]:
    return {key: part for key, part in wanted.items() if current.get(key) != part}


def _write_fields(changes: Mapping[int, Mapping[str, Any]]) -> None:
    now = timezone.now()
    alike: dict[tuple[str, ...], dict[int, tuple[Any, ...]]] = {}
    for pk, fields in changes.items():
        alike.setdefault(tuple(fields), {})[pk] = (*fields.values(), now)
    for names, rows in alike.items():
        update_rows(Project, [*names, "updated_at"], rows)


def _delete_parts(pk: int, current: State, wanted: State) -> None:
    if gone := current.funding.keys() - wanted.funding.keys():
        cells = models.Q()
        for scope, source in gone:
            cells |= models.Q(scope=scope, source=source)
        Funding.objects.filter(cells, project=pk).delete()
    if scopes := current.goals.keys() - wanted.goals.keys():
        Goal.objects.filter(project=pk, scope__in=scopes).delete()
    if numbers := current.indicators.keys() - wanted.indicators.keys():
        Indicator.objects.filter(project=pk, pk__in=numbers).delete()


def _write_funding(changes: Mapping[int, Mapping[tuple[str, str], Cell]]) -> None:
    Funding.objects.bulk_create(
        (
            Funding(project_id=pk, scope=scope, source_id=source, amount=cell.amount, printed=cell.printed)
            for pk, cells in changes.items() for (scope, source), cell in cells.items()
        ),
        update_conflicts=True, unique_fields=["project", "scope", "source"], update_fields=["amount", "printed"],
    )  # fmt: skip


def _write_goals(changes: Mapping[int, Mapping[str, str]]) -> None:
    Goal.objects.bulk_create(
        (Goal(project_id=pk, scope=scope, text=text) for pk, goals in changes.items() for scope, text in goals.items()),
        update_conflicts=True, unique_fields=["project", "scope"], update_fields=["text"],
    )  # fmt: skip


def _write_indicators(changes: Mapping[int, Mapping[int, IndicatorRow]]) -> None:
    rows = [(pk, number, row) for pk, indicators in changes.items() for number, row in indicators.items()]
    # A row that was deleted before comes back under its own number.
    Indicator.objects.bulk_create(
        (Indicator(pk=number, project_id=pk, **row._asdict()) for pk, number, row in rows if number > 0),
        update_conflicts=True, unique_fields=["id"], update_fields=list(IndicatorRow._fields),
    )  # fmt: skip
    Indicator.objects.bulk_create(Indicator(project_id=pk, **row._asdict()) for pk, number, row in rows if number < 0)
