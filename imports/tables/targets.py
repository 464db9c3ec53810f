"""The rows of the sheet of indicators, typed into the form of their project.

A row that is no longer there means nothing. A half whose name and value were cleared is taken out, as in the form; a
row without numbers is a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from imports.tables.cells import is_same_text, normal
from imports.tables.table import Target
from imports.workbooks import cell_text
from indicators.categories import DEFINITIONS, LEVEL2, classify, level1_code, level1_name
from indicators.editing.operations import MAX_ROWS, OperationError, add_row, reclassify_row, set_printed
from indicators.editing.sheet import Half, Row, Sheet, one_line
from indicators.state import IndicatorRow, State

if TYPE_CHECKING:
    from imports.tables.sheets import Typed

NAME: Final = "项目名称"
LEVEL1: Final = "一级指标"
LEVEL2_LABEL: Final = "二级指标"


class Column(NamedTuple):
    """The cells of one half."""

    scope: str
    name: str
    value: str
    number: str


HALVES: Final = (
    Column("period", "实施期指标", "实施期指标值", "实施期指标编号"),
    Column("annual", "年度指标", "年度指标值", "年度指标编号"),
)
_BY_NAME: Final = {(level1_name(one.code), one.name): one.code for one in LEVEL2}


def differs(target: Target, base: State) -> bool:
    """Whether a row says anything else than the export printed."""
    is_known = False
    for column in HALVES:
        number = target.number(column.number)
        half = base.indicators.get(number or 0)
        if half is None or half.scope != column.scope:
            if target.text(column.number) or target.text(column.name) or target.text(column.value):
                return True
            continue
        is_known = True
        says = {
            LEVEL1: level1_name(half.category_id), LEVEL2_LABEL: half.level2_label or DEFINITIONS[half.category_id].name,
            column.name: half.name, column.value: half.value, NAME: base.fields["name"],
        }  # fmt: skip
        if any(label in target.cells and not is_same_text(target.cells[label], text) for label, text in says.items()):
            return True
    return not is_known and bool(target.text(LEVEL2_LABEL))


def type_targets(targets: Sequence[Target], base: State, result: Typed) -> None:
    """Type the rows of one project into its form."""
    met: set[int] = set()
    for target in targets:
        try:
            _type(target, base, met, result)
        except OperationError as error:
            result.problems.append(target.place.problem("", str(error)))
    if len(result.sheet.rows) > MAX_ROWS and targets:
        result.problems.append(targets[-1].place.problem("", f"一个项目最多 {MAX_ROWS} 行指标。"))


def _type(target: Target, base: State, met: set[int], result: Typed) -> None:
    known = [number for column in HALVES if (number := _known(target, column, base, met, result)) is not None]
    if len(known) < sum(bool(target.text(column.number)) for column in HALVES):
        return  # said already
    _check_name(target, base, result)
    row = _row_of(known[0], result.sheet) if known else None
    if row is None:
        row = _new_row(target, result)
    else:
        row = _reclassified(target, base.indicators[known[0]], row, known, result)
    if row is None:
        return
    for column in HALVES:
        _type_half(target, column, row, base, result)


def _known(target: Target, column: Column, base: State, met: set[int], result: Typed) -> int | None:
    """The half that the row names, which the file must have shown there."""
    if not target.text(column.number):
        return None
    number = target.number(column.number)
    half = base.indicators.get(number or 0)
    if number is None or half is None or half.scope != column.scope:
        said = f"“{target.text(column.number)}”不是这个项目的指标编号，请不要改动这一列；新指标请留空。"
    elif number in met:
        said = f"指标编号 {number} 出现了两次。新指标请把编号留空。"
    else:
        met.add(number)
        return number
    result.problems.append(target.place.problem(column.number, said))
    return None


def _check_name(target: Target, base: State, result: Typed) -> None:
    names = (base.fields["name"], result.sheet.head["name"])
    if target.text(NAME) and not any(is_same_text(target.cells[NAME], name) for name in names):
        message = "这里的项目名称只供查看，请在“项目”表里修改。"
        result.problems.append(target.place.problem(NAME, message))


def _new_row(target: Target, result: Typed) -> Row | None:
    if not any(target.text(column.name) or target.text(column.value) for column in HALVES):
        return None
    category = _category(target.text(LEVEL2_LABEL), target.text(LEVEL1))
    if category is None:
        message = f"看不出“{target.text(LEVEL2_LABEL)}”是哪一类指标，请写标准名称，如“数量指标”。"
        result.problems.append(target.place.problem(LEVEL2_LABEL, message))
        return None
    row = result.sheet.row(add_row(result.sheet, category).row)
    if row is not None:
        result.rows[row.key] = target
    return row


def _reclassified(target: Target, half: IndicatorRow, row: Row, known: list[int], result: Typed) -> Row | None:
    """The row in the class that the table names."""
    result.rows[row.key] = target
    label = half.level2_label or DEFINITIONS[half.category_id].name
    level1 = level1_name(half.category_id)
    is_moved = LEVEL1 in target.cells and not is_same_text(target.cells[LEVEL1], level1)
    if not is_moved and (LEVEL2_LABEL not in target.cells or is_same_text(target.cells[LEVEL2_LABEL], label)):
        return row
    category = _category(target.text(LEVEL2_LABEL) or label, target.text(LEVEL1) or level1)
    if category is None or category == half.category_id:
        message = (
            f"看不出“{target.text(LEVEL2_LABEL)}”是哪一类指标，请写标准名称，如“数量指标”。"
            if category is None
            else f"“{target.text(LEVEL2_LABEL)}”与“{label}”是同一类，印刷的叫法不能在表格里改。"
        )
        result.problems.append(target.place.problem(LEVEL2_LABEL, message))
        return None
    row = _alone(row, known, result)
    result.rows[row.key] = target
    reclassify_row(result.sheet, row.key, category)
    return row


def _alone(row: Row, known: list[int], result: Typed) -> Row:
    """The row without a half that another row of the table shows: only this one's go to another class."""
    others = [column.scope for column in HALVES if row.half(column.scope).id not in (None, *known)]
    if not others:
        return row
    sheet, scope = result.sheet, others[0]
    own = Row(sheet.new_key(), row.category, row.label)
    sheet.rows.insert(sheet.rows.index(row) + 1, own)
    for column in HALVES:
        if column.scope != scope:
            setattr(own, column.scope, row.half(column.scope))
            setattr(row, column.scope, Half())
    return own


def _type_half(target: Target, column: Column, row: Row, base: State, result: Typed) -> None:
    number = target.number(column.number)
    name, value = (
        one_line(normal(cell_text(target.cells.get(label)))).strip() for label in (column.name, column.value)
    )
    if number is None:
        if not (name or value):
            return
        row = row if row.half(column.scope).is_blank and row.half(column.scope).id is None else _beside(row, result)
        result.rows[row.key] = target
        half = row.half(column.scope)
        half.name = name
        set_printed(half, value)
        return
    stored = base.indicators[number]
    half = _half_of(number, result.sheet)
    if column.name in target.cells and not is_same_text(target.cells[column.name], stored.name):
        half.name = name
    if column.value in target.cells and not is_same_text(target.cells[column.value], stored.value):
        set_printed(half, value)


def _beside(row: Row, result: Typed) -> Row:
    """A new row below, where the place in this one is taken."""
    made = Row(result.sheet.new_key(), row.category, row.label)
    result.sheet.rows.insert(result.sheet.rows.index(row) + 1, made)
    return made


def _category(label: str, level1: str) -> str | None:
    """The class that a table names, by its standard name or a label that forms print."""
    if found := _BY_NAME.get((level1, label)):
        return found
    named = [one.code for one in LEVEL2 if one.name == label]
    if not level1 and len(named) == 1:
        return named[0]
    code = classify(label, level1_code(level1))
    return None if code.endswith(".other") else code


def _row_of(number: int, sheet: Sheet) -> Row | None:
    return next((row for row in sheet.rows if any(half.id == number for half in row.halves)), None)


def _half_of(number: int, sheet: Sheet) -> Half:
    return next(half for row in sheet.rows for half in row.halves if half.id == number)
