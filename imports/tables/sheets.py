"""A row as the form that a person would have typed: only cells that differ from what the export printed are touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from imports.exporting.columns import BY_KEY, Column
from imports.exporting.rows import local_moment
from imports.tables import cells
from imports.tables.problems import Problem
from imports.tables.table import Line, Target
from imports.tables.targets import differs, type_targets
from imports.workbooks import Value, cell_text
from indicators.editing.fields import label_of
from indicators.editing.sheet import Sheet, one_line
from indicators.editing.showing import LONG, plain_amount, sheet_of
from indicators.state import State
from perfgoals.money import AmountError
from perfgoals.spreadsheets import Kind

_TOTALS: Final = {"amount": "annual.total", "period_amount": "period.total"}


@dataclass(frozen=True, slots=True)
class Names:
    """What a row shows of others than the project, and what it may name of them."""

    region: str = ""
    department: frozenset[str] = frozenset()
    """Every name that the project's department ever had."""
    departments: dict[str, int] = field(default_factory=dict)
    """Departments that the person may give the project to."""


@dataclass(slots=True)
class Typed:
    """The form of a row."""

    sheet: Sheet
    shown: Sheet
    """The form as it was before anything was typed."""
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, Target] = field(default_factory=dict)
    """Key of a row of the form → the row of the table that it came from."""

    def told(self, line: Line, errors: dict[str, str]) -> list[Problem]:
        """The form's own errors, at the cells that they are about."""
        return [self._problem(line, path, message) for path, message in errors.items()]

    def _problem(self, line: Line, path: str, message: str) -> Problem:
        kind, *rest = path.split(".")
        if kind == "rows" and rest[0] in self.rows:
            return self.rows[rest[0]].place.problem("年度指标" if rest[1] == "annual" else "实施期指标", message)
        total = next((key for key, cell in _TOTALS.items() if path == f"funding.{cell}"), path)
        return line.place.problem(BY_KEY[total].label if total in BY_KEY else label_of(path), message)


def typed(line: Line, targets: list[Target], base: State, names: Names) -> Typed | None:
    """The form with the row's changes, and what is wrong with cells that no form could even hold.

    ``None`` where everything says what the export printed.
    """
    touched, problems = _touched(line, base, names)
    are_targets_touched = any(differs(target, base) for target in targets)
    if not (touched or problems or are_targets_touched):
        return None
    result = Typed(sheet_of(base), sheet_of(base), problems)
    for column in touched:
        if column.editable:
            _type(column, line.cells[column.key], base, names, result, line)
        else:
            message = f"“{cell_text(line.cells[column.key])}”与导出时不同，这一列不能在表格里修改。"
            problems.append(line.place.problem(column.label, message))
    if are_targets_touched:
        type_targets(targets, base, result)
    return result


def _touched(line: Line, base: State, names: Names) -> tuple[list[Column], list[Problem]]:
    touched, problems = [], []
    for key, value in line.cells.items():
        column = BY_KEY[key]
        try:
            if not _is_untouched(column, value, base, names):
                touched.append(column)
        except AmountError as error:
            message = f"{error}。请填写以元为单位的数字，或留空。"
            problems.append(line.place.problem(column.label, message))
    return touched, problems


def _is_untouched(column: Column, value: Value, base: State, names: Names) -> bool:
    if column.key == "department":
        shown = cell_text(value).strip()
        return shown in names.department or (not shown and base.fields["department_id"] is None)
    return cells.is_same(value, stored(column.key, base, names), column.kind)


def stored(key: str, state: State, names: Names) -> Any:
    """What the export printed of a state in a column."""
    kind, *path = key.split(".")
    if kind == "funding":
        cell = state.funding.get((path[0], path[1]))
        return cell.amount if cell else None
    if kind == "goals":
        return state.goals.get(path[0])
    if key == "indicators":
        return len(state.indicators)
    if key == "region":
        return names.region
    return local_moment(state.fields[key]) if key == "filed_at" else state.fields[key]


def _type(column: Column, value: Value, base: State, names: Names, result: Typed, line: Line) -> None:
    key, sheet, text = column.key, result.sheet, cells.normal(cell_text(value))
    if column.kind is Kind.MONEY:
        sheet.funding[_TOTALS.get(key) or key.removeprefix("funding.")] = _amount(value, base.fields["printed_unit"])
    elif key.startswith("goals."):
        sheet.goals[key.removeprefix("goals.")] = text
    elif key == "department":
        number = names.departments.get(text)
        if text and number is None:
            message = f"没有叫“{text}”的部门，或者您不能把项目交给它。"
            result.problems.append(line.place.problem(column.label, message))
        sheet.head[key] = str(number or "")
    elif column.kind is Kind.MOMENT:
        sheet.head[key] = cells.moment_text(value)
    else:
        sheet.head[key] = text if key in LONG else one_line(text)


def _amount(value: Value, unit: str) -> str:
    """An amount as it would be typed into the form, whose cells are in the project's own unit."""
    if cells.has_own_unit(value):
        return cell_text(value).strip()
    yuan: Decimal | None = cells.amount_of(value)
    return "" if yuan is None else plain_amount(yuan, unit)
