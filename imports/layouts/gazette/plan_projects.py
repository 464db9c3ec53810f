"""Project tables of plans and gazettes → plan projects.

A project may stand on several physical rows: its content goes on below blank cells of serial and name (a merged cell, a
page break), or its name is cut into pieces. What the rows prove is joined; where joining is a reading and not a
proof, the project says so in its damage. Rows that damage makes doubtful keep their printed text and have no yuan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from imports.drafts import Amount
from imports.layouts.gazette.columns import ProjectColumns, below_the_name, project_columns
from imports.layouts.gazette.drafts import PlanProjectDraft, RowDraft, TableDraft
from imports.layouts.gazette.investments import investment, own_unit, stated_total, unit_name
from imports.layouts.gazette.numbering import is_item, numbered

_WRAP = re.compile(
    r"(?<=[\u3400-\u9fff，。、；：！？“”‘’（）《》〔〕【】…])[ \t\u3000\xa0]++(?=[\u3400-\u9fff，。、；：！？“”‘’（）《》〔〕【】…])"
)
_SENTENCE_ENDS: Final = "。；;！!？?：:"
_SENTENCE_GOES_ON = re.compile(r"[，,。；;]")
_PIECE_LENGTH: Final = 10
_SLACK: Final = 1
_WHOLE_NAME = re.compile(r"(?:项目|工程|建设|改造|行动|计划|路|街|桥|园|院|校|馆|站|厂|中心|基地|小区|[)）])\Z")
_PART_OF_IT = re.compile(r"[(（]?其中")


@dataclass(slots=True)
class _Project:
    """The rows of one project, with the pieces of its name."""

    rows: list[RowDraft]
    names: list[tuple[int, str]] = field(default_factory=list)
    """Line and text of each piece of the name that is printed."""
    expected: str = ""
    """The name that a merged cell promises for these rows, where it is printed further below."""

    @property
    def name(self) -> str:
        """The whole name, without the spaces of line wraps."""
        return "".join(_unwrapped(text) for _, text in self.names) or _unwrapped(self.expected)


def plan_projects(table: TableDraft) -> list[PlanProjectDraft]:
    """The projects of a table, in order; none where no column names projects."""
    columns = project_columns(tuple(table.header))
    if columns.name is None:
        return []
    unit = columns.money_unit or unit_name(table.unit)
    rows: Sequence[RowDraft] = table.rows
    if _name_has_two_columns(table, columns.name):
        rows = [_with_one_name(row, columns.name) for row in rows]
        columns = below_the_name(columns)
    return [_drafted(project, columns, unit) for project in _projects(rows, columns)]


def _name_has_two_columns(table: TableDraft, name: int) -> bool:
    """Whether the head of the name is merged over a second column that names what the rows are about."""
    if name + 1 >= len(table.header) or table.header[name + 1].strip():
        return False
    rows = [row for row in table.rows if row.kind == "row"]
    return sum(bool(_own(row, name + 1)) for row in rows) * 2 > len(rows)


def _with_one_name(row: RowDraft, name: int) -> RowDraft:
    """A row whose name stands in the second column; a row that has none there is named by the first."""
    if len(row.cells) <= name + 1 or row.cells[name + 1].strip() or name in row.filled:
        return row
    return replace(row, cells=(*row.cells[: name + 1], row.cells[name], *row.cells[name + 2 :]))


def _projects(rows: Sequence[RowDraft], columns: ProjectColumns) -> Iterator[_Project]:
    current: _Project | None = None
    for row in rows:
        if row.kind == "row" and not any(cell.strip() for cell in row.cells):
            continue
        if row.kind != "row":
            if current:
                yield current
            current = None
        elif current and _goes_on(current, row, columns):
            _add(current, row, columns)
        else:
            if current:
                yield current
            current = _begun(row, columns)
    if current:
        yield current


def _begun(row: RowDraft, columns: ProjectColumns) -> _Project:
    name = _own(row, columns.name)
    return _Project([row], [(row.line, name)] if name else [], "" if name else _cell(row, columns.name))


def _add(project: _Project, row: RowDraft, columns: ProjectColumns) -> None:
    project.rows.append(row)
    name = _own(row, columns.name)
    if name and not _is_part(row, columns):
        project.names.append((row.line, name))


def _goes_on(project: _Project, row: RowDraft, columns: ProjectColumns) -> bool:
    """Whether a row belongs to the project above it."""
    name, serial = _own(row, columns.name), _own(row, columns.serial)
    if serial and (project.names or any(_own(other, columns.serial) for other in project.rows)):
        return False
    if not project.names:
        return bool(project.expected) and _cell(row, columns.name) == project.expected
    if name:
        return _is_part(row, columns) or _is_piece(project, row, columns, name)
    return _cell(row, columns.name) in ("", project.names[-1][1], project.name)


def _is_piece(project: _Project, row: RowDraft, columns: ProjectColumns, name: str) -> bool:
    """Whether a name without a serial goes on with the name above: both are as narrow as their column, and not whole.

    Sub-projects (their own amount, place or body) and tables without serials have no pieces.
    """
    first, last = project.names[0][1], project.names[-1][1]
    if columns.serial is None or not _own(project.rows[0], columns.serial) or _WHOLE_NAME.search(last):
        return False
    if not len(name) - _SLACK <= len(first) <= _PIECE_LENGTH or len(last) + _SLACK < len(first):
        return False
    own = (columns.investment, columns.location, columns.period, columns.responsible)
    return not any(_own(row, place) for place in own)


def _drafted(project: _Project, columns: ProjectColumns, unit: str | None) -> PlanProjectDraft:
    rows = [row for row in project.rows if not _is_part(row, columns)] or project.rows[:1]
    content = _content(project.rows, columns)
    damage = _damage(project)
    amount, amount_unit = _investment(rows, columns, unit)
    number, name = numbered(project.name) if columns.serial is None else (_text(rows, columns.serial), project.name)
    return PlanProjectDraft(
        line=project.rows[0].line,
        serial=number,
        category=_category(rows[0], columns),
        name=name,
        content=content,
        investment=amount if damage is None else Amount(None, amount.printed),
        investment_unit=amount_unit,
        location=_text(rows, columns.location),
        period=_text(rows, columns.period),
        responsible=_text(rows, columns.responsible),
        other=dict(_other(rows, columns)),
        investment_in_text=None if (amount.printed or "").strip() else stated_total(content or ""),
        damage=damage,
    )


def _category(row: RowDraft, columns: ProjectColumns) -> str | None:
    """The section row above; without one the cell of the column of categories."""
    if row.group is not None:
        return row.group
    return _unwrapped(_cell(row, columns.category)) if columns.category is not None else None


def _other(rows: Sequence[RowDraft], columns: ProjectColumns) -> Iterator[tuple[str, str]]:
    beside_group = columns.category if rows[0].group is not None else None
    for place, label in enumerate(columns.labels):
        if place in columns.other or place == beside_group:
            yield label, _joined(rows, place)


def _investment(rows: Sequence[RowDraft], columns: ProjectColumns, unit: str | None) -> tuple[Amount, str | None]:
    if columns.investment is None:
        return Amount(None, None), None
    own = [text for row in rows if (text := _own(row, columns.investment))]
    printed = "\n".join(own) or _cell(rows[0], columns.investment)
    # Several figures of one project are not its total, and a merged cell counts once, for the project that prints it.
    amount = investment(printed, unit) if len(own) == 1 else Amount(None, printed)
    return amount, unit_name(own_unit(printed)) or unit


def _content(rows: Sequence[RowDraft], columns: ProjectColumns) -> str | None:
    """The contents of all rows: items below one another, a text that a page break cut put together again."""
    if columns.content is None:
        return None
    pieces: list[str] = []
    item = ""  # the last row of the item that pieces end with; it alone tells whether the item goes on
    for row in rows:
        is_part = _is_part(row, columns)
        text = (
            _as_printed(row)
            if is_part
            else _unwrapped(_own(row, columns.content) if pieces else _cell(row, columns.content))
        )
        if text:
            pieces += [text] if not item or (not is_part and _is_cut(item, text)) else ["\n", text]
            item = text
    return "".join(pieces)


def _is_cut(before: str, text: str) -> bool:
    """Whether a sentence goes on in the next row: it is one (shorter texts are items of a list), and not at its end."""
    is_sentence = _SENTENCE_GOES_ON.search(before) is not None
    return is_sentence and before[-1] not in _SENTENCE_ENDS and not is_item(text)


def _is_part(row: RowDraft, columns: ProjectColumns) -> bool:
    """Whether a row is a part (其中：东段) of the project above it, whose figures it must not double."""
    return _PART_OF_IT.match(_own(row, columns.name)) is not None


def _as_printed(row: RowDraft) -> str:
    """All cells that a row prints itself, side by side."""
    cells = (_unwrapped(cell.strip()) for at, cell in enumerate(row.cells) if at not in row.filled)
    return " ".join(filter(None, cells))


def _text(rows: Sequence[RowDraft], place: int | None) -> str | None:
    return None if place is None else _unwrapped(_joined(rows, place))


def _joined(rows: Sequence[RowDraft], place: int) -> str:
    """A cell of a project: what its rows print, each text once; else what a merged cell gives."""
    own = dict.fromkeys(text for row in rows if (text := _own(row, place)))
    return "\n".join(own) or _cell(rows[0], place)


def _damage(project: _Project) -> str | None:
    """The damage of the rows; without any, what joining them leaves to be checked."""
    reasons = dict.fromkeys(row.damage for row in project.rows if row.damage)
    if not reasons and not project.name:
        return "这一行没有项目名称"
    if not reasons and len(project.names) > 1:
        lines = "、".join(str(line) for line, _ in project.names)
        return f"项目名称分印在第{lines}行，请核对合并后的名称"
    return "；".join(filter(None, reasons)) or None


def _own(row: RowDraft, place: int | None) -> str:
    """A cell as the row itself prints it: a merged cell's text belongs to the row that prints it."""
    return "" if place in row.filled else _cell(row, place)


def _cell(row: RowDraft, place: int | None) -> str:
    return row.cells[place].strip() if place is not None and place < len(row.cells) else ""


def _unwrapped(text: str) -> str:
    """A text without the spaces that line wraps leave between Chinese characters."""
    return _WRAP.sub("", text)
