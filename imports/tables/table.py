"""The rows of a table that came back, with everything that is wrong with them before any project is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from imports.exporting.columns import BY_LABEL, INDICATOR_HEADS, NUMBER, VERSION, Column
from imports.reading import Notice, SourceError
from imports.tables.grids import Grid, Grids
from imports.tables.problems import Problem
from imports.workbooks import Value, cell_text
from projects.tables import COLUMNS as LIST_COLUMNS

MOST_NUMBER: Final = 2**63 - 1
_TARGETS: Final = {head.label for head in INDICATOR_HEADS}
_SHOWN_ONLY: Final = {label for column in LIST_COLUMNS for label in (column.label, f"{column.label}（元）")}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its sheet (empty in a csv file) and row, and its line among the rows of all sheets."""

    sheet: str
    row: int
    line: int

    def problem(self, column: str, message: str) -> Problem:
        """Something wrong with a cell of the row."""
        return Problem(self.sheet, self.row, column, message)


@dataclass(slots=True)
class Line:
    """A row of the sheet of projects: cells by the key of their column."""

    place: Place
    pk: int
    version: int
    cells: dict[str, Value]


@dataclass(slots=True)
class Target:
    """A row of the sheet of indicators: cells by the label of their column."""

    place: Place
    cells: dict[str, Value]

    def text(self, label: str) -> str:
        """A cell as text."""
        return cell_text(self.cells.get(label)).strip()

    def number(self, label: str) -> int | None:
        """A cell that holds the number of something, if it does."""
        return number_of(self.cells.get(label))


NO_KEYS: Final = "表格的第一行读不出“编号”和“版本”这两列，文件里混有不同的编码。请在 Excel 或 WPS 中重新另存后再试。"


@dataclass(slots=True)
class Table:
    """A whole file."""

    lines: list[Line] = field(default_factory=list)
    targets: dict[int, list[Target]] = field(default_factory=dict)
    """Number of the project → its rows in the sheet of indicators."""
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    rows: int = 0


def read_table(grids: Grids) -> Table:
    """Read all sheets."""
    table = Table()
    for grid in grids.projects:
        _read_projects(grid, table)
    for grid in grids.indicators:
        _read_indicators(grid, table)
    _refuse_doubles(table)
    _leave_out_alone_standing(table)
    for sheet in grids.others:
        table.notices.append(Notice(sheet.first_line, "footnote", f"工作表“{sheet.name}”不是导出的表，没有导入"))
    return table


def number_of(value: Value) -> int | None:
    """A whole number above zero that a cell holds."""
    text = cell_text(value).strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return number if 0 < number <= MOST_NUMBER else None


def _read_projects(grid: Grid, table: Table) -> None:
    columns: dict[int, Column] = {}
    for at, row in enumerate(grid.rows, start=1):
        place = Place(grid.name, at, grid.first_line + at - 1)
        if at == 1:
            columns = _columns(row, place, table)
            # A text is known by its first bytes, and may turn out to be written otherwise when all of it is read.
            if not {NUMBER, VERSION} <= set(columns.values()):
                raise SourceError(NO_KEYS, place.line)
        elif any(cell_text(value).strip() for value in row):
            _read_line(row, place, columns, table)
    table.rows += grid.row_count


def _columns(head: Sequence[Value], place: Place, table: Table) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    for at, value in enumerate(head):
        label = cell_text(value).strip()
        column = BY_LABEL.get(label)
        if column is not None and column in columns.values():
            table.problems.append(place.problem(label, "这一列出现了两次，不知道以哪一列为准。"))
        elif column is not None:
            columns[at] = column
        elif label in _SHOWN_ONLY:
            table.notices.append(Notice(place.line, "footnote", f"“{label}”列只供查看，其中的修改没有导入"))
        elif label:
            table.notices.append(Notice(place.line, "footnote", f"“{label}”列不是导出的列，没有导入"))
    return columns


def _read_line(row: Sequence[Value], place: Place, columns: dict[int, Column], table: Table) -> None:
    cells = {column.key: row[at] if at < len(row) else None for at, column in columns.items()}
    pk, version = number_of(cells.pop(NUMBER.key)), number_of(cells.pop(VERSION.key))
    if pk is None:
        message = "没有项目编号。新项目请在网站里新建，或用项目支出绩效目标表导入。"
        table.problems.append(place.problem(NUMBER.label, message))
    elif version is None:
        message = "没有版本，无法核对导出以后有没有人改过。请保留导出时的版本，或重新导出。"
        table.problems.append(place.problem(VERSION.label, message))
    else:
        table.lines.append(Line(place, pk, version, cells))


def _read_indicators(grid: Grid, table: Table) -> None:
    labels: dict[int, str] = {}
    for at, row in enumerate(grid.rows, start=1):
        place = Place(grid.name, at, grid.first_line + at - 1)
        if at == 1:
            labels = {column: label for column, label in enumerate(map(cell_text, row)) if label.strip() in _TARGETS}
        elif any(cell_text(value).strip() for value in row):
            cells = {label.strip(): row[column] for column, label in labels.items() if column < len(row)}
            target = Target(place, cells)
            pk = target.number(INDICATOR_HEADS[0].label)
            if pk is None:
                table.problems.append(place.problem(INDICATOR_HEADS[0].label, "没有项目编号，不知道是哪个项目的指标。"))
            else:
                table.targets.setdefault(pk, []).append(target)
    table.rows += grid.row_count


def _refuse_doubles(table: Table) -> None:
    known: dict[int, Line] = {}
    for line in table.lines:
        first = known.setdefault(line.pk, line)
        if first is not line:
            message = f"编号 {line.pk} 在第 {first.place.row} 行已经有了，一个项目只能有一行。"
            table.problems.append(line.place.problem(NUMBER.label, message))
    table.lines = list(known.values())


def _leave_out_alone_standing(table: Table) -> None:
    """Indicators of projects that were taken out of the sheet of projects, as one does who sends on a part of a table."""
    there = {line.pk for line in table.lines}
    left = [target for pk, targets in table.targets.items() if pk not in there for target in targets]
    table.targets = {pk: targets for pk, targets in table.targets.items() if pk in there}
    if left:
        first = left[0].place
        message = f"“{first.sheet}”表有 {len(left)} 行的项目不在“项目”表里，这些行没有导入"
        table.notices.append(Notice(first.line, "footnote", message))
