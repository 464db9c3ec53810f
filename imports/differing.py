"""All projects that differ from their source, found without comparing every project.

**Candidates.** A project differs only if something else than an import run wrote to it, or if departments changed: the
run that took it in stored exactly what its record states, and every later run keeps that so, since a fact that stands
as the last record states it follows the new one (`imports.facts.merge`). (An interchange file is another matter: it may
carry people's edits, and never replaces the record of a text that it cites. What such a run changed is a candidate.) So
whatever else differs began with an event outside of any run: a person's, the command line's, or one from before history, which has no context. Events are never
taken back, so that these candidates are a superset for good; what was restored stays among them. Only departments can
change what a source means without any event of the project: printed names can be given to another department, and
departments renamed. So a project whose printed name does not mean its department, or whose department once had another
name, is a candidate too.

**Cost.** No count is stored: it would have to be kept true by every way of writing, by joining departments and by
reading a source anew. Measured with 102,000 projects and 3.3 million events, 3,000 of the projects edited, on two busy
cores: finding the candidates among all projects takes 1.3 s, since the event tables are read once from end to end; among
4,000 projects 0.35 s and among the 900 of a department 0.08 s, by the indexes of the projects' histories. (An index by
context would not help once most contexts are people's.) Comparing takes one to two milliseconds a candidate. What came
of it is kept in the process for as long as nothing that it rests on has changed (`_Stamp`), so that turning pages and
coming back compare next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL
from pghistory.models import Context

from imports.comparison import compare
from imports.layouts import interchange
from imports.models import ImportRun, SourceRecord
from imports.stored import BATCH, with_parts
from indicators.models import GoalEvent, IndicatorEvent
from indicators.state import newest_event
from perfgoals.models import User
from projects.models import Department, DepartmentEvent, DepartmentName, FundingEvent, Project, ProjectEvent
from projects.querysets import ProjectQuerySet

FEW: Final = 5000
"""Projects whose histories are looked up one by one; of more, the event tables are read whole."""
MOST_KEPT: Final = 200_000
MOST_NAMED: Final = 4
_OWNERS: Final[tuple[tuple[Any, str], ...]] = (
    (ProjectEvent, "pgh_obj"), (FundingEvent, "project"), (GoalEvent, "project"), (IndicatorEvent, "project"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A project that differs: in how many facts, and what the first few are called."""

    pk: int
    count: int
    labels: tuple[str, ...]


class _Stamp(NamedTuple):
    """What a comparison rests on: it stays right while this is the same."""

    version: int
    record: int
    row: str
    """The record's row version, since a better reader may state its draft anew."""
    names: str
    """Digest of all departments and their printed names."""


@dataclass(slots=True)
class Row:
    """A project as the list shows it."""

    project: Project
    count: int
    labels: tuple[str, ...]
    changed_at: datetime | None = None
    changed_by: str = ""

    @property
    def more(self) -> int:
        """Differences that are not named."""
        return self.count - len(self.labels)


_kept: dict[int, tuple[_Stamp, Found]] = {}


def differing(projects: ProjectQuerySet) -> list[Found]:
    """Those of the projects that differ from their source, the last changed first."""
    stamps = _stamps(candidates(projects))
    found = [*_compared(stamps)]
    return sorted((one for one in found if one.count), key=lambda one: (-stamps[one.pk].version, -one.pk))


def candidates(projects: ProjectQuerySet) -> list[int]:
    """Numbers of the projects that may differ from their source: all that do, and some more."""
    stated = projects.filter(Exists(SourceRecord.objects.filter(project=OuterRef("pk"), is_current=True))).order_by()
    few = list(stated.values_list("pk", flat=True)[: FEW + 1])
    if not few:
        return []
    found = {pk for events, owner in _OWNERS for pk in _written_by_people(events, owner, few)}
    found |= _changed_by_interchange(few)
    if len(few) > FEW:
        found &= set(stated.values_list("pk", flat=True))
    return sorted(found.union(_elsewhere(stated)))


def rows_of(found: Sequence[Found]) -> list[Row]:
    """The rows of one page, in as many statements however many."""
    projects = Project.objects.select_related("region", "department").in_bulk([one.pk for one in found])
    rows = {one.pk: Row(projects[one.pk], one.count, one.labels) for one in found if one.pk in projects}
    _add_last_changes(rows)
    return list(rows.values())


def _written_by_people(events: Any, owner: str, few: Sequence[int]) -> Iterable[int]:
    runs = Context.objects.filter(metadata__has_key="run").values("pk")
    pks: Iterable[int] = _narrowed(events.objects.exclude(pgh_context__in=runs), owner, few).values_list(
        owner, flat=True
    )
    return pks


def _changed_by_interchange(few: Sequence[int]) -> set[int]:
    """Projects that an interchange file changed; the record of one that it made states what it made."""
    runs = ImportRun.objects.filter(layout=interchange.NAME).exclude(changed=0, conflicts=0)
    numbers = list(runs.values_list("pk", flat=True))
    if not numbers:
        return set()
    contexts = Context.objects.filter(metadata__run__in=numbers).values("pk")
    written: set[tuple[int, object]] = set()
    for events, owner in _OWNERS:
        by_run = _narrowed(events.objects.filter(pgh_context__in=contexts), owner, few)
        written |= set(by_run.values_list(owner, "pgh_context"))
    made = ProjectEvent.objects.filter(pgh_label="insert", pgh_context__in=contexts)
    return {pk for pk, _ in written.difference(made.values_list("pgh_obj", "pgh_context"))}


def _narrowed(written: Any, owner: str, few: Sequence[int]) -> Any:
    """Events of these projects, or of all where these are many; each project once."""
    return (written.filter(**{f"{owner}__in": few}) if len(few) <= FEW else written).order_by().distinct()


def _elsewhere(stated: ProjectQuerySet) -> set[int]:
    """Projects whose printed name may mean another department than their own."""
    meant = DepartmentName.objects.filter(
        region=OuterRef("region"), printed=OuterRef("department_printed"), department=OuterRef("department")
    )
    unknown = stated.exclude(department=None, department_printed=None).filter(~Exists(meant))
    # Asked for apart: an anti-join that stands in an OR is looked up project by project.
    departments = Department.objects.filter(
        Exists(DepartmentEvent.objects.filter(pgh_obj=OuterRef("pk")).exclude(name=OuterRef("name")))
    )
    renamed = stated.filter(department__in=list(departments.values_list("pk", flat=True)))
    return {*unknown.values_list("pk", flat=True), *renamed.values_list("pk", flat=True)}


def _stamps(pks: Sequence[int]) -> dict[int, _Stamp]:
    if not pks:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT concat((SELECT sum(hashtextextended(d::text, 0)) FROM projects_department d), '/',"
            " (SELECT sum(hashtextextended(n::text, 0)) FROM projects_departmentname n))"
        )
        (names,) = cursor.fetchone()
    row = RawSQL("imports_sourcerecord.xmin::text", ())
    records = SourceRecord.objects.filter(is_current=True, project__in=pks).order_by()
    stated = {project: (pk, stamp) for project, pk, stamp in records.values_list("project", "pk", row)}
    versions = Project.objects.filter(pk__in=stated).order_by().values_list("pk", newest_event())
    return {pk: _Stamp(version, *stated[pk], names) for pk, version in versions}


def _compared(stamps: dict[int, _Stamp]) -> Iterator[Found]:
    stale = [pk for pk, stamp in stamps.items() if pk not in _kept or _kept[pk][0] != stamp]
    if len(_kept) + len(stale) > MOST_KEPT:
        _kept.clear()
        stale = list(stamps)
    for start in range(0, len(stale), BATCH):
        projects = with_parts(Project.objects.filter(pk__in=stale[start : start + BATCH]).order_by())
        for one in compare(projects):
            labels = tuple(difference.label for difference in one.differences[:MOST_NAMED])
            _kept[one.pk] = stamps[one.pk], Found(one.pk, len(one.differences), labels)
    return (_kept[pk][1] for pk in stamps if pk in _kept)


def _add_last_changes(rows: dict[int, Row]) -> None:
    newest: dict[int, tuple[int, datetime, dict[str, Any] | None]] = {}
    for events, owner in _OWNERS:
        last = events.objects.filter(**{f"{owner}__in": rows}).order_by(owner, "-pgh_id").distinct(owner)
        for pk, *event in last.values_list(owner, "pgh_id", "pgh_created_at", "pgh_context__metadata"):
            newest[pk] = max(newest.get(pk, (0,)), tuple(event), key=lambda entry: entry[0])
    contexts = {pk: metadata or {} for pk, (_, _, metadata) in newest.items()}
    people = User.objects.in_bulk({context["user"] for context in contexts.values() if context.get("user")})
    for pk, (_, changed_at, _) in newest.items():
        user = people.get(contexts[pk].get("user"))
        rows[pk].changed_at = changed_at
        rows[pk].changed_by = (user.get_full_name() or user.get_username()) if user else ""
