"""One project laid out as the official form 项目支出绩效目标表: which cell says what.

Eight columns: 绩效指标 · 一级 · 二级 · 三级 · 指标值 (实施期) · 二级 · 三级 · 指标值 (年度). The layout is a pure function of
the draft and the rows of its indicators, so that whoever reads a written form can lay it out again and compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Final, Literal, NamedTuple

from imports.drafts import SCOPES, SOURCES, Amount, FundingDraft, ProjectDraft, Scope
from imports.official.indicators import Place, TableCell, indicator_cells
from imports.official.measuring import lines_in, row_heights
from perfgoals.money import in_unit
from projects.regions import region_by_code

WIDTHS: Final = (8.0, 9.6, 12.0, 14.0, 12.7, 12.0, 14.0, 12.7)
"""The columns' widths, in the units of spreadsheets: together the page's."""
LAST: Final = len(WIDTHS) - 1
_TITLE, _YEAR, _LEAST, _FIRST_TEXT = 32.0, 18.0, 20.0, 34.0
"""Heights of title, year line, every other row and the long texts, in points at least."""
SOURCE_LABELS: Final = ("其中：中央财政资金", "省级财政资金", "市县（区）财政资金", "单位自筹", "其他资金")
TEXTS: Final = (
    ("overview", "项目概况"),
    ("basis", "立项依据"),
    ("necessity", "项目设立必要性"),
    ("safeguards", "保证项目实施的制度、措施"),
    ("plan", "项目实施计划"),
)
CONTENT: Final = ("content", "支出内容")
LONG: Final = frozenset({CONTENT[0], *(name for name, _ in TEXTS), "goal_period", "goal_annual"})
"""Texts that begin at the left; all others stand in the middle, as on the printed form."""
LEVELS: Final = {1: "省级", 2: "市级", 3: "县（区）级"}

Kind = Literal["title", "year", "label", "text", "amount", "moment", "blank"]
Key = tuple[str, ...] | Place


class FormCell(NamedTuple):
    """A cell or merged range: rows and columns from 0, both ends included, and what stands in it."""

    row: int
    column: int
    last_row: int
    last_column: int
    kind: Kind
    value: str | Decimal | datetime | None
    key: Key | None = None
    """The fact that the cell shows; ``None`` for labels, which say what a cell is."""


@dataclass(slots=True)
class Form:
    """A form as it stands on its sheet, cell by cell, top to bottom."""

    unit: str = "元"
    cells: list[FormCell] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    """Points of each row."""

    @property
    def rows(self) -> int:
        """How many rows the form has."""
        return len(self.heights)


class _Layout:
    """Puts one row below the other."""

    def __init__(self, unit: str) -> None:
        self.form = Form(unit)
        self._row: list[tuple[int, int, Kind, object, Key | None, int]] = []

    def put(self, column: int, last: int, kind: Kind, value: object, key: Key | None = None, *, below: int = 0) -> None:
        """A cell of the row that is being put together; ``below`` rows of the next ones belong to it as well."""
        self._row.append((column, last, kind, value, key, below))

    def end_row(self, least: float = _LEAST) -> None:
        """End the row: where its longest text is higher than a row may be, it becomes several, merged."""
        lines = max((lines_in(str(value), width(column, last)) for column, last, kind, value, _, below in self._row
                     if value is not None and not below and kind in {"text", "label"}), default=1)  # fmt: skip
        first = self.form.rows
        self.form.heights += row_heights(lines, least)
        for column, last, kind, value, key, below in self._row:
            end = self.form.rows - 1 + below
            self.form.cells.append(FormCell(first, column, end, last, kind, value, key))  # type: ignore[arg-type]
        self._row = []

    def labelled(self, label: str, text: str | None, key: str, least: float = _LEAST) -> None:
        self.put(0, 1, "label", label)
        self.put(2, LAST, "text", text, (key,))
        self.end_row(least)

    def labelled_pair(self, *pairs: tuple[str, str | None, str]) -> None:
        for column, (label, text, key) in zip((0, 4), pairs, strict=True):
            self.put(column, column + 1, "label", label)
            self.put(column + 2, column + 3, "text", text, (key,))
        self.end_row()


def width(first: int, last: int) -> float:
    """The width of some columns together."""
    return sum(WIDTHS[first : last + 1])


def lay_out(draft: ProjectDraft, rows: Sequence[int]) -> Form:
    """The form of a draft. ``rows`` says for each indicator on which row of the table it stands."""
    layout = _Layout(draft.printed_unit)
    layout.put(0, LAST, "title", title_of(draft))
    layout.end_row(_TITLE)
    layout.put(0, LAST, "year", f"（{draft.year}年度）", ("year",))
    layout.end_row(_YEAR)
    _head(layout, draft)
    _funding(layout, draft)
    for name, label in TEXTS if not (draft.content or "").strip() else (CONTENT, *TEXTS):
        layout.labelled(label, getattr(draft, name), name, _FIRST_TEXT)
    _goals(layout, draft)
    _indicators(layout, draft, rows)
    _sign_off(layout, draft)
    return layout.form


def title_of(draft: ProjectDraft) -> str:
    """The form's title, with the division that its budget belongs to."""
    region = region_by_code(draft.region_code)
    name = region.short_name if region else draft.region_name
    return f"{name}{LEVELS.get(_level(draft.region_code), '')}预算部门（单位）项目支出绩效目标表"


def _level(code: str) -> int:
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def _head(layout: _Layout, draft: ProjectDraft) -> None:
    department = "-".join(part for part in (draft.department_code, draft.department_name) if part)
    layout.labelled("项目名称", draft.name, "name")
    layout.labelled_pair(
        ("主管部门及代码", department or None, "department"), ("实施单位", draft.implementing_unit, "implementing_unit")
    )
    layout.labelled_pair(("项目属性", draft.attribute, "attribute"), ("项目期", draft.duration, "duration"))


def _funding(layout: _Layout, draft: ProjectDraft) -> None:
    columns = {scope: draft.funding[scope] if draft.funding else FundingDraft() for scope in SCOPES}
    totals = {"period": columns["period"].total, "annual": draft.amount}
    layout.put(0, 1, "label", f"项目资金（{draft.printed_unit}）", below=len(SOURCES))
    labels: dict[Scope, str] = {"period": "实施期资金总额：", "annual": "年度资金总额："}
    for scope in SCOPES:
        _amount(layout, scope, labels[scope], totals[scope], "total", draft.printed_unit)
    layout.end_row()
    for code, label in zip(SOURCES, SOURCE_LABELS, strict=True):
        for scope in SCOPES:
            cell = columns[scope].sources.get(code, Amount(None, None))
            _amount(layout, scope, label, cell, code, draft.printed_unit)
        layout.end_row()


def _amount(layout: _Layout, scope: Scope, label: str, amount: Amount, code: str, unit: str) -> None:
    column = 2 if scope == "period" else 5
    layout.put(column, column + 1, "label", label)
    value = None if amount.yuan is None else in_unit(amount.yuan, unit)
    layout.put(column + 2, column + 2, "amount", value, ("funding", scope, code))


def _goals(layout: _Layout, draft: ProjectDraft) -> None:
    texts = ((2, 4, draft.goal_period, "goal_period"), (5, LAST, draft.goal_annual, "goal_annual"))
    rows = row_heights(max(lines_in(text, width(first, last)) for first, last, text, _ in texts), _FIRST_TEXT)
    layout.put(0, 1, "label", "总体目标", below=len(rows))
    layout.put(2, 4, "label", "实施期目标")
    layout.put(5, LAST, "label", "年度目标")
    layout.end_row()
    for first, last, text, key in texts:
        layout.put(first, last, "text", text, (key,))
    layout.end_row(_FIRST_TEXT)


def _indicators(layout: _Layout, draft: ProjectDraft, rows: Sequence[int]) -> None:
    cells, count = indicator_cells(draft.indicators, rows)
    heights = [_table_row(cells, row) for row in range(count)]
    layout.put(0, 0, "label", "绩效指标", below=sum(map(len, heights)))
    for column, label in enumerate(("一级指标", *("二级指标", "三级指标", "指标值") * 2), start=1):
        layout.put(column, column, "label", label)
    layout.end_row()
    tops = [layout.form.rows]
    for own in heights:
        layout.form.heights += own
        tops.append(layout.form.rows)
    for cell in cells:
        kind: Kind = "label" if cell.place is None else "text"
        layout.form.cells.append(
            FormCell(tops[cell.row], cell.column, tops[cell.last_row + 1] - 1, cell.column, kind, cell.text, cell.place)
        )


def _table_row(cells: Sequence[TableCell], row: int) -> list[float]:
    """The heights of one row of the table. Labels merged over several rows find room there."""
    own = [cell for cell in cells if cell.row <= row <= cell.last_row]
    shares = (ceil(lines_in(cell.text, WIDTHS[cell.column]) / (cell.last_row - cell.row + 1)) for cell in own)
    return row_heights(max(shares, default=1), _LEAST)


def _sign_off(layout: _Layout, draft: ProjectDraft) -> None:
    for column, (label, key) in enumerate(
        (("负责人：", "contact_lead"), ("经办人：", "contact_handler"), ("联系电话：", "contact_phone"))
    ):
        layout.put(2 * column, 2 * column, "label", label)
        layout.put(2 * column + 1, 2 * column + 1, "text", getattr(draft, key), (key,))
    layout.put(6, 6, "label", "填报日期：")
    layout.put(7, 7, "moment", draft.filed_at, ("filed_at",))
    layout.end_row()
