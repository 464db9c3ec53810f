"""Takes the marks of all charts from the totals of the projects that a filter finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.urls import reverse

from projects.charts.marks import Block, Flow, Mark, Picture
from projects.filters import ProjectFilter
from projects.models import Project
from projects.totals import Layout, Pivot, pivot_table, plus
from projects.totals.changes import Change
from projects.totals.pivot import Cell, Line

MOST_DEPARTMENTS: Final = 14
"""Departments with a mark of their own; the others are one mark together."""
MOST_PROJECTS: Final = 120
"""Projects with a mark of their own; what their departments have besides is one mark each."""


def picture_of(found: ProjectFilter) -> Picture:
    """The marks of all charts. Marks of departments, of sources and of years each add up to the whole."""
    pivot = pivot_table(found, Layout(("department",), "source"))
    lines = _lines(pivot)
    whole = pivot.whole
    return Picture(
        _mark("", "合计", whole.total),
        tuple(_mark_of(line) for line in lines),
        _sources(pivot, whole),
        _years(found),
        _blocks(found, lines),
        tuple(_flows(lines)),
    )


def _lines(pivot: Pivot) -> list[Line]:
    """The largest departments, and all others as one."""
    places = pivot.places
    if len(places) <= MOST_DEPARTMENTS + 1:
        return [pivot.line(place) for place in places]
    shown, others = places[:MOST_DEPARTMENTS], places[MOST_DEPARTMENTS:]
    return [*map(pivot.line, shown), pivot.gathered_line(others, f"其他 {len(others)} 个部门")]


def _sources(pivot: Pivot, whole: Line) -> tuple[Mark, ...]:
    columns = zip(pivot.columns, whole.cells, strict=True)
    return tuple(_mark(column.member.key, column.member.label, cell) for column, cell in columns)


def _mark(key: str, label: str, cell: Cell, change: Change | None = None) -> Mark:
    return Mark(key, label, cell.sums.amount, cell.sums.count, _address(cell.query), change)


def _mark_of(line: Line) -> Mark:
    return _mark(line.place.key[-1], line.place.label, line.total, line.change)


def _address(query: str | None) -> str:
    """The list behind a mark; the totals by department where no address is long enough to say which they are."""
    return f"{reverse('totals')}?by=department" if query is None else f"{reverse('project-list')}?{query}"


def _years(found: ProjectFilter) -> tuple[Mark, ...]:
    return tuple(_mark_of(line) for line in reversed(list(pivot_table(found, Layout(("year",))).lines)))


def _flows(lines: Sequence[Line]) -> list[Flow]:
    return [
        Flow(source, department, cell.sums.amount, _address(cell.query) if cell.sums.count else "")
        for department, line in enumerate(lines)
        for source, cell in enumerate(line.cells)
        if cell.sums.amount is not None
    ]


def _blocks(found: ProjectFilter, lines: Sequence[Line]) -> tuple[Block, ...]:
    largest = Project.objects.filter(pk__in=found.qs.order_by().values("pk"), amount__gt=0).order_by("-amount", "pk")
    by_department: dict[str, list[Mark]] = {}
    for project in largest.only("pk", "name", "amount", "department_id")[:MOST_PROJECTS]:
        mark = Mark(str(project.pk), project.name, project.amount, 1, project.get_absolute_url())
        by_department.setdefault(str(project.department_id or "none"), []).append(mark)
    return tuple(_block(_mark_of(line), by_department.get(line.place.key[-1], [])) for line in lines)


def _block(whole: Mark, shown: Sequence[Mark]) -> Block:
    rest = whole.count - len(shown)
    if not rest:
        return Block(whole, tuple(shown))
    told = plus(mark.amount for mark in shown)
    amount = whole.amount if told is None or whole.amount is None else whole.amount - told
    label = f"其余 {rest} 个项目" if shown else f"{rest} 个项目"
    return Block(whole, (*shown, Mark("rest", label, amount, rest, whole.url)))
