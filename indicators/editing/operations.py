"""What a person does with the tree, as changes of a sheet. Each returns the cell to go on in, as (row key, column)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from indicators.categories import DEFINITIONS, classify, level1_code, level2_code
from indicators.editing.sheet import CLASS_ORDER, SIGNS, Half, Row, Sheet, class_of
from indicators.values import number_text, parse_value

COLUMNS: Final = (
    "period.name", "period.operator", "period.value", "period.unit",
    "annual.name", "annual.operator", "annual.value", "annual.unit",
)  # fmt: skip
"""The columns of a row, from left to right."""
NAMES_AND_VALUES: Final = ("period.name", "period.value", "annual.name", "annual.value")
"""The columns of the official form: what blocks that are copied from a spreadsheet have."""
MAX_ROWS: Final = 500


class OperationError(Exception):
    """The operation cannot be done; the message is one Chinese sentence and the sheet is as it was."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the tree."""

    row: str
    column: str = "period.name"


def add_row(sheet: Sheet, category: str, after: str = "") -> Cell:
    """A new row at the end of a class, or below another row, in that row's class."""
    if len(sheet.rows) >= MAX_ROWS:
        raise OperationError(f"一个项目最多 {MAX_ROWS} 行指标。")
    above = sheet.row(after)
    if above is None and category not in CLASS_ORDER:
        raise OperationError("没有这个二级指标类别。")
    label = above.label if above else _label(sheet, category)
    row = Row(sheet.new_key(), above.category if above else category, label)
    place = sheet.rows.index(above) + 1 if above else len(sheet.rows)
    sheet.rows.insert(place, row)
    return Cell(row.key)


def remove_row(sheet: Sheet, key: str) -> Cell | None:
    """Strike a row out. One that was added here and holds nothing goes at once."""
    row = _known(sheet, key)
    if row.is_blank and row.period.id is None and row.annual.id is None:
        rows = sheet.in_order()
        place = rows.index(row)
        sheet.rows.remove(row)
        neighbours = rows[place + 1 : place + 2] or rows[max(place - 1, 0) : place]
        return Cell(neighbours[0].key) if neighbours else None
    row.removed = True
    return Cell(key, "restore")


def restore_row(sheet: Sheet, key: str) -> Cell:
    """Take a struck-out row back."""
    _known(sheet, key).removed = False
    return Cell(key)


def move_row(sheet: Sheet, key: str, step: int) -> Cell:
    """Move a row up (-1) or down (1); beyond the end of its class it goes over into the next one."""
    row = _known(sheet, key)
    classes = list(sheet.classes())
    place = next(place for place, (_, _, rows) in enumerate(classes) if row in rows)
    siblings = classes[place][2]
    target = siblings.index(row) + step
    if 0 <= target < len(siblings):
        other = siblings[target]
        one, two = sheet.rows.index(row), sheet.rows.index(other)
        sheet.rows[one], sheet.rows[two] = other, row
    elif 0 <= place + step < len(classes):
        code, label, _ = classes[place + step]
        _put(sheet, row, code, label, at_end=step < 0)
    return Cell(key)


def reclassify_row(sheet: Sheet, key: str, category: str) -> Cell:
    """Put a row at the end of another class."""
    row = _known(sheet, key)
    if category not in CLASS_ORDER:
        raise OperationError("没有这个二级指标类别。")
    if row.category != category:
        _put(sheet, row, category, _label(sheet, category), at_end=True)
    return Cell(key)


def copy_to_annual(sheet: Sheet, key: str = "") -> Cell | None:
    """Make the annual half of a row, or of all rows, say what its period half says. Blank period halves copy nothing."""
    rows = [_known(sheet, key)] if key else [row for row in sheet.rows if not row.removed]
    for row in rows:
        if not row.period.is_blank:
            row.annual = Half(row.annual.id, row.period.name, row.period.operator, row.period.value, row.period.unit)
    return Cell(key, "annual.name") if key else None


def paste(sheet: Sheet, at: Cell, text: str) -> Cell:
    """Put a block of cells, as spreadsheets copy them (tabs and line ends), into the tree from a cell on.

    A block whose first columns are class labels (一级 二级 三级 指标值 …, merged cells blank) goes by those: its rows are
    added to their classes. Any other block fills the cells to the right and below; rows that are missing are added.
    """
    block = [row for row in cells_of(text) if any(cell.strip() for cell in row) and not _is_heading(row)]
    if not block:
        raise OperationError("剪贴板里没有可以粘贴的内容。")
    if len(sheet.rows) + len(block) > MAX_ROWS:
        raise OperationError(f"粘贴后会超过 {MAX_ROWS} 行指标，没有粘贴。")
    labels = _label_columns(block)
    return _paste_classified(sheet, block, labels) if labels else _paste_at(sheet, at, block)


def cells_of(text: str) -> list[list[str]]:
    """The cells of a copied block. Quoted cells may hold line ends, as spreadsheets write them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
    try:
        return list(csv.reader(lines, delimiter="\t", strict=True))
    except csv.Error:
        # A quotation mark that closes nothing is part of the text; read as one it would swallow the rows below.
        return [line.rstrip("\n").split("\t") for line in lines]


def set_printed(half: Half, printed: str) -> None:
    """Enter a printed value: taken apart into operator, number and unit where that prints the same again."""
    text = printed.strip()
    value = parse_value(text)
    number = number_text(value.number)
    split = Half(operator=value.operator or "", value=number or "", unit=value.unit or "")
    if number is not None and split.printed == text:
        half.operator, half.value, half.unit = split.operator, split.value, split.unit
    else:
        half.operator, half.value, half.unit = "", text, ""


def _known(sheet: Sheet, key: str) -> Row:
    row = sheet.row(key)
    if row is None:
        raise OperationError("这一行已不在表中，请刷新页面。")
    return row


def _label(sheet: Sheet, category: str) -> str:
    """The form's own label of a class, else the standard one."""
    labels = (row.label for row in sheet.rows if row.category == category and row.label)
    return next(labels, DEFINITIONS[category].name)


def _put(sheet: Sheet, row: Row, category: str, label: str, *, at_end: bool) -> None:
    sheet.rows.remove(row)
    row.category, row.label = category, label
    places = [place for place, other in enumerate(sheet.rows) if class_of(other) == class_of(row)]
    sheet.rows.insert((places[-1] + 1 if at_end else places[0]) if places else len(sheet.rows), row)


def _is_heading(row: Sequence[str]) -> bool:
    """Whether a row is the head of the form's table, copied along."""
    return "三级指标" in {cell.strip() for cell in row}


def _label_columns(block: Sequence[Sequence[str]]) -> int:
    """How many leading columns hold class labels: 2 (一级 二级), 1 (二级 alone) or 0."""
    first = [_column(block, 0), _column(block, 1)]
    is_level1 = bool(first[0]) and all(level1_code(cell) for cell in first[0])
    if is_level1 and first[1] and all(level2_code(cell) or level1_code(cell) for cell in first[1]):
        return 2
    return 1 if first[0] and all(level2_code(cell) for cell in first[0]) else 0


def _column(block: Sequence[Sequence[str]], column: int) -> list[str]:
    return [row[column].strip() for row in block if len(row) > column and row[column].strip()]


def _paste_classified(sheet: Sheet, block: Sequence[Sequence[str]], labels: int) -> Cell:
    level1: str | None = None
    label, added = "", []
    for cells in block:
        if labels == 2 and cells[0].strip():
            level1 = level1_code(cells[0])
        label = (cells[labels - 1].strip() if len(cells) >= labels else "") or label
        category = classify(label, level1)
        row = Row(sheet.new_key(), category, label or DEFINITIONS[category].name)
        for column, cell in zip(NAMES_AND_VALUES, cells[labels:], strict=False):
            _enter(row, column, cell, whole_values=True)
        sheet.rows.append(row)
        added.append(row)
    return Cell(added[0].key)


def _paste_at(sheet: Sheet, at: Cell, block: Sequence[Sequence[str]]) -> Cell:
    row: Row | None = _known(sheet, at.row)
    columns, names = _columns_from(at.column, block)
    for number, cells in enumerate(block):
        if number:
            row = _next_row(sheet, row)
        if row is None:  # pragma: no cover - a row was just found or added
            break
        for column, cell in zip(columns, cells, strict=False):
            _enter(row, column, cell, whole_values=names)
    return at


def _columns_from(column: str, block: Sequence[Sequence[str]]) -> tuple[Sequence[str], bool]:
    """The columns that a block fills, and whether its values are whole (≥95%): those of the official form, unless the
    block has operators in columns of their own."""
    start = COLUMNS.index(column) if column in COLUMNS else 0
    separate = COLUMNS[start : start + max(len(cells) for cells in block)]
    operators = [place for place, name in enumerate(separate) if name.endswith(".operator")]
    signs = [cells[place] for cells in block for place in operators if len(cells) > place]
    has_signs = any(sign.strip() for sign in signs) and all(not s.strip() or _operator(s) for s in signs)
    if has_signs or column not in NAMES_AND_VALUES:
        return separate, False
    return NAMES_AND_VALUES[NAMES_AND_VALUES.index(column) :], True


def _operator(cell: str) -> str | None:
    text = cell.strip()
    return next((operator for operator, sign in SIGNS.items() if text in {operator, sign}), None)


def _enter(row: Row, column: str, cell: str, *, whole_values: bool) -> None:
    """Enter one cell. ``whole_values``: a value cell holds operator and unit as well (≥95%)."""
    scope, _, part = column.partition(".")
    half, text = row.half(scope), " ".join(cell.split())
    if part == "operator":
        half.operator = _operator(text) or ""
    elif part == "value" and whole_values:
        set_printed(half, text)
    else:
        setattr(half, part, text)


def _next_row(sheet: Sheet, row: Row | None) -> Row | None:
    """The row below in the same class, made if there is none."""
    if row is None:  # pragma: no cover - called with a row
        return None
    siblings = [other for other in sheet.rows if class_of(other) == class_of(row) and not other.removed]
    place = siblings.index(row) + 1 if row in siblings else len(siblings)
    return siblings[place] if place < len(siblings) else sheet.row(add_row(sheet, row.category, row.key).row)


Operation = Callable[[Sheet, Sequence[str]], Cell | None]
"""Takes the sheet and the words of the button that was pressed."""
OPERATIONS: Final[dict[str, Operation]] = {
    "add": lambda sheet, words: add_row(sheet, words[0], words[1] if len(words) > 1 else ""),
    "remove": lambda sheet, words: remove_row(sheet, words[0]),
    "restore": lambda sheet, words: restore_row(sheet, words[0]),
    "up": lambda sheet, words: move_row(sheet, words[0], -1),
    "down": lambda sheet, words: move_row(sheet, words[0], 1),
    "copy": lambda sheet, words: copy_to_annual(sheet, words[0] if words else ""),
}
"""Buttons of the page by the first word of their value: ``add:output.quantity``, ``up:i12``."""
