"""Rows that have all their cells and cannot be right: repeated, copied from another row, pushed, printed twice, cut.

The reasons are Chinese sentences for the person who mends the row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from imports.layouts.gazette.tables.cells import FIGURE, PERIOD, bare, is_body, kind
from imports.layouts.gazette.tables.headers import without_brackets
from imports.layouts.gazette.tables.profiles import Column
from imports.layouts.gazette.tables.rows import Row
from imports.layouts.gazette.tables.serials import outliers, serial

_NAME_WORD = re.compile(r"(?:项目|工程|任务|事项|行动|举措|指标)(?:名称)?\Z|名称\Z")
_BODY_WORD = re.compile(r"(?:单位|部门|机构|主体|法人|业主)\Z")
_ITEM = re.compile(r"\s*[(（]?(\d{1,3})[)）.．、]")
_LONG_TEXT: Final = 12
_LEAST_REPEATED: Final = 6
_LEAST_NAME: Final = 8
_DOUBLED_LEAST: Final = 5
_PIECE_LENGTH: Final = 10
_MOST_PIECES: Final = 8
_AGREEING: Final = 0.75


def mark_damage(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Mark the rows that cannot be taken for facts, each with its first reason."""
    whole = [row for row in rows if row.kind == "row" and row.is_aligned and len(row.cells) == len(columns)]
    _mark_repeated(columns, whole)
    _mark_copied(columns, whole)
    _mark_pushed(columns, whole)
    _mark_names(columns, whole)
    if columns and columns[0].said == "serial":
        _mark_serials([row for row in rows if row.kind == "row"])


def name_place(columns: Sequence[Column]) -> int | None:
    """The column that names what a row is about."""
    for place, column in enumerate(columns[:4]):
        if _NAME_WORD.search(without_brackets(column.header)):
            return place
    return None


def _mark(row: Row, reason: str) -> None:
    row.damage = row.damage or reason


def _mark_repeated(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """A row that repeats another of its section word for word; one that differs from it by its serial alone."""
    seen: dict[tuple[str | None, str], int] = {}
    has_serials = bool(columns) and columns[0].said == "serial"
    for row in rows:
        own = row.cells[1:] if has_serials else row.cells
        text = "\t".join(bare(cell) for cell in own)
        filled = sum(1 for cell in own if cell)
        if not own or not own[0] or len(text.replace("\t", "")) < _LEAST_REPEATED or filled < min(2, len(own)):
            continue
        if has_serials and len(bare(own[0])) < _LEAST_NAME and filled < len(own):
            text = f"{bare(row.cells[0])}\t{text}"
        before = seen.setdefault((row.group, text), row.line)
        if before != row.line:
            _mark(row, f"与第{before}行逐字相同，可能是重复印出的")
            row.is_repeated = True


def _mark_copied(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Two rows of different names with the same long text, figures and all the rest: one was filled with the other."""
    first = _first_text(columns)
    places = [at for at, column in enumerate(columns) if at > first and column.holds in ("text", "mixed")]
    seen: dict[tuple[int, str], Row] = {}
    for row in rows:
        for at in places:
            if len(row.cells[at]) < _LONG_TEXT:
                continue
            before = seen.setdefault((at, bare(row.cells[at])), row)
            if before is not row and _agree(before, row, skipped=(first, at), after=first):
                _mark(row, f"除名称外与第{before.line}行相同，其中一行可能填入了另一行的内容")
                _mark(before, f"除名称外与第{row.line}行相同，其中一行可能填入了另一行的内容")


def _agree(one: Row, other: Row, *, skipped: tuple[int, ...], after: int) -> bool:
    pairs = [
        (bare(left), bare(right))
        for at, (left, right) in enumerate(zip(one.cells, other.cells, strict=True))
        if at > after and at not in skipped and (left or right)
    ]
    same = [left for left, right in pairs if left == right]
    telling = any(kind(text) & (FIGURE | PERIOD) and len(text) > 1 for text in same)
    return len(same) > 1 and (len(same) == len(pairs) or (telling and len(same) >= _AGREEING * len(pairs)))


def _first_text(columns: Sequence[Column]) -> int:
    return 1 if columns and columns[0].said == "serial" else 0


def _mark_pushed(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """The name of a body among the remarks, where a column of bodies beside it is blank or doubled."""
    remark = next((at for at, column in enumerate(columns) if column.said == "remark"), None)
    if remark is None or 2 * columns[remark].bodies > columns[remark].filled:
        return
    bodies = [at for at, column in enumerate(columns[:remark]) if _BODY_WORD.search(without_brackets(column.header))]
    for row in rows:
        if not bodies or not is_body(row.cells[remark]):
            continue
        cells = [bare(row.cells[at]) for at in bodies]
        if not all(cells) or len(set(cells)) < len(cells):
            _mark(row, "单位名称印在了备注栏，而单位栏空白或重复，可能错了栏")


def _mark_names(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    place = name_place(columns)
    if place is None:
        return
    for row in rows:
        if is_doubled(row.cells[place]):
            _mark(row, "名称在同一格中印了两遍，而且文字不同")
    if place and columns[0].said == "serial":
        _mark_cut_names(place, rows)


def is_doubled(name: str) -> bool:
    """Whether a name begins anew behind a space, in other words: two wordings stand in one cell."""
    pieces = name.split()[:_MOST_PIECES]
    for at in range(1, len(pieces)):
        one, other = bare("".join(pieces[:at])), bare("".join(pieces[at:]))
        same = next(
            (i for i, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
            min(len(one), len(other)),
        )
        if same >= max(_DOUBLED_LEAST, len(one) * 2 // 3):
            return True
    return False


def _mark_cut_names(place: int, rows: Sequence[Row]) -> None:
    """Names in pieces: below a serial come rows with a piece of name each and the next item of the same list."""
    entry: list[Row] = []
    for row in rows:
        if serial(row.cells[0]) is not None:
            _mark_pieces(entry)
            entry = [row]
        elif entry and _is_piece(entry[-1], row, place):
            entry.append(row)
        else:
            _mark_pieces(entry)
            entry = []
    _mark_pieces(entry)


def _is_piece(above: Row, row: Row, place: int) -> bool:
    name, upper = row.cells[place], above.cells[place]
    if row.cells[0] or not name or not upper or max(len(name), len(upper)) > _PIECE_LENGTH:
        return False
    rest = [at for at, cell in enumerate(row.cells) if cell and at != place]
    if len(rest) != 1:
        return not rest
    before, after = _ITEM.match(above.cells[rest[0]]), _ITEM.match(row.cells[rest[0]])
    return before is not None and after is not None and int(after[1]) == int(before[1]) + 1


def _mark_pieces(entry: Sequence[Row]) -> None:
    if len(entry) > 1:
        lines = "、".join(str(row.line) for row in entry)
        for row in entry:
            _mark(row, f"名称分印在第{lines}行，请核对合并后的名称")


def _mark_serials(rows: Sequence[Row]) -> None:
    """Serials that break their run. A row that repeats another word for word says nothing about that row's serial."""
    numbers = [None if row.is_repeated else serial(row.cells[0]) for row in rows]
    for at in outliers(numbers):
        _mark(rows[at], f"序号{rows[at].cells[0]}与前后不连续，请核对是不是这一行")
