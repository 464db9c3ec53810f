"""One form of a text, line by line: what is read and which lines it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from imports.layouts.target_form.alignment import is_label
from imports.layouts.target_form.cells import (
    Cell,
    filled_cells,
    is_bare_number,
    is_closed,
    is_page_number,
    joined_quoted,
)
from imports.layouts.target_form.columns import Columns, is_header, read_columns
from imports.layouts.target_form.fields import sign_off
from imports.layouts.target_form.head import Head, Labelled, Row, labelled, of_cells
from imports.layouts.target_form.labels import TABLE_ROLES, compact, is_vertical_label, role_of, unit_of
from imports.layouts.target_form.table import IndicatorTable
from imports.layouts.target_form.titles import Start, year_line
from imports.layouts.target_form.wrapping import merged
from imports.reading import HEADER, RECORD, Reading, SourceError

_NO_BREAK = ("", "\t", " ", "\u3000")
"""What a line begins with (nothing, an empty cell) that cannot be the rest of a cell."""
_MOST_QUOTED = 300
_WIDEST = 3
"""How many cells a shifted row may have more than its header."""


@dataclass(slots=True)
class ReadForm:
    """What the lines of one form say, before anything is made of it."""

    start: Start
    last: int
    """Index of its last line."""
    head: Head = field(default_factory=Head)
    table: IndicatorTable | None = None
    contacts: dict[str, str] = field(default_factory=dict)
    signed_at: int = 0
    """Line of the sign-off row (负责人 … 填报日期), 0 without one."""
    year: int | None = None
    """The year of its own year line."""

    @property
    def first_line(self) -> int:
        """Its first line, counted from 1."""
        return self.start.first + 1


class FormReader:
    """Reads the lines ``start.first`` to ``stop`` (indexes from 0), of which a form takes the first ones."""

    def __init__(self, reading: Reading, start: Start, stop: int) -> None:
        self._reading = reading
        self._lines = reading.lines
        self._stop = stop
        self._row: Row | None = None
        self._form = ReadForm(start, start.first)
        self._index = start.first + start.title_lines
        reading.claim_range(start.first + 1, self._index)

    def read(self) -> ReadForm:
        """Read all lines, claiming those of the form."""
        lines, stop, claims, form = self._lines, self._stop, self._reading.claims, self._form
        while (index := self._index) < stop:
            line = lines[index]
            if not line or line.isspace():
                self._index = index + 1
            elif (table := form.table) is None:
                self._read_head_line(line)
            elif not form.signed_at and '"' not in line and table.take_regular(line, index + 1):
                claims[index + 1] = RECORD
                form.last = index
                self._index = index + 1
            else:
                self._read_table_line(line, table)
        self._finish_row()
        return form

    # Lines before the indicator table

    def _read_head_line(self, line: str) -> None:
        end = self._index + 1
        if '"' in line:
            line, end = joined_quoted(self._lines, self._index, self._stop)
        found = labelled(line)
        if found.role is None:
            found, end = self._with_wrapped_label(line, found, end)
        if found.role is None:
            self._read_unlabelled(line, found, end)
        elif found.role in TABLE_ROLES and is_header(found.cells):
            self._finish_row()
            self._read_header(found.cells, end)
        else:
            self._finish_row()
            self._row = Row(found, self._index, end - 1)
            self._index = end

    def _with_wrapped_label(self, line: str, found: Labelled, end: int) -> tuple[Labelled, int]:
        """A label cut by a line break, or split over table lines, and the row that it begins."""
        if not found.cells or len(found.cells[0][1]) > 20 or end == self._stop or not self._lines[end].strip():
            return found, end
        below = self._lines[end]
        row = found
        if (whole := merged(found.cells, filled_cells(below))) is not None:
            row = of_cells(whole, is_closed(below))
        if row.role is None and len(found.cells) == 1 and not found.closed and labelled(below).role is None:
            row = labelled(line.rstrip() + below.lstrip())
        return (row, end + 1) if row.role is not None else (found, end)

    def _read_unlabelled(self, line: str, found: Labelled, end: int) -> None:
        row, cells = self._row, found.cells
        adjacent = row is not None and row.last == self._index - 1
        if not cells:
            pass
        elif found.pairs:
            self._finish_row()
            self._row = Row(found, self._index, end - 1)
        elif self._take_aside(line, cells, in_text=row is not None and adjacent and not row.closed):
            pass
        elif row is not None:
            row.extend(cells, line, range(self._index, end))
        self._index = end

    def _take_aside(self, line: str, cells: Sequence[Cell], *, in_text: bool) -> bool:
        """Page numbers, a repeated title, the year line and the unit line."""
        number = self._index + 1
        if is_page_number(line) or (is_bare_number(line) and not in_text):
            self._reading.claim(number, HEADER)
            return True
        if in_text or len(line) > 120:
            return False
        if self._is_repeated_title(cells):
            self._reading.claim(number)
            return True
        rest = [text for _, text in cells if not self._take_year_or_unit(text)]
        if not rest:
            self._reading.claim(number)
        return len(rest) < len(cells)

    def _is_repeated_title(self, cells: Sequence[Cell]) -> bool:
        return bool(self._form.start.title) and len(cells) == 1 and compact(cells[0][1]) == self._form.start.title

    def _take_year_or_unit(self, text: str) -> bool:
        if (year := year_line(text)) is not None:
            self._form.year = self._form.year or year or None
            return True
        if "单位" in text and len(text) < 20 and (unit := unit_of(text)):
            self._form.head.funding.unit = self._form.head.funding.unit or unit
            return True
        return False

    def _finish_row(self) -> None:
        row, self._row = self._row, None
        if row is not None:
            # A row that has lost its own label in front holds cells without a place: it stays unaccounted for.
            self._form.last = max(self._form.last, row.last)
            if self._form.head.take(row) and row.role != "unknown":
                self._claim_rest(row.lines)
            self._tell_replaced_goals(row)

    def _tell_replaced_goals(self, row: Row) -> None:
        for text in self._form.head.goals.replaced:
            message = f"目标处另有“{text[:_MOST_QUOTED]}”，与这里的目标不同，没有采用，请核对"
            self._reading.notice(row.first + 1, "incomplete", message)
        self._form.head.goals.replaced.clear()

    def _claim_rest(self, lines: Sequence[int]) -> None:
        """Claim the lines of a row, but for page numbers among them. What stands between them is none of its own."""
        claims = self._reading.claims
        for index in lines:
            claims[index + 1] = claims[index + 1] or RECORD

    def _read_header(self, cells: Sequence[Cell], end: int) -> None:
        columns = read_columns(tuple(cells))
        if columns is None:
            raise SourceError(
                f"第{self._index + 1}行的指标表表头无法识别，请检查一级、二级、三级指标和指标值各列",
                self._index + 1,
            )
        if self._form.table is None:
            self._form.table = IndicatorTable(self._reading, columns)
        else:
            self._form.table.set_columns(columns)
        self._tell_other_headings(cells, columns)
        self._account(end)

    def _tell_other_headings(self, cells: Sequence[Cell], columns: Columns) -> None:
        """Headings of no known column (权重, 度量单位), and what stands where a known one should: the reader should know."""
        without_use = {*columns.others, *(columns.places[position] for position in columns.unread)}
        unread = [text for column, text in cells if column in without_use]
        misplaced = [
            text
            for column, text in cells
            if column not in without_use and role_of(text) is None and not is_vertical_label(text)
        ]
        for names, what in (
            (unread, "列没有读取，其内容列在未识别的行里"),
            (misplaced, "不是已知的栏目，请核对"),
        ):
            if names:
                self._reading.notice(self._index + 1, "unknown_label", f"指标表的“{'、'.join(names)}”{what}")

    # The indicator table and what follows it

    def _account(self, end: int) -> None:
        """Claim the lines up to the index ``end`` and go on there."""
        for number in range(self._index + 1, end + 1):
            self._reading.claims[number] = RECORD
        self._form.last = end - 1
        self._index = end

    def _read_table_line(self, line: str, table: IndicatorTable) -> None:
        end = self._index + 1
        if '"' in line:
            line, end = joined_quoted(self._lines, self._index, self._stop)
            if not self._form.signed_at and table.take_regular(line, self._index + 1):
                self._account(end)
                return
        cells = filled_cells(line)
        if (contacts := sign_off(line)) is not None:
            self._take_sign_off(contacts, end)
        elif self._form.signed_at:
            self._read_after(line, end)
        elif "级" in line and is_header(cells):
            self._read_header(cells, end)
        else:
            self._read_table_row(line, cells, end, table)

    def _take_sign_off(self, contacts: dict[str, str], end: int) -> None:
        """The row of 负责人 and 填报日期; of a second one what says otherwise than the first is left to be reported."""
        known = self._form.contacts
        if any(value and known.get(role) and known[role] != value for role, value in contacts.items()):
            self._index = end
            return
        known |= {role: value for role, value in contacts.items() if value or role not in known}
        self._form.signed_at = self._form.signed_at or self._index + 1
        self._account(end)

    def _read_after(self, line: str, end: int) -> None:
        if is_page_number(line) or is_bare_number(line):
            self._reading.claim(self._index + 1, HEADER)
        self._index = end

    def _read_table_row(self, line: str, cells: list[Cell], end: int, table: IndicatorTable) -> None:
        number = self._index + 1
        if len(cells) < 3 and self._take_aside(line, cells, in_text=False):
            self._index = end
            return
        wrapped, wrapped_end = line, 0
        if end < self._stop and self._lines[end][:1] not in _NO_BREAK:
            wrapped, wrapped_end = self._with_wrapped_cells(line, cells, end, table.columns.width)
        if wrapped_end and _take_row(table, wrapped, number):
            self._account(wrapped_end)
        elif cells[0][0] < table.columns.places[1] and self._take_late_field(line, cells[0]):
            self._index = end
        elif table.take_irregular(cells, number):
            self._account(end)
        else:
            self._index = end

    def _with_wrapped_cells(self, line: str, cells: list[Cell], end: int, width: int) -> tuple[str, int]:
        """A row cut by line breaks inside its cells, put together; the index after it, or 0 for a row that is not."""
        row = line
        while end < self._stop and not is_closed(row) and self._goes_on(row, self._lines[end], width):
            row, end = row.rstrip() + self._lines[end].lstrip(), end + 1
        whole = row.count("\t") + 1 >= width - 2 and len(filled_cells(row)) > len(cells)
        return (row, end) if whole else (line, 0)

    @staticmethod
    def _goes_on(row: str, following: str, width: int) -> bool:
        """Whether the next line begins with the rest of the row's last cell."""
        if following[:1] in _NO_BREAK or following.isspace() or is_page_number(following):
            return False
        size, more = row.count("\t") + 1, following.rstrip().count("\t")
        if size + more > width + _WIDEST or (size >= width and not 0 < more < width - 2):
            return False
        piece, last = filled_cells(following)[0][1], filled_cells(row)[-1][1]
        if is_label(piece) or role_of(piece) is not None or sign_off(following) is not None:
            return False
        return not is_label(last) or is_label(last + piece)

    def _take_late_field(self, line: str, first: Cell) -> bool:
        """A labelled row below the table (some forms print 项目实施计划 there)."""
        role = role_of(first[1])
        if role is None or role in TABLE_ROLES:
            return False
        self._row = Row(labelled(line), self._index, self._index)
        self._finish_row()
        return True


def _take_row(table: IndicatorTable, line: str, number: int) -> bool:
    return table.take_regular(line, number) or table.take_irregular(filled_cells(line), number)
