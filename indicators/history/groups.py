"""Groups of changes, told in words: who, when, why, and what each of them did to a project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, OuterRef, Q, Subquery, When
from pghistory.models import Context

from indicators.history.reviews import told_at
from indicators.history.tables import NO_PROJECT, TABLES, owner_of
from indicators.history.walk import DIRECT, Place
from indicators.history.words import FUNDING, GOALS, INDICATORS, Change, Names, changes_between, counted
from indicators.state import FIELDS, Cell, IndicatorRow, State
from perfgoals.models import User
from projects.models import Department, DepartmentEvent, Project, ProjectEvent, Region

ACTIONS: Final = {
    "edit": "修改",
    "create": "新增",
    "import": "导入",
    "table": "导入修改过的表格",
    "restore": "恢复到以前的状态",
    "restore_printed": "恢复为来源文件的内容",
    "set_department": "批量设置部门",
    "set_attribute": "批量设置项目属性",
    "correction": "按审核意见修改",
    "finding_accept": "认可审核意见",
    "finding_withdraw": "撤回认可审核意见",
    "review": "填写审核表",
    "sign-review": "签署审核表",
    "rules": "设置审核规则",
    "copy": "复制到其他年度",
    "archive": "归档",
    "unarchive": "取消归档",
    "join_departments": "合并部门",
    "department": "登记部门",
    DIRECT: "直接写入数据库",
}
"""Action of a context → what the site calls it."""
OF_NO_PROJECT: Final = frozenset({"rules"})
"""Actions that no project's own history has."""
OTHER_ACTION: Final = "变更"
NO_PERSON: Final = "命令行"
UNKNOWN_PERSON: Final = "数据库"


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that one request, one command or one import wrote."""

    key: tuple[UUID | None, datetime]
    time: datetime
    person: str
    username: str
    """Empty where nobody was logged in."""
    action: str
    reason: str = ""
    run: int | None = None
    """Number of the import run."""
    url: str = ""
    restored: int | None = None
    """The version that was brought back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a group did to one project."""

    group: Group
    project: Project | None
    """``None`` where rules were set."""
    version: int | None
    """The project's version when the group was done; ``None`` where the group left the form as it is."""
    changes: list[Change] = field(default_factory=list)
    other_count: int = 0
    """Changes that were not asked for."""
    made: str = ""
    """What the project held when the group made it, counted; empty where it existed before."""

    @property
    def is_new(self) -> bool:
        """Whether the group made the project."""
        return bool(self.made)


@dataclass(slots=True)
class _Events:
    """The events of one place: for each part, the rows that it touched, first and last event of each."""

    firsts: dict[str, dict[int, Any]] = field(default_factory=lambda: {part: {} for part in TABLES})
    lasts: dict[str, dict[int, Any]] = field(default_factory=lambda: {part: {} for part in TABLES})

    def add(self, part: str, event: Any) -> None:
        self.firsts[part].setdefault(event.pgh_obj_id, event)
        self.lasts[part][event.pgh_obj_id] = event

    @property
    def newest(self) -> Any:
        """The last event of all."""
        return max((event for part in self.lasts.values() for event in part.values()), key=attrgetter("pgh_id"))


def read_entries(places: Sequence[Place], topic: str = "") -> list[Entry]:
    """The places in words, in their order. With a topic, only its changes are told and the others counted.

    The number of statements does not grow with the number of places.
    """
    same_group = _of_groups(places)
    events, reviews = _events_at(places, same_group), told_at(places, same_group)
    earlier = {part: _previous(part, events.values()) for part in TABLES}
    states = {place: _before_and_after(found, earlier) for place, found in events.items()}
    projects = Project.objects.select_related("region", "department").in_bulk({place.project for place in places})
    times = {place: told.newest.pgh_created_at for place, told in reviews.items()}
    groups = _groups({**times, **{place: found.newest.pgh_created_at for place, found in events.items()}})
    names = names_in(state for pair in states.values() for state in pair)
    entries = []
    for place in places:
        # Events never vanish, but a project may be out of sight by now.
        if place not in groups or (place.project != NO_PROJECT and place.project not in projects):
            continue
        found = events.get(place)
        old, new = states[place] if found else (State({}), State({}))
        is_new = found is not None and _makes_project(found, earlier[""])
        changes = [] if is_new else changes_between(old, new, names)
        changes += reviews[place].changes if place in reviews else []
        told = [change for change in changes if topic in ("", change.topic)]
        entries.append(
            Entry(
                groups[place], projects.get(place.project), found.newest.pgh_id if found else None, told,
                len(changes) - len(told), counted(new) if is_new else "",
            )
        )  # fmt: skip
    return entries


def grouped(entries: Iterable[Entry]) -> list[tuple[Group, list[Entry]]]:
    """Entries that follow one another and are of one group, under their group."""
    return [(members[0].group, members) for members in (list(run) for _, run in groupby(entries, lambda e: e.group))]


def names_in(states: Iterable[State]) -> Names:
    """The names of the regions and departments that states mention, also of departments that are gone."""
    departments: set[int] = set()
    regions: set[str] = set()
    for state in states:
        departments.add(state.fields.get("department_id") or 0)
        regions.add(state.fields.get("region_id") or "")
    return Names(
        dict(Region.objects.filter(pk__in=regions).values_list("pk", "name")), department_names(departments)
    )  # fmt: skip


def department_names(numbers: Collection[int]) -> dict[int, str]:
    """Departments' names, the last one of those that are gone."""
    names = dict(Department.objects.filter(pk__in=numbers).values_list("pk", "name"))
    gone = DepartmentEvent.objects.filter(pgh_obj__in=set(numbers) - names.keys()).order_by("pgh_obj", "-pgh_id")
    return {**dict(gone.distinct("pgh_obj").values_list("pgh_obj", "name")), **names}


# --- Events ------------------------------------------------------------------------------------------------------


def _of_groups(places: Sequence[Place]) -> Q:
    """That an event is of the group of one of the places."""
    same_group = Q(pgh_context__in={place.context for place in places if place.context})
    if moments := {place.moment for place in places if place.moment}:
        same_group |= Q(pgh_context=None, pgh_created_at__in=moments)
    return same_group


def _events_at(places: Sequence[Place], same_group: Q) -> dict[Place, _Events]:
    """The events of each place, in their order."""
    of = {(place.project, place.context, place.moment): place for place in places}
    found: dict[Place, _Events] = {}
    for part, events in TABLES.items():
        owner = owner_of(events)
        # What stood before is read for the first event of a row only; new rows have nothing before them.
        same_row = {name: OuterRef(name) for name in (owner, "pgh_obj")}
        earlier = events.objects.filter(pgh_id__lt=OuterRef("pgh_id"), **same_row)
        before = Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
        in_projects = events.objects.filter(same_group, **{f"{owner}__in": {place.project for place in places}})
        needed = Case(When(~Q(pgh_label="insert"), then=before)) if part else before
        for event in in_projects.annotate(before=needed).order_by("pgh_id"):
            moment = None if event.pgh_context_id else event.pgh_created_at
            place = of.get((getattr(event, f"{owner}_id"), event.pgh_context_id, moment))
            if place is not None:
                found.setdefault(place, _Events()).add(part, event)
    return found


def _previous(part: str, groups: Iterable[_Events]) -> dict[int, Any]:
    """The events that stood before those groups, by their numbers."""
    numbers = {event.before for group in groups for event in group.firsts[part].values() if event.before}
    previous: dict[int, Any] = TABLES[part].objects.in_bulk(numbers) if numbers else {}
    return previous


def _before_and_after(events: _Events, earlier: Mapping[str, Mapping[int, Any]]) -> tuple[State, State]:
    """What the group touched, as it stood before and after."""
    old, new = State({}), State({})
    for part in TABLES:
        for event in events.firsts[part].values():
            _put(old, part, earlier[part].get(event.before))
        for event in events.lasts[part].values():
            _put(new, part, event)
    return old, new


def _put(state: State, part: str, event: Any) -> None:
    if event is None or event.pgh_label == "delete":
        return
    if part == FUNDING:
        state.funding[event.scope, event.source_id] = Cell(event.amount, event.printed)
    elif part == GOALS:
        state.goals[event.scope] = event.text
    elif part == INDICATORS:
        state.indicators[event.pgh_obj_id] = IndicatorRow(*(getattr(event, name) for name in IndicatorRow._fields))
    else:
        state.fields = {name: getattr(event, name) for name in FIELDS}


def _makes_project(events: _Events, earlier: Mapping[int, Any]) -> bool:
    first: ProjectEvent | None = next(iter(events.firsts[""].values()), None)
    return first is not None and first.before not in earlier


# --- Who and why -------------------------------------------------------------------------------------------------


def _groups(times: Mapping[Place, datetime]) -> dict[Place, Group]:
    contexts = Context.objects.in_bulk({place.context for place in times if place.context})
    said = {pk: context.metadata for pk, context in contexts.items()}
    people = User.objects.in_bulk({facts["user"] for facts in said.values() if facts.get("user")})
    return {place: group_of(time, place.context, said.get(place.context), people) for place, time in times.items()}


def group_of(
    time: datetime, context: UUID | None, facts: Mapping[str, Any] | None, people: Mapping[int, User]
) -> Group:  # fmt: skip
    """A group from what its context says; ``None`` is no context."""
    if facts is None:
        return Group((context, time), time, UNKNOWN_PERSON, "", ACTIONS[DIRECT])
    number = facts.get("user")
    user = people.get(number) if number else None
    person = user.display_name if user else f"已删除的用户（编号 {number}）" if number else NO_PERSON
    return Group(
        (context, time), time, person, user.username if user else "", ACTIONS.get(facts.get("action", ""), OTHER_ACTION),
        facts.get("reason", ""), facts.get("run"), facts.get("url", ""), facts.get("version"),
    )  # fmt: skip
