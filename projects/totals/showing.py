"""A table of totals in words and addresses, row by row, for a page.

Rows are many and cells more, so that all that a template does is write them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from django.utils.html import format_html

from perfgoals.addresses import fixed
from perfgoals.money import format_amount
from projects.totals.changes import Change, Figure, change, measured, share
from projects.totals.columns import Column
from projects.totals.counting import Sums
from projects.totals.pivot import Cell, Line, Pivot, Place
from projects.totals.tables import cell_share, measure_name

BLANK: Final = "—"
NEW: Final = "新增"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its key (for sorting), its name, a longer one to point at, and its CSS classes."""

    key: str
    label: str
    css: str
    title: str = ""
    group: str = ""
    """The name that it stands under, together with its neighbours of the same group."""
    next_sort: str | None = None
    """What a click asks for; ``None`` leads back to the usual order."""
    direction: str = ""
    """``ascending`` or ``descending`` where the rows are in this column's order."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is written. Without an address there is no list to open; without a text there is nothing at all."""

    text: str
    css: str
    url: str = ""
    kind: str = ""
    bar: str = ""
    """Width of the bar behind a share."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it is written."""

    label: str
    note: str
    depth: int
    url: str
    is_group: bool
    is_repeated: bool
    """It stands on an earlier page, and is said again above what is below it."""
    cells: tuple[Shown, ...]


class Showing:
    """How one person sees a table of totals: in a unit, a part of its rows at a time."""

    def __init__(self, pivot: Pivot, unit: str) -> None:
        self.pivot = pivot
        self.unit = unit
        self.whole = pivot.whole
        self.measure = pivot.layout.measure
        self.is_money = self.measure == "amount"

    def rows(self, span: slice) -> tuple[list[ShownRow], ShownRow]:
        """The rows of a span, and the last row of all set like them; the first of them below another is preceded by that one."""
        places = self.pivot.places[span]
        above = list(self._above(span.start or 0)) if places else []
        *shown, total = self._written([*self.pivot.lines_at((*above, *places)), self.whole])
        return [replace(row, is_repeated=at < len(above)) for at, row in enumerate(shown)], total

    def heads(self) -> list[Head]:
        """All columns, the first of them the rows' names."""
        names = "、".join(dimension.label for dimension in self.pivot.row_dimensions)
        return [self._sortable(head) for head in (Head("label", names, "col-label"), *self._heads())]

    def groups(self) -> list[tuple[str, int]]:
        """The names over several columns and how many these are; nothing over those that stand alone."""
        groups: list[tuple[str, int]] = []
        for head in self.heads():
            if groups and head.group and groups[-1][0] == head.group:
                groups[-1] = (head.group, groups[-1][1] + 1)
            else:
                groups.append((head.group, 1))
        return groups

    def _sortable(self, head: Head) -> Head:
        """Names upwards first, figures downwards first; the third click is the usual order again."""
        sort = self.pivot.layout.sort
        first, second = (head.key, f"-{head.key}") if head.key == "label" else (f"-{head.key}", head.key)
        following = second if sort == first else None if sort == second else first
        is_on = bool(head.key) and sort.removeprefix("-") == head.key
        direction = ("descending" if sort.startswith("-") else "ascending") if is_on else ""
        return replace(head, next_sort=following, direction=direction)

    def _above(self, start: int) -> Iterator[Place]:
        """The rows that the row at ``start`` stands below."""
        places, found = self.pivot.places, []
        depth = places[start].depth
        for place in reversed(places[:start]):
            if place.depth < depth:
                found.append(place)
                depth = place.depth
        return reversed(found)

    def _heads(self) -> Iterator[Head]:
        if self.measure != "projects":
            yield Head("projects", "项目数", "number col-count")
        name = measure_name(self.measure, self.unit)
        group = name if self.pivot.columns else ""
        yield Head("total", "合计" if group else name, "number col-amount", group=group)
        yield Head("", "占比", "number col-share", group=group)
        if not self.pivot.columns and self.is_money:
            yield Head("period", f"实施期金额（{self.unit}）", "number col-period")
        for column in self.pivot.columns:
            yield from self._column_heads(column, group)
        if self.pivot.years and self.pivot.layout.column != "year":
            now, before = self.pivot.years
            group = "较前一年度" if "year" in self.pivot.layout.rows else f"{now} 年较 {before} 年"
            yield Head("change", "增减", "number col-change", group=group)
            yield Head("percent", "增减率", "number col-change", group=group)

    def _column_heads(self, column: Column, group: str) -> Iterator[Head]:
        label, css = column.member.label, f"number col-part{' col-group' if column.is_group else ''}"
        yield Head(f"c:{column.member.key}", _short(label), css, label, group)
        if column.before is not None:
            before = self.pivot.columns[column.before].member.label
            yield Head("", "增减", "number col-change", f"{label}较 {before}", group)
            yield Head("", "增减率", "number col-change", f"{label}较 {before}", group)

    def _written(self, lines: Sequence[Line]) -> list[ShownRow]:
        """The lines with decimal points below each other, column by column."""
        columns = list(zip(*(list(self._cells(line)) for line in lines), strict=True))
        aligned = [_aligned(column) for column in columns]
        rows = zip(*aligned, strict=True)
        return [self._row(line, cells) for line, cells in zip(lines, rows, strict=True)]

    def _row(self, line: Line, cells: tuple[Shown, ...]) -> ShownRow:
        place = line.place
        note = place.members[-1].note if place.members else ""
        url = _address(line.total.query) if line.total.sums.count else ""
        return ShownRow(place.label, note, place.depth, url, place.is_group, False, cells)

    def _cells(self, line: Line) -> Iterator[Shown]:
        sums, source = line.total.sums, _source_of(line)
        url = _address(line.total.query) if sums.count else ""
        if self.measure != "projects":
            yield Shown(f"{sums.count:,}", "number col-count", url, "count")
        # Of a source that gives nothing there is nothing to list, though its cells are printed.
        yield Shown(self._figure(sums), "number col-amount", url if self._leads(sums) else "", self._kind(source))
        yield self._share(line)
        if not self.pivot.columns and self.is_money:
            yield Shown(format_amount(sums.period, self.unit), "number col-period")
        for at, cell in enumerate(line.cells):
            yield from self._column_cells(line, at, cell, source)
        if self.pivot.years and self.pivot.layout.column != "year":
            yield from self._change(line.change)

    def _column_cells(self, line: Line, at: int, cell: Cell, source: str) -> Iterator[Shown]:
        column = self.pivot.columns[at]
        kind = self._kind(column.member.key if self.pivot.layout.column == "source" else source)
        css = f"number col-part{' col-group' if column.is_group else ''}"
        yield Shown(self._in_cell(line, at, cell), css, _address(cell.query) if self._leads(cell.sums) else "", kind)
        if column.before is not None:
            yield from self._change(change(cell.sums, line.cells[column.before].sums, self.measure))

    def _in_cell(self, line: Line, at: int, cell: Cell) -> str:
        # Funding tables have a cell for every source, blank or not; elsewhere nothing is where no project is.
        if cell.is_empty and (self.pivot.layout.column != "source" or not self.is_money):
            return ""
        if self.pivot.layout.show == "value":
            return self._figure(cell.sums)
        part = cell_share(self.pivot, line, self.whole, at)
        return BLANK if part is None else f"{part:.1f}%"

    def _leads(self, sums: Sums) -> bool:
        return bool(sums.count) and (measured(sums, self.measure) is not None)

    def _kind(self, source: str) -> str:
        return {"amount": source or "amount", "projects": "count", "indicators": "indicators"}[self.measure]

    def _figure(self, sums: Sums) -> str:
        figure = measured(sums, self.measure)
        return format_amount(figure, self.unit) if isinstance(figure, Decimal) or figure is None else f"{figure:,}"

    def _share(self, line: Line) -> Shown:
        part = share(measured(line.total.sums, self.measure), measured(self.whole.total.sums, self.measure))
        width = min(max(part or Decimal(0), Decimal(0)), Decimal(100)) if line.place.members else Decimal(0)
        return Shown(BLANK if part is None else f"{part:.1f}%", "number col-share", bar=f"{width:.2f}%")

    def _change(self, changed: Change | None) -> Iterator[Shown]:
        difference, percent = (changed.difference, changed.percent) if changed else (None, None)
        yield Shown(self._signed(difference), "number col-change")
        is_new = percent is None and bool(difference)
        yield Shown(NEW if is_new else signed_percent(percent), "number col-change")

    def _signed(self, figure: Figure) -> str:
        text = format_amount(figure, self.unit) if isinstance(figure, Decimal) or figure is None else f"{figure:,}"
        return f"+{text}" if figure and figure > 0 else text.replace("-", "−")


def signed_percent(percent: Decimal | None) -> str:
    """A change in percent with its sign and one decimal."""
    if percent is None:
        return BLANK
    text = f"{abs(percent):.1f}%"
    return text if text == "0.0%" else f"{'+' if percent > 0 else '−'}{text}"


def _short(label: str) -> str:
    return label.replace("财政资金", "").replace("市县（区）", "市县").removesuffix("指标") or label


def _source_of(line: Line) -> str:
    return next((member.key for member in line.place.members if "source" in member.narrowing), "")


def _address(query: str | None) -> str:
    return "" if query is None else f"{fixed('project-list')}?{query}"


def _aligned(column: Sequence[Shown]) -> list[Shown]:
    """Figures of one column filled up on the right, so that their decimal points stand below each other."""
    places = [len(shown.text.rpartition(".")[2]) if _is_decimal(shown.text) else None for shown in column]
    most = max((number for number in places if number is not None), default=0)
    return [
        shown
        if number is None or number == most
        else replace(shown, text=format_html('<span class="short-{}">{}</span>', most - number, shown.text))
        for shown, number in zip(column, places, strict=True)
    ]


def _is_decimal(text: str) -> bool:
    return "." in text and not text.endswith("%")
