"""The table of totals: rows and columns of sums, each with the address of the list that it sums.

``pivot_table`` is for every way out: the page, its downloads, the charts and the API (`projects.totals.tables` has the
table as JSON and as a data frame).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from projects.filters import ProjectFilter
from projects.rollups.groups import groups_of
from projects.rollups.parts import Part
from projects.totals.apart import Apart
from projects.totals.changes import Change, Figure, change, measured
from projects.totals.columns import REST, Column, Columns, columns_of, gather
from projects.totals.counting import ALL, NOTHING, Cube, Key, Sums, SumsByKey, add_up
from projects.totals.dimensions import DIMENSIONS, Dimension
from projects.totals.layout import Layout
from projects.totals.links import Links
from projects.totals.members import NONE, Member, Narrowing, read_names
from projects.totals.ordering import ordered
from projects.totals.summary import Money


@dataclass(frozen=True, slots=True)
class Cell:
    """Sums, and the filters of the list that has exactly these projects (``None``: no address can say them)."""

    sums: Sums
    query: str | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing here: no project and no money."""
        return not self.sums.count and self.sums.amount is None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its members (one a dimension of rows, none in the last row) and how deep it is."""

    members: tuple[Member, ...] = ()
    depth: int = 0
    is_group: bool = False
    """It repeats rows below it."""

    @property
    def key(self) -> Key:
        return tuple(member.key for member in self.members)

    @property
    def label(self) -> str:
        return self.members[-1].label if self.members else "合计"


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its total, its cells in the order of the columns, and how its latest year changed."""

    place: Place
    total: Cell
    cells: tuple[Cell, ...]
    change: Change | None


class Pivot:
    """A table of totals. Rows are made when they are asked for: a page shows a part of them.

    ``by_page``: that is all that will be asked for, and thousands of rows are not worth counting for it.
    ``places`` are the rows, ``columns`` what stands beside each row's total. ``years`` are the latest year found and
    the one before it, which each row's change compares, or ``None``.
    """

    def __init__(self, found: ProjectFilter, layout: Layout, *, by_page: bool = False) -> None:
        self.layout = layout
        self._is_apart = by_page and layout.has_many_rows and not layout.sorts_by_cells
        self.row_dimensions = [DIMENSIONS[key] for key in layout.rows]
        self.column_dimension: Dimension | None = DIMENSIONS.get(layout.column)
        self._links = Links(found)
        self._counts_indicators = layout.measure == "indicators"
        # Sums by rows and years, where the table itself has no years. Without columns they make the table's own, else the
        # latest two are all that is compared.
        self._yearly: SumsByKey | None = None
        self._cube: SumsByKey
        if "year" in layout.dimensions:
            self._cube = self._count(found, layout.dimensions)
        elif self.column_dimension is None:
            self._yearly = self._count(found, (*layout.rows, "year"))
            self._cube = self._yearly.over_last()
        else:
            self._cube = self._count(found, layout.dimensions)
            years = sorted((int(year) for (year,), _ in groups_of(found, ["year"])), reverse=True)
            rows = self._cube.members[: len(layout.rows)]
            self._yearly = self._count(found, (*layout.rows, "year"), part=Part(years[:2]), members=rows)
        self._columns = (
            columns_of(self._cube, self.column_dimension, len(layout.rows)) if self.column_dimension else Columns()
        )
        self.years = self._latest_two()
        self.places = tuple(self._places())

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns.shown

    @property
    def gathered(self) -> int:
        """How many values of the columns' dimension stand together in the last column."""
        return self._columns.gathered

    @property
    def overlapping(self) -> list[Dimension]:
        """The dimensions of which a project may have several values: their numbers of projects do not add up."""
        return [DIMENSIONS[key] for key in self.layout.dimensions if DIMENSIONS[key].overlaps]

    @property
    def lines(self) -> Iterator[Line]:
        """All rows but the last."""
        return iter(self.lines_at(self.places))

    @property
    def whole(self) -> Line:
        """The last row. It counts every project once, whatever the rows do."""
        return self._line(Place())

    def lines_at(self, places: Iterable[Place]) -> list[Line]:
        """The rows at some places."""
        places = list(places)
        read_names(member for place in places for member in place.members)
        rows = {place.members[0].key for place in places}
        self._cube.fetch(rows)
        if self._yearly is not None and self.years is not None:
            self._yearly.fetch(rows)
        return [self._line(place) for place in places]

    def amount_at(self, place: Place) -> Money:
        """The amount of the row at a place."""
        return self._cube[self._total_key(place.key)].amount

    def _line(self, place: Place) -> Line:
        narrowings = [member.narrowing for member in place.members]
        return Line(
            place,
            Cell(self._cube[self._total_key(place.key)], self._links.query(narrowings)),
            tuple(self._cell(place.key, column, narrowings) for column in self.columns),
            self._change(place.key),
        )

    def gathered_line(self, places: Sequence[Place], label: str) -> Line:
        """Rows of one dimension that share no project, together as one, in a table with few columns."""
        member = gather([place.members[-1] for place in places], label)
        narrowings: list[Narrowing] = [member.narrowing]
        together = self._cube.together({place.key[0] for place in places}) if self.columns else {}
        cells = tuple(
            Cell(together.get(column.member.key, NOTHING), self._links.query([*narrowings, column.member.narrowing]))
            for column in self.columns
        )
        total = add_up(self._cube[self._total_key(place.key)] for place in places)
        return Line(Place((member,)), Cell(total, self._links.query(narrowings)), cells, None)

    def _count(self, found: ProjectFilter, dimensions: Sequence[str], **only: Any) -> SumsByKey:
        kind = Apart if self._is_apart and len(dimensions) > 1 else Cube
        return kind(found, [DIMENSIONS[key] for key in dimensions], indicators=self._counts_indicators, **only)

    def _cell(self, keys: Key, column: Column, narrowings: Sequence[Narrowing]) -> Cell:
        return Cell(self._sums(keys, column), self._links.query([*narrowings, column.member.narrowing]))

    def _sums(self, keys: Key, column: Column) -> Sums:
        rows = self._rows_key(keys)
        if column.member.key == REST:
            return self._columns.rest.get(rows, NOTHING)
        return self._cube[(*rows, column.member.key)]

    def _rows_key(self, keys: Key) -> Key:
        return (*keys, *(ALL,) * (len(self.layout.rows) - len(keys)))

    def _total_key(self, keys: Key) -> Key:
        rows = self._rows_key(keys)
        return (*rows, ALL) if self.column_dimension else rows

    def _places(self) -> Iterator[Place]:
        for top in self._sorted(self._cube.members[0], 0, ()):
            for depth, member in self._walk(top, ()):
                below = self._below(member) if len(self.layout.rows) > 1 and not member.children else []
                yield Place((member,), depth, bool(member.children or below))
                for part in below:
                    for deeper, each in self._walk(part, (member,)):
                        yield Place((member, each), depth + 1 + deeper, bool(each.children))

    def _walk(self, top: Member, above: tuple[Member, ...], depth: int = 0) -> Iterator[tuple[int, Member]]:
        yield depth, top
        if not top.children:
            return
        for child in self._sorted(top.children, None, above):
            yield from self._walk(child, above, depth + 1)

    def _below(self, member: Member) -> list[Member]:
        """The members of the second dimension that the first's has; that of a body without sections says nothing."""
        there = self._there(self._cube.members[1], member.key)
        if self.layout.rows[1] == "section" and [part.key for part in there] == [NONE]:
            return []
        return self._sorted(there, 1, (member,))

    def _there(self, members: Iterable[Member], above: str) -> list[Member]:
        kept = []
        for member in members:
            if self._cube[self._total_key((above, member.key))] is NOTHING:
                continue
            if not member.children:
                kept.append(member)
                continue
            children = self._there(member.children, above)
            if not children:
                continue
            # Of a region alone below something, what holds it says nothing more.
            is_idle = len(children) == 1 and "region" in member.narrowing
            kept.append(children[0] if is_idle else replace(member, children=tuple(children)))
        return kept

    def _sorted(self, members: Sequence[Member], at: int | None, above: tuple[Member, ...]) -> list[Member]:
        keys = tuple(member.key for member in above)
        is_ranked = at is not None and self.row_dimensions[at].is_ranked
        return ordered(members, self.layout.sort, is_ranked, lambda member, by: self._figure((*keys, member.key), by))

    def _figure(self, keys: Key, by: str) -> Figure:
        """What the row of some keys says in the column ``by``; ``None`` also where there is no such column."""
        sums = self._cube[self._total_key(keys)]
        if by in {"change", "percent"}:
            changed = self._change(keys)
            return None if changed is None else changed.difference if by == "change" else changed.percent
        if by.startswith("c:"):
            column = next((column for column in self.columns if column.member.key == by[2:]), None)
            return None if column is None else measured(self._sums(keys, column), self.layout.measure)
        named = {"projects": sums.count, "amount": sums.amount, "period": sums.period}
        return named[by] if by in named else measured(sums, self.layout.measure)

    def _years(self) -> list[str]:
        """The years found, the latest first; of a table without years, the latest two at least."""
        if self._yearly is not None:
            return [member.key for member in self._yearly.members[-1]]
        return [member.key for member in self._cube.members[self.layout.dimensions.index("year")]]

    def _latest_two(self) -> tuple[str, str] | None:
        years = self._years()
        return (years[0], years[1]) if len(years) > 1 else None

    def _change(self, keys: Key) -> Change | None:
        """The latest year against the one before; a row of one year against the same row of the year before it."""
        if self.years is None or self.layout.column == "year":
            return None
        if self._yearly is not None:
            now, before = (self._yearly[(*self._rows_key(keys), year)] for year in self.years)
            return change(now, before, self.layout.measure)
        at, years = self.layout.rows.index("year"), self._years()
        if at >= len(keys) or keys[at] == years[-1]:
            return None
        earlier = years[years.index(keys[at]) + 1]
        now, before = (self._cube[self._total_key((*keys[:at], year, *keys[at + 1 :]))] for year in (keys[at], earlier))
        return change(now, before, self.layout.measure)


def pivot_table(found: ProjectFilter, layout: Layout, *, by_page: bool = False) -> Pivot:
    """The totals of the projects that ``found`` finds, arranged as ``layout`` says. Money is yuan.

    ``by_page``: only a few of its rows will be asked for.
    """
    return Pivot(found, layout, by_page=by_page)
