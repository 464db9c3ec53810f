"""Where a table begins: its header, the rows above that are its caption and its unit, and the caption above those."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from imports.layouts.gazette.drafts import AnnexDraft
from imports.layouts.gazette.tables.captions import (
    Caption,
    caption_above,
    caption_text,
    could_be_caption,
    is_continued,
    is_label,
    is_table_title,
    stated_unit,
    unit_line,
)
from imports.layouts.gazette.tables.cells import filled_places
from imports.layouts.gazette.tables.header_rows import whole_header
from imports.layouts.gazette.tables.headers import could_head, looks_like_header, money_unit, word_share
from imports.layouts.gazette.tables.no_tables import is_bare_table, is_contents
from imports.layouts.gazette.tables.page_lines import ROWS_LOOKED_AT, PageLines
from imports.layouts.gazette.tables.sheets import Sheet

_ROWS_ABOVE_HEADER: Final = 4
_FURTHEST: Final = 2 * ROWS_LOOKED_AT

Numbered = tuple[int, tuple[str, ...]]
"""A line's number and its cells."""


def begun(page: PageLines, at: int, floor: int, before: Sheet | None) -> tuple[Sheet | None, int]:
    """The table whose first row is on line ``at``, if one is, and the line to go on with.

    ``before`` is the table above, which lends its caption where nothing stands between; no caption is looked for above
    line ``floor``.
    """
    end = page.end_of_rows(at)
    top = list(islice(page.rows(range(at, end)), _ROWS_ABOVE_HEADER + ROWS_LOOKED_AT))
    rows = [cells for _, cells in top]
    if not rows or (is_contents(rows) and is_contents([cells for _, cells in page.rows(range(at, end))])):
        return None, end
    place = _header_place(page, top, end, floor)
    if place is not None:
        return _opened(page, top, place, floor, before)
    if is_bare_table(rows):
        return _sheet(page, at, ("",) * max(len(row) for row in rows), [], floor, before), at
    return None, end


def annex_at(annexes: Sequence[AnnexDraft], line: int) -> int | None:
    """Which annex stands on a line."""
    for place, annex in enumerate(annexes):
        if annex.first_line is not None and annex.first_line <= line <= (annex.last_line or annex.first_line):
            return place
    return None


def _header_place(page: PageLines, top: Sequence[Numbered], end: int, floor: int) -> int | None:
    rows = [cells for _, cells in top]
    for place in range(min(len(rows), _ROWS_ABOVE_HEADER)):
        if _is_header(page, top, place, end, floor) and not is_contents(rows[place + 1 :]):
            return place
        if len(filled_places(rows[place])) > 1 and not any(unit_line(cell) for cell in rows[place]):
            return None
    return None


def _is_header(page: PageLines, top: Sequence[Numbered], place: int, end: int, floor: int) -> bool:
    """Whether a row heads a table: by its words and the rows below it, or by its shape below the title of a table."""
    row = top[place][1]
    below = [cells for _, cells in top[place + 1 : place + ROWS_LOOKED_AT]]
    if looks_like_header(row, below) or _is_merged_header(row, below):
        return True
    if word_share(row) < 0:
        return False
    # A page may break right below a header; the header printed again says nothing.
    more = page.beyond(end, ROWS_LOOKED_AT) if len(below) < ROWS_LOOKED_AT - 1 else []
    below = [cells for cells in [*below, *more] if cells != row]
    return looks_like_header(row, below) or (could_head(row, below) and _is_titled(page, top[: place + 1], floor))


def _is_merged_header(row: tuple[str, ...], below: Sequence[tuple[str, ...]]) -> bool:
    """Whether a row of merged heads heads a table together with the row below it."""
    header = whole_header([row, *below])
    return header.row_count > 1 and looks_like_header(header.cells, below[header.row_count - 1 :])


def _is_titled(page: PageLines, top: Sequence[Numbered], floor: int) -> bool:
    """Whether the title of a table stands directly above the last row."""
    inside = [next(cell for cell in cells if cell) for _, cells in top[:-1]]
    if any(is_table_title(text) for text in inside):
        return True
    caption, _ = caption_above(page.lines, top[0][0], floor, page.annexes)
    return caption is not None and is_table_title(caption.text)


def _opened(
    page: PageLines, top: Sequence[Numbered], place: int, floor: int, before: Sheet | None
) -> tuple[Sheet, int]:
    """The table with its header, rows above it being its caption and its unit."""
    header = whole_header([cells for _, cells in top[place:]])
    numbers = [line for line, _ in top[place : place + header.row_count]]
    sheet = _sheet(page, top[0][0], header.cells, numbers, floor, before)
    if header.lower:
        sheet.top, sheet.lower = top[place][1], header.lower
    for line, row in top[:place]:
        _take_above(sheet, line, row)
    return sheet, numbers[-1] + 1


def _take_above(sheet: Sheet, line: int, row: Sequence[str]) -> None:
    """A row above the header is the unit, the caption, or both side by side."""
    units = [stated for cell in row if (stated := unit_line(cell))]
    texts = [cell for cell in row if cell and not unit_line(cell)]
    if units:
        sheet.unit = sheet.unit or money_unit(units[0])
    text = texts[0] if texts and not (units and len(texts) > 1) else ""
    if could_be_caption(text) and not is_continued(text) and (not units or is_table_title(text)):
        sheet.caption, sheet.caption_line = caption_text(text), line
        sheet.unit = sheet.unit or stated_unit(text)


def _sheet(
    page: PageLines, at: int, header: tuple[str, ...], header_lines: list[int], floor: int, before: Sheet | None
) -> Sheet:
    caption, unit = caption_above(page.lines, at, floor, page.annexes)
    if caption is None and before is not None and before.caption and _follows(page, before, at):
        caption = Caption(before.caption, before.caption_line or before.first_line)
    if caption is None:
        caption = _annex_caption(page, at, floor)
    return Sheet(
        caption=caption.text if caption else "",
        caption_line=caption.line if caption and caption.line else None,
        unit=unit,
        header=tuple(cell.replace("\n", "") for cell in header),
        header_lines=header_lines,
        first_line=at,
        last_line=header_lines[-1] if header_lines else at,
        strips=page.strips(),
    )


def _follows(page: PageLines, before: Sheet, at: int) -> bool:
    """Whether nothing but a page break stands between a table and line ``at``."""
    return at - before.last_line <= _FURTHEST and all(map(page.is_break, range(before.last_line + 1, at)))


def _annex_caption(page: PageLines, at: int, floor: int) -> Caption | None:
    """The title of the annex that the table is, where no caption is printed above it."""
    place = annex_at(page.annexes, at)
    if place is None or floor > (page.annexes[place].first_line or 0):
        return None
    annex = page.annexes[place]
    for line in range((annex.heading_line or annex.label_line or at) + 1, at):
        if not page.is_break(line) and not is_label(page.text(line)):
            return None
    return Caption(annex.title, annex.heading_line or 0)
