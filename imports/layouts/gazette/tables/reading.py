"""From a table as found to its draft: rows mended or marked, merged cells filled, declared totals checked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from imports.layouts.gazette.drafts import RowDraft, TableDraft
from imports.layouts.gazette.tables.cells import number
from imports.layouts.gazette.tables.damage import mark_damage
from imports.layouts.gazette.tables.edges import trim_edges
from imports.layouts.gazette.tables.headers import header_unit
from imports.layouts.gazette.tables.kinds import table_kind
from imports.layouts.gazette.tables.lost_heads import give_back_head
from imports.layouts.gazette.tables.mending import fits, mended
from imports.layouts.gazette.tables.merging import fill_merged
from imports.layouts.gazette.tables.profiles import Column, profiled
from imports.layouts.gazette.tables.rows import Row, rows_of
from imports.layouts.gazette.tables.sheets import Sheet
from imports.layouts.gazette.tables.stripping import pad_stripped
from imports.layouts.gazette.tables.totals import declared_totals


def read_table(sheet: Sheet) -> TableDraft:
    """The draft of a table: every row either sound, or mended with its proof, or damaged with the reason."""
    trim_edges(sheet)
    is_headed = give_back_head(sheet)
    rows = rows_of(sheet)
    if not is_headed:
        _mark_beside_header(sheet.header, rows)
    columns = _mend(sheet.header, rows, strips=sheet.strips)
    mark_damage(columns, rows)
    fill_merged(columns, rows)
    return TableDraft(
        caption=sheet.caption,
        caption_line=sheet.caption_line,
        kind=table_kind(sheet.caption, sheet.header),
        header=sheet.header,
        header_lines=sheet.header_lines,
        unit=sheet.unit or header_unit(sheet.header),
        first_line=sheet.first_line,
        last_line=max([*sheet.header_lines, *(row.line for row in rows[-1:]), _end(sheet, rows)]),
        rows=[_draft(row, len(columns)) for row in rows],
        totals=declared_totals(sheet.caption, sheet.caption_line, columns, rows),
    )


def _end(sheet: Sheet, rows: Sequence[Row]) -> int:
    """The last line, unless notes were left out at the end."""
    last = sheet.body[-1].number if sheet.body else sheet.last_line
    return sheet.last_line if rows and (rows[-1].line == last or rows[-1].is_joined) else 0


def _mend(header: Sequence[str], rows: Sequence[Row], *, strips: bool) -> list[Column]:
    """Learn the columns from whole rows, then mend what does not fit them."""
    columns = _learnt(header, rows)
    _mark_cuts(header, rows)
    if pad_stripped(columns, rows, strips=strips):
        columns = _learnt(header, rows)
    else:
        _mark_cut_end(header, rows)
    for row in rows:
        if row.kind == "row":
            _mend_row(columns, row, shifted=len(row.cells) == len(header) and not fits(columns, row.cells))
        elif row.kind == "total" and len(row.cells) != len(header):
            _mend_total(columns, row)
    return columns


def _learnt(header: Sequence[str], rows: Sequence[Row]) -> list[Column]:
    """The columns, learnt from whole rows that fit the others."""
    whole = [row for row in rows if row.kind == "row" and len(row.cells) == len(header) and not row.is_joined]
    columns = profiled(header, (row.cells for row in whole))
    wrong = {row.line for row in whole if not fits(columns, row.cells)}
    return profiled(header, (row.cells for row in whole if row.line not in wrong)) if wrong else columns


def _mark_beside_header(header: Sequence[str], rows: Sequence[Row]) -> None:
    """Rows that all have a cell more than the header: whichever of their cells were left out, it would be one of theirs."""
    for row in rows:
        if row.kind == "row" and len(row.cells) > len(header):
            row.damage = f"各行都比表头多一格（表头{len(header)}栏），看不出表头缺的是哪一栏"


def _mark_cuts(header: Sequence[str], rows: Sequence[Row]) -> None:
    """Two neighbours that are too short and together have a row's cells may be one row that was cut."""
    width = len(header)
    for row, following in pairwise(rows):
        together = len(row.cells) + len(following.cells)
        if (
            max(len(row.cells), len(following.cells)) < width
            and width <= together <= width + 1
            and not following.after_break
        ):
            for part in (row, following):
                if part.kind == "row" and not part.is_joined:
                    part.damage = part.damage or f"第{row.line}、{following.line}行格数都不足，可能是断开的同一行"


def _mark_cut_end(header: Sequence[str], rows: Sequence[Row]) -> None:
    """A short last row may be cut off, whatever its cells look like."""
    width = len(header)
    if rows and 1 < len(rows[-1].cells) < width and rows[-1].kind == "row" and not rows[-1].is_joined:
        rows[-1].damage = f"最后一行只有{len(rows[-1].cells)}格，表头有{width}栏，后面的内容可能被截断"


def _mend_row(columns: Sequence[Column], row: Row, *, shifted: bool) -> None:
    width = len(columns)
    if row.is_joined:
        row.mended = "这一行断在几行里，格数正好相合，已接起"
        if not fits(columns, row.cells) or not all(
            column.must_hold(cell) for column, cell in zip(columns, row.cells, strict=True)
        ):
            row.damage, row.mended, row.is_aligned = "这一行断在几行里，接起后内容与各栏不符", None, False
        return
    if row.mended or (len(row.cells) == width and not shifted):
        return
    if row.damage is None and (found := mended(columns, row.cells)):
        row.cells, row.mended = found.cells, found.note
        return
    row.is_aligned = False
    row.damage = row.damage or _reason(width, len(row.cells))


def _mend_total(columns: Sequence[Column], row: Row) -> None:
    """A total whose blanks are lost: it fits where it has just as many figures as there are columns of figures."""
    places = [at for at, column in enumerate(columns) if column.holds == "figure"]
    label, *figures = [cell for cell in row.cells if cell]
    if places and len(figures) == len(places) and all(number(cell) is not None for cell in figures):
        texts = {0: label, **dict(zip(places, figures, strict=True))}
        row.cells = tuple(texts.get(at, "") for at in range(len(columns)))
        row.mended = "合计行少印了空格，数字个数与数字栏数相同，已逐栏对上"
    else:
        row.is_aligned, row.damage = False, _reason(len(columns), len(row.cells))


def _reason(width: int, count: int) -> str:
    if count == width:
        return "数字落在文字栏里，内容错了栏，看不出原来的位置"
    if count > width + 1:
        return f"表头有{width}栏，这一行有{count}格，混入了别的内容，看不出哪些格是这一行的"
    what = "多出的是哪一格" if count > width else "缺的是哪一格"
    return f"表头有{width}栏，这一行有{count}格，看不出{what}"


def _draft(row: Row, width: int) -> RowDraft:
    cells = row.cells if len(row.cells) == width else (*row.cells[:width], *[""] * (width - len(row.cells)))
    return RowDraft(
        line=row.line,
        kind=row.kind,
        printed=row.printed,
        cells=cells,
        filled=row.filled,
        group=row.group,
        mended=row.mended if row.damage is None else None,
        damage=row.damage,
    )
