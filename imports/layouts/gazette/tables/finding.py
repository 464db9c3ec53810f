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
from imports.layouts.gazette.lines import is_blank, plain
from imports.layouts.gazette.tables.beginning import annex_at, begun
from imports.layouts.gazette.tables.captions import caption_text, head_key, is_label, is_note, unit_line
from imports.layouts.gazette.tables.cells import bare, clean, split
from imports.layouts.gazette.tables.headers import is_certain_header, is_serial_word, looks_like_header, money_unit
from imports.layouts.gazette.tables.no_tables import is_newspaper
from imports.layouts.gazette.tables.page_lines import ROWS_LOOKED_AT, PageLines, cleaned
from imports.layouts.gazette.tables.reading import read_table
from imports.layouts.gazette.tables.sheets import Line, Sheet

_MOST_LOOSE: Final = 3
_NEAR: Final = 2


def find_tables(lines: Sequence[str], first: int, last: int, annexes: Sequence[AnnexDraft] = ()) -> list[TableDraft]:
    """All tables among the 1-based lines ``first`` to ``last``; lists of contents and newspaper columns are none."""
    tables = []
    for sheet in _Finder(PageLines(lines, first, min(last, len(lines)), annexes)).sheets():
        table = read_table(sheet)
        table.annex = annex_at(annexes, table.first_line)
        tables.append(table)
    return tables


@dataclass(slots=True)
class _Finder:
    """Goes through the lines once, from row to row."""

    page: PageLines
    sheet: Sheet | None = None
    before: Sheet | None = None
    """The table before the next one."""
    between: list[int] = field(default_factory=list)
    """Lines of words since the last row."""
    broken: bool = False
    """Whether a blank line stands between them."""
    floor: int = 0

    def sheets(self) -> Iterator[Sheet]:
        """Each table with its rows."""
        self.floor = at = self.page.first
        while at <= self.page.last:
            if not self.page.is_row(at):
                self._pass(at)
                at += 1
                continue
            if self.sheet and not self._goes_on(at):
                at = self._without_caption(at)
                yield from self._closed()
            if self.sheet:
                self._add(at)
                at += 1
            else:
                self.between, self.broken = [], False
                self.sheet, at = begun(self.page, at, self.floor, self.before)
                self.before = self.sheet or self.before
        yield from self._closed()

    def _pass(self, at: int) -> None:
        if is_blank(self.page.text(at)):
            self.broken = True
        elif self.sheet:
            self.between.append(at)

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
            or not is_certain_header(cleaned(self.page.text(at)))
            or not sheet.ends_with_caption()
        ):
            return at
        caption = sheet.body.pop()
        sheet.last_line = max([*sheet.header_lines, *(line.number for line in sheet.body[-1:])])
        return caption.number

    def _goes_on(self, at: int) -> bool:
        """Whether the row on line ``at`` is the open table's."""
        sheet = self.sheet
        if sheet is None:
            return False
        cells = cleaned(self.page.text(at))
        if not any(cells):
            return True
        repeats = sheet.is_header(cells)
        words = [line for line in self.between if not self._is_neutral(line)]
        if words and not self._are_passing(words, cells, repeats=repeats):
            return False
        if repeats:
            return True
        if is_certain_header(cells) and (self._may_begin_anew(at, cells) or sheet.ends_with_caption()):
            return False
        return not self.broken or sheet.could_hold(cells) or self._is_spoilt_page(at)

    def _is_spoilt_page(self, at: int) -> bool:
        """Whether rows of other widths at the top of a page belong to the table: rows of its width come right after."""
        sheet, page = self.sheet, self.page
        if sheet is None:
            return False
        if any(len(row) == len(sheet.header) for row in page.below(at)):
            return True
        end = at + 1
        while end <= page.last and end - at <= ROWS_LOOKED_AT and page.is_break(end):
            end += 1
        row = cleaned(page.text(end)) if end <= page.last and page.is_row(end) else ("",)
        return sheet.is_header(row) or (len(row) == len(sheet.header) and not is_certain_header(row))

    def _may_begin_anew(self, at: int, cells: Sequence[str]) -> bool:
        """A header in the midst of a table is another table's where rows have serials, or behind a break."""
        sheet = self.sheet
        return (
            sheet is not None
            and (sheet.has_serials or self.broken or bool(self.between))
            and (is_serial_word(cells[0]) or sheet.has_serials or looks_like_header(cells, self.page.below(at)))
        )

    def _is_neutral(self, line: int) -> bool:
        """Page numbers, 续表, unit lines, the caption again: nothing that ends a table."""
        if self.page.is_break(line):
            return True
        sheet, text = self.sheet, plain(self.page.text(line)[:200])
        return sheet is not None and bool(sheet.caption) and bare(caption_text(text)) == bare(sheet.caption)

    def _are_passing(self, words: Sequence[int], cells: tuple[str, ...], *, repeats: bool) -> bool:
        """Words between rows that do not end the table: running heads; lines directly between two rows."""
        sheet = self.sheet
        if sheet is None:
            return False
        texts = [self.page.text(line) for line in words]
        if (repeats or sheet.is_next(cells)) and all(head_key(text) in self.page.running_heads() for text in texts):
            return True
        if self.broken or repeats or len(words) > _MOST_LOOSE or is_certain_header(cells):
            return False
        return not any(is_label(plain(text)) or is_note(plain(text)) for text in texts)

    def _add(self, at: int) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        printed = split(self.page.text(at))
        cells = tuple(clean(cell) for cell in printed)
        for line in self.between:
            text = plain(self.page.text(line))
            if not self.broken and not self._is_neutral(line):
                sheet.body.append(Line(line, (text,), (text,), loose=True))
            sheet.unit = sheet.unit or money_unit(unit_line(text) or "")
        sheet.add(at, printed, cells, broken=self.broken or bool(self.between))
        self.between, self.broken = [], False
