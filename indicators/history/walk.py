"""Finding places in the history: which group of changes touched which project, the newest first.

Pages follow one another by event numbers (never by OFFSET), and the work of a page is bounded however long the history
is and however little of it is asked for: a page that had to stop early says how far it looked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from pghistory.models import Context

from indicators.history.moments import LONGEST, first_since, moment_below
from indicators.history.tables import NO_PROJECT, WALKED, owner_of, table_name
from indicators.history.words import RULES
from projects.models import ProjectEvent
from projects.querysets import ProjectQuerySet

FEW: Final = 200
"""Up to so many projects are read by their own index; beyond, everybody's events are walked."""
WINDOWS: Final = (20_000, 500_000)
"""Events of each table that a page looks through: first, and once more where the first held too little."""
DIRECT: Final = "direct"
"""Written to the database by other programs: no context."""
COMMAND_LINE: Final = "command-line"
"""Stands for the person where commands wrote."""


class Place(NamedTuple):
    """What one group of changes did to one project."""

    project: int
    """`NO_PROJECT` where rules were set."""
    context: UUID | None
    moment: datetime | None
    """The transaction's beginning where there is no context; it stands for one."""
    head: int
    """The newest of its events that were asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the history."""

    projects: ProjectQuerySet
    people: frozenset[int] | str | None = None
    """Numbers of users, `COMMAND_LINE`, `DIRECT`, or everybody."""
    action: str = ""
    topic: str = ""
    since: datetime | None = None
    until: datetime | None = None
    rules: Q | None = None
    """Which events of rule settings, besides; ``None`` for none."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of places."""

    places: list[Place]
    next: int | None = None
    """Where the next page begins; ``None`` at the end of the history."""
    is_cut: bool = False
    """The page is not full although there may be more: it looked far enough for one page."""


def find(wanted: Wanted, *, before: int | None, size: int) -> Found:
    """The places with events before a number (or from the newest on), the newest first."""
    bounds = _bounds(wanted, before)
    if bounds is None:
        return Found([])
    low, high = bounds
    if not _parts(wanted):
        return Found([])
    projects = wanted.projects.order_by()
    few = _few(projects)
    for window in WINDOWS if few is None else (0,):
        bottom = max(low, _bottom(wanted, high, window)) if window else low
        places = _places(wanted, projects if few is None else few, bottom, high, size + 1)
        if len(places) > size:
            return Found(places[:size], places[size - 1].head)
        if bottom == low:
            return Found(places)
    return Found(places, bottom + 1, is_cut=True)


def _few(projects: ProjectQuerySet) -> list[int] | None:
    found = list(projects.values_list("pk", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None


_PLACE: Final = ("pgh_context", "pgh_created_at", "pgh_id")


# --- What counts -------------------------------------------------------------------------------------------------


def _branches(wanted: Wanted, projects: ProjectQuerySet | list[int]) -> list[QuerySet[Any]]:
    """The events that are asked for, of each table that has any: owner, context, time and number."""
    in_projects = isinstance(projects, list) or projects.query.where
    branches = []
    for part in _parts(wanted):
        events = WALKED[part]
        branch = events.objects.filter(*_conditions(wanted)).order_by()
        if part == RULES:
            branches.append(branch.filter(wanted.rules or Q()).values_list(Value(NO_PROJECT), *_PLACE))
            continue
        owner = owner_of(events)
        if in_projects:
            chosen = projects if isinstance(projects, list) else projects.values("pk")
            branch = branch.filter(**{f"{owner}__in": chosen})
        if wanted.topic:
            branch = _changed(branch, wanted.topic) if not part else branch.exclude(_of_new_project(owner))
        branches.append(branch.values_list(owner, *_PLACE))
    return branches


def _parts(wanted: Wanted) -> list[str]:
    """The parts whose events can be about the topic; a column is the project's own."""
    parts = [wanted.topic if wanted.topic in WALKED else ""] if wanted.topic else list(WALKED)
    return [part for part in parts if part != RULES or wanted.rules is not None]


def _conditions(wanted: Wanted) -> list[Q]:
    conditions = [Q(**{f"pgh_context__{lookup}": value}) for lookup, value in _said(wanted).items()]
    if wanted.people == COMMAND_LINE:
        conditions.append(Q(pgh_context__id__isnull=False))
    if DIRECT in (wanted.action, wanted.people):
        conditions.append(Q(pgh_context=None))
    if wanted.since:
        conditions.append(Q(pgh_created_at__gte=wanted.since))
    if wanted.until:
        conditions.append(Q(pgh_created_at__lt=wanted.until))
    return conditions


def _said(wanted: Wanted) -> dict[str, Any]:
    """What contexts must say, as lookups of them."""
    said: dict[str, Any] = {}
    if wanted.people == COMMAND_LINE:
        said["metadata__user__isnull"] = True
    elif isinstance(wanted.people, frozenset):
        said["metadata__user__in"] = sorted(wanted.people)
    if wanted.action not in ("", DIRECT):
        said["metadata__action"] = wanted.action
    return said


def _changed(branch: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Updates of a project in which the column is not what it was."""
    earlier = ProjectEvent.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    was = Subquery(earlier.order_by("-pgh_id").values(column)[:1])
    differs = Func(
        was, F(column), template="(%(expressions)s)", arg_joiner=" IS DISTINCT FROM ", output_field=BooleanField()
    )
    return branch.filter(differs, pgh_label="update")


def _of_new_project(owner: str) -> Exists:
    """That the group made the project: its parts are not changes of it."""
    made = ProjectEvent.objects.filter(pgh_obj=OuterRef(owner), pgh_label="insert")
    same = Q(pgh_context=OuterRef("pgh_context")) | Q(pgh_context=None, pgh_created_at=OuterRef("pgh_created_at"))
    return Exists(made.filter(same))


# --- Statements --------------------------------------------------------------------------------------------------

_ENTRIES: Final = """
SELECT owner, context, moment, head FROM (
    SELECT owner, context, CASE WHEN context IS NULL THEN created END AS moment, max(id) AS head
    FROM ({within}) AS event (owner, context, created, id) GROUP BY 1, 2, 3
) AS entry
{unshown}
ORDER BY head DESC LIMIT %s
"""
# A group whose newest events are on an earlier page was shown there whole. A scalar subquery, since the planner would
# turn NOT EXISTS into one join over everything above the page.
_UNSHOWN: Final = """
WHERE (
    SELECT true FROM ({above}) AS event (owner, context, created, id)
    WHERE event.owner = entry.owner AND event.context IS NOT DISTINCT FROM entry.context
        AND (entry.moment IS NULL OR event.created = entry.moment)
    LIMIT 1
) IS NULL
"""
_BOTTOM: Final = "(SELECT pgh_id FROM {table} WHERE {below} ORDER BY pgh_id DESC OFFSET %s LIMIT 1)"


def _places(
    wanted: Wanted, projects: ProjectQuerySet | list[int], bottom: int, high: int | None, limit: int
) -> list[Place]:
    branches = _branches(wanted, projects)
    within = [branch.filter(pgh_id__gt=bottom, **({"pgh_id__lt": high} if high else {})) for branch in branches]
    above = [branch.filter(pgh_id__gte=high) for branch in branches] if high else []
    sql, parameters = _union(within)
    if not sql:
        return []
    unshown, more = _union(above)
    statement = _ENTRIES.format(within=sql, unshown=_UNSHOWN.format(above=unshown) if unshown else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, *more, limit])
        return [Place(*row) for row in cursor.fetchall()]


def _union(branches: Sequence[QuerySet[Any]]) -> tuple[str, list[Any]]:
    """The branches as one statement; empty where none of them can hold anything."""
    texts: list[str] = []
    parameters: list[Any] = []
    for branch in branches:
        try:
            text, more = branch.query.sql_with_params()
        except EmptyResultSet:
            continue
        texts.append(text)
        parameters += more
    return " UNION ALL ".join(texts), parameters


def _bottom(wanted: Wanted, high: int | None, window: int) -> int:
    """Down to which number a window reaches, so that it holds no more than so many events of any table."""
    below = "pgh_id < %s" if high else "true"
    tables = [table_name(WALKED[part]) for part in _parts(wanted)]
    each = [f"coalesce({_BOTTOM.format(table=table, below=below)}, 0)" for table in tables]
    parameters = [*([high] if high else []), window] * len(tables)
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(" + ", ".join(each) + ")", parameters)
        return int(cursor.fetchone()[0])


def _bounds(wanted: Wanted, before: int | None) -> tuple[int, int | None] | None:
    """Numbers between which everything asked for lies: after the first, before the second; ``None`` for nothing."""
    lows, highs = [0], [] if before is None else [before]
    if wanted.since:
        lows.append(first_since(wanted.since - LONGEST) - 1)
    if wanted.until:
        highs.append(first_since(wanted.until + LONGEST))
    if said := _said(wanted):
        # Contexts are few beside events: they say where somebody's changes can be, however much lies between.
        contexts = Context.objects.filter(**said)
        if before is not None and (moment := moment_below(before)):
            contexts = contexts.filter(created_at__lte=moment + LONGEST)
        span = contexts.aggregate(first=Min("created_at"), last=Max("created_at"))
        if span["first"] is None:
            return None
        lows.append(first_since(span["first"] - LONGEST) - 1)
        # A request may take several transactions.
        highs.append(first_since(span["last"] + 2 * LONGEST))
    return max(lows), min(highs, default=None)
