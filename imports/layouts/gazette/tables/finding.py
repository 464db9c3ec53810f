"""All tables among the lines of a document: where each begins and ends, over all its pages.

A table begins with its header. It goes on over blank lines, page numbers, unit lines, 续表, running heads and repeated
headers; words between its rows end it. Rows of another header are another table, under the same caption where nothing
else stands between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from imports.layouts.gazette.drafts import AnnexDraft, TableDraft
from imports.layouts.gazette.lines import is_blank, is_page_number, is_table_row, plain
from imports.layouts.gazette.tables.captions import (
    Caption,
    caption_above,
    caption_text,
    could_be_caption,
    head_key,
    is_continued,
    is_furniture,
    is_label,
    is_note,
    running_heads,
    stated_unit,
    unit_line,
)
from imports.layouts.gazette.tables.cells import bare, clean, filled_places, split
from imports.layouts.gazette.tables.headers import (
    is_certain_header,
    is_second_row,
    is_serial_word,
    joined_rows,
    looks_like_header,
    money_unit,
)
from imports.layouts.gazette.tables.no_tables import is_bare_table, is_contents, is_newspaper
from imports.layouts.gazette.tables.reading import read_table
from imports.layouts.gazette.tables.sheets import Line, Sheet

_ROWS_ABOVE_HEADER: Final = 4
_ROWS_LOOKED_AT: Final = 6
_MOST_LOOSE: Final = 3
_NEAR: Final = 2


def find_tables(lines: Sequence[str], first: int, last: int, annexes: Sequence[AnnexDraft] = ()) -> list[TableDraft]:
    """All tables among the 1-based lines ``first`` to ``last``; lists of contents and newspaper columns are none."""
    tables = []
    for sheet in _Finder(lines, first, min(last, len(lines)), annexes).sheets():
        table = read_table(sheet)
        table.annex = _annex_at(annexes, table.first_line)
        tables.append(table)
    return tables


def _annex_at(annexes: Sequence[AnnexDraft], line: int) -> int | None:
    for place, annex in enumerate(annexes):
        if annex.first_line is not None and annex.first_line <= line <= (annex.last_line or annex.first_line):
            return place
    return None


@dataclass(slots=True)
class _Finder:
    """Goes through the lines once, from row to row."""

    lines: Sequence[str]
    first: int
    last: int
    annexes: Sequence[AnnexDraft]
    sheet: Sheet | None = None
    between: list[int] = field(default_factory=list)
    """Lines of words since the last row."""
    broken: bool = False
    """Whether a blank line stands between them."""
    floor: int = 0
    _heads: frozenset[str] | None = None

    def sheets(self) -> Iterator[Sheet]:
        """Each table with its rows."""
        self.floor = at = self.first
        while at <= self.last:
            line = self.lines[at - 1]
            if not is_table_row(line):
                if is_blank(line):
                    self.broken = True
                elif self.sheet:
                    self.between.append(at)
                at += 1
                continue
            if self.sheet and not self._goes_on(at):
                at = self._without_caption(at)
                yield from self._closed()
            if self.sheet:
                self._add(at)
                at += 1
            else:
                at = self._begun(at)
        yield from self._closed()

    def _closed(self) -> Iterator[Sheet]:
        sheet, self.sheet = self.sheet, None
        if sheet is None:
            return
        rows = [line.cells for line in sheet.body if line.is_row]
        self.floor = sheet.last_line + 1
        if rows and not (len(sheet.header) <= _NEAR and is_newspaper(rows)):
            yield sheet

    def _without_caption(self, at: int) -> int:
        """Where the next table begins: on its caption, if that was taken for the last row of the open one."""
        sheet = self.sheet
        if (
            sheet is None
            or self.broken
            or not is_certain_header(_cleaned(self.lines[at - 1]))
            or not sheet.ends_with_caption()
        ):
            return at
        caption = sheet.body.pop()
        sheet.last_line = max([*sheet.header_lines, *(line.number for line in sheet.body[-1:])])
        return caption.number

    # -- going on ----------------------------------------------------------------------------------------------------

    def _goes_on(self, at: int) -> bool:
        """Whether the row on line ``at`` is the open table's."""
        sheet = self.sheet
        if sheet is None:
            return False
        cells = _cleaned(self.lines[at - 1])
        if not any(cells):
            return True
        repeats = sheet.is_header(cells)
        words = [
            line for line in self.between if not self._is_neutral(plain(self.lines[line - 1]), self.lines[line - 1])
        ]
        if words and not self._are_passing(words, cells, repeats=repeats):
            return False
        if repeats:
            return True
        if is_certain_header(cells) and (self._may_begin_anew(at, cells) or sheet.ends_with_caption()):
            return False
        return not self.broken or sheet.could_hold(cells) or self._is_spoilt_page(at)

    def _is_spoilt_page(self, at: int) -> bool:
        """Whether rows of other widths at the top of a page belong to the table: rows of its width come right after."""
        sheet = self.sheet
        if sheet is None:
            return False
        if any(len(row) == len(sheet.header) for row in self._below(at)):
            return True
        end = at + 1
        while end <= self.last and end - at <= _ROWS_LOOKED_AT and self._is_break(self.lines[end - 1]):
            end += 1
        row = _cleaned(self.lines[end - 1]) if end <= self.last and is_table_row(self.lines[end - 1]) else ("",)
        return sheet.is_header(row) or (len(row) == len(sheet.header) and not is_certain_header(row))

    def _may_begin_anew(self, at: int, cells: Sequence[str]) -> bool:
        """A header in the midst of a table is another table's where rows have serials, or behind a break."""
        sheet = self.sheet
        return (
            sheet is not None
            and (sheet.has_serials or self.broken or bool(self.between))
            and (is_serial_word(cells[0]) or sheet.has_serials or looks_like_header(cells, self._below(at)))
        )

    def _is_neutral(self, text: str, line: str) -> bool:
        """Page numbers, 续表, unit lines, the caption again: nothing that ends a table."""
        if is_page_number(line) or is_continued(text) or unit_line(text) is not None or is_furniture(text):
            return True
        sheet = self.sheet
        return sheet is not None and bool(sheet.caption) and bare(caption_text(text[:200])) == bare(sheet.caption)

    def _are_passing(self, words: Sequence[int], cells: tuple[str, ...], *, repeats: bool) -> bool:
        """Words between rows that do not end the table: running heads; lines directly between two rows."""
        sheet = self.sheet
        if sheet is None:
            return False
        texts = [self.lines[line - 1] for line in words]
        if (repeats or sheet.is_next(cells)) and all(head_key(text) in self._running_heads() for text in texts):
            return True
        if self.broken or repeats or len(words) > _MOST_LOOSE or is_certain_header(cells):
            return False
        return not any(is_label(plain(text)) or is_note(plain(text)) for text in texts)

    def _running_heads(self) -> frozenset[str]:
        if self._heads is None:
            self._heads = running_heads(self.lines, self.first, self.last)
        return self._heads

    def _add(self, at: int) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        printed = split(self.lines[at - 1])
        cells = tuple(clean(cell) for cell in printed)
        if not self.broken:
            for line in self.between:
                text = plain(self.lines[line - 1])
                if not self._is_neutral(text, self.lines[line - 1]):
                    sheet.body.append(Line(line, (text,), (text,), loose=True))
        for line in self.between:
            sheet.unit = sheet.unit or money_unit(unit_line(plain(self.lines[line - 1])) or "")
        sheet.add(at, printed, cells, broken=self.broken or bool(self.between))
        self.between, self.broken = [], False

    # -- beginning ---------------------------------------------------------------------------------------------------

    def _begun(self, at: int) -> int:
        """Open a table whose first row is on line ``at``, or pass over the rows there; the line to go on with."""
        self.between, self.broken = [], False
        end = self._end_of_rows(at)
        rows = [
            _cleaned(self.lines[line - 1]) for line in range(at, min(end, at + _ROWS_ABOVE_HEADER + _ROWS_LOOKED_AT))
        ]
        if is_contents(rows) and is_contents([_cleaned(self.lines[line - 1]) for line in range(at, end)]):
            return end
        for place in range(min(len(rows), _ROWS_ABOVE_HEADER)):
            if looks_like_header(rows[place], rows[place + 1 : place + _ROWS_LOOKED_AT]) and not is_contents(
                rows[place + 1 :]
            ):
                return self._opened(at, at + place, rows)
            if len(filled_places(rows[place])) > 1 and not any(unit_line(cell) for cell in rows[place]):
                break
        if is_bare_table(rows):
            width = max(len(row) for row in rows)
            self._open(at, ("",) * width, [])
            return at
        return end

    def _end_of_rows(self, at: int) -> int:
        while at <= self.last and is_table_row(self.lines[at - 1]):
            at += 1
        return at

    def _opened(self, at: int, header_line: int, rows: Sequence[Sequence[str]]) -> int:
        """Open a table with its header on ``header_line``, rows above it being its caption and its unit."""
        place = header_line - at
        header, header_lines, second = tuple(rows[place]), [header_line], None
        if place + 1 < len(rows) and is_second_row(header, rows[place + 1]):
            second = tuple(rows[place + 1])
            header_lines.append(header_line + 1)
        sheet = self._open(at, header, header_lines)
        if second is not None:
            sheet.top, sheet.second = header, second
            sheet.header = joined_rows(header, second)
        for above, row in enumerate(rows[:place]):
            text = next(cell for cell in row if cell)
            if unit := next((stated for cell in row if (stated := unit_line(cell))), None):
                sheet.unit = sheet.unit or money_unit(unit)
            elif could_be_caption(text) and not is_continued(text):
                sheet.caption, sheet.caption_line = caption_text(text), at + above
                sheet.unit = sheet.unit or stated_unit(text)
        return header_lines[-1] + 1

    def _open(self, at: int, header: tuple[str, ...], header_lines: list[int]) -> Sheet:
        before = self._last_sheet
        caption, unit = caption_above(self.lines, at, self.floor, self.annexes)
        if caption is None and before is not None and self._follows(before, at):
            caption = Caption(before.caption, before.caption_line or before.first_line) if before.caption else None
        if caption is None:
            caption = self._annex_caption(at)
        self.sheet = self._last_sheet = Sheet(
            caption=caption.text if caption else "",
            caption_line=caption.line if caption and caption.line else None,
            unit=unit,
            header=tuple(cell.replace("\n", "") for cell in header),
            header_lines=header_lines,
            first_line=at,
            last_line=header_lines[-1] if header_lines else at,
        )
        return self.sheet

    _last_sheet: Sheet | None = None

    def _follows(self, before: Sheet, at: int) -> bool:
        """Whether nothing but blank lines, 续表 and units stands between a table and line ``at``."""
        if at - before.last_line > _ROWS_LOOKED_AT * _NEAR:
            return False
        lines = (self.lines[line - 1] for line in range(before.last_line + 1, at))
        return all(self._is_break(line) for line in lines)

    def _is_break(self, line: str) -> bool:
        return is_blank(line) or self._is_plain_break(line)

    def _is_plain_break(self, line: str) -> bool:
        text = plain(line)
        return is_page_number(line) or is_continued(text) or unit_line(text) is not None

    def _annex_caption(self, at: int) -> Caption | None:
        """The title of the annex that the table is, where no caption is printed above it."""
        place = _annex_at(self.annexes, at)
        if place is None or self.floor > (self.annexes[place].first_line or 0):
            return None
        annex = self.annexes[place]
        between = range((annex.heading_line or annex.label_line or at) + 1, at)
        if any(not is_blank(self.lines[line - 1]) and not is_label(plain(self.lines[line - 1])) for line in between):
            return None
        return Caption(annex.title, annex.heading_line or 0)

    def _below(self, at: int) -> list[tuple[str, ...]]:
        end = min(self._end_of_rows(at), at + _ROWS_LOOKED_AT)
        return [_cleaned(self.lines[line - 1]) for line in range(at + 1, end)]


def _cleaned(line: str) -> tuple[str, ...]:
    return tuple(clean(cell) for cell in split(line))
