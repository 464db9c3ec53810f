"""Takes the marks of all charts from the totals of the projects that a filter finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import F, QuerySet
from django.urls import reverse

from perfgoals.prepared import as_array
from projects.charts.marks import Block, Flow, Mark, Picture
from projects.filters import ProjectFilter
from projects.models import Project
from projects.querysets import ProjectQuerySet
from projects.rollups.models import ProjectTally
from projects.totals import Layout, Pivot, Summary, pivot_table, plus, refusal
from projects.totals.changes import Change
from projects.totals.dimensions import DIMENSIONS
from projects.totals.layout import MOST_IN_ONE_PIECE
from projects.totals.pivot import Cell, Line
from projects.totals.waiting import BY_REGION, BY_TOP, by_place

MOST_DEPARTMENTS: Final = 14
"""Departments with a mark of their own; the others are one mark together."""
MOST_PROJECTS: Final = 120
"""Projects with a mark of their own; what their departments have besides is one mark each."""


BY_DEPARTMENT: Final = Layout(("department",), "source")


def layout_for(found: ProjectFilter, whole: Summary | None) -> Layout | None:
    """The table that charts draw: by departments, by regions where these are too many to wait for, ``None`` where both are."""
    layouts = (BY_DEPARTMENT, by_place(found))
    return next((layout for layout in layouts if not refusal(found, layout, whole)), None)


def picture_of(found: ProjectFilter, layout: Layout = BY_DEPARTMENT, *, number: int = 0) -> Picture:
    """The marks of all charts, of ``number`` projects. Marks of departments, of sources and of years each add up to the whole."""
    pivot = pivot_table(found, layout, by_page=number > MOST_IN_ONE_PIECE)
    by = DIMENSIONS["department" if layout == BY_DEPARTMENT else "region"].label
    lines = _lines(pivot, by)
    whole = pivot.whole
    return Picture(
        by,
        _mark("", "合计", whole.total),
        tuple(_mark_of(line, layout) for line in lines),
        _sources(pivot, whole),
        _years(found),
        _blocks(found, lines, layout),
        tuple(_flows(lines, layout)),
    )


def _lines(pivot: Pivot, by: str) -> list[Line]:
    """The largest departments (or divisions of the highest level), and all others as one."""
    places = [place for place in pivot.places if not place.depth]
    if not pivot.row_dimensions[0].is_ranked:
        places.sort(key=lambda place: pivot.amount_at(place) or 0, reverse=True)
    if len(places) <= MOST_DEPARTMENTS + 1:
        return pivot.lines_at(places)
    shown, others = places[:MOST_DEPARTMENTS], places[MOST_DEPARTMENTS:]
    return [*pivot.lines_at(shown), pivot.gathered_line(others, f"其他 {len(others)} 个{by}")]


def _sources(pivot: Pivot, whole: Line) -> tuple[Mark, ...]:
    columns = zip(pivot.columns, whole.cells, strict=True)
    return tuple(_mark(column.member.key, column.member.label, cell) for column, cell in columns)


def _mark(key: str, label: str, cell: Cell, layout: Layout = BY_DEPARTMENT, change: Change | None = None) -> Mark:
    return Mark(key, label, cell.sums.amount, cell.sums.count, _address(cell.query, layout), change)


def _mark_of(line: Line, layout: Layout = BY_DEPARTMENT) -> Mark:
    return _mark(line.place.key[-1], line.place.label, line.total, layout, line.change)


def _address(query: str | None, layout: Layout) -> str:
    """The list behind a mark; the table of totals where no address is long enough to say which they are."""
    return (
        f"{reverse('totals')}?by={layout.preset or BY_REGION.preset}"
        if query is None
        else f"{reverse('project-list')}?{query}"
    )


def _years(found: ProjectFilter) -> tuple[Mark, ...]:
    return tuple(_mark_of(line) for line in reversed(list(pivot_table(found, Layout(("year",))).lines)))


def _flows(lines: Sequence[Line], layout: Layout) -> list[Flow]:
    return [
        Flow(source, department, cell.sums.amount, _address(cell.query, layout) if cell.sums.count else "")
        for department, line in enumerate(lines)
        for source, cell in enumerate(line.cells)
        if cell.sums.amount is not None
    ]


def _blocks(found: ProjectFilter, lines: Sequence[Line], layout: Layout) -> tuple[Block, ...]:
    largest = _largest(found)
    # A department's own key, or those of the regions that a division holds.
    line_of = {
        member.key.removesuffix("+"): at
        for at, line in enumerate(lines) for top in line.place.members for _, member in top.walk()
    }  # fmt: skip
    parts: dict[int, list[Mark]] = {}
    for project in largest.only("pk", "name", "amount", "department_id", "region_id", "tally__top").select_related(
        "tally"
    ):
        where = {BY_TOP: project.tally.top, BY_REGION: project.region_id}
        key = where.get(layout, str(project.department_id or "none"))
        mark = Mark(str(project.pk), project.name, project.amount, 1, project.get_absolute_url())
        if (at := line_of.get(key)) is not None:
            parts.setdefault(at, []).append(mark)
    return tuple(_block(_mark_of(line, layout), parts.get(at, [])) for at, line in enumerate(lines))


def _largest(found: ProjectFilter) -> ProjectQuerySet:
    in_order = (F("amount").desc(nulls_last=True), F("pk").asc())
    own: QuerySet[Any]
    if found.settled is not None:
        # Tallies are narrow, and are met in the order of the numbers.
        own = ProjectTally.objects.filter(project__among=as_array(found.settled), amount__gt=0)
    else:
        own = found.in_order(MOST_PROJECTS).filter(amount__gt=0)
    # Their numbers first: with the tables that they are joined to, PostgreSQL would sort all projects of a province.
    keys = list(own.order_by(*in_order).values_list("pk", flat=True)[:MOST_PROJECTS])
    return Project.objects.filter(pk__in=keys).order_by(*in_order)


def _block(whole: Mark, shown: Sequence[Mark]) -> Block:
    rest = whole.count - len(shown)
    if not rest:
        return Block(whole, tuple(shown))
    told = plus(mark.amount for mark in shown)
    amount = whole.amount if told is None or whole.amount is None else whole.amount - told
    label = f"其余 {rest} 个项目" if shown else f"{rest} 个项目"
    return Block(whole, (*shown, Mark("rest", label, amount, rest, whole.url)))
