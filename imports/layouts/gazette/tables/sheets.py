"""A table as found: its header and the lines below it, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from imports.layouts.gazette.tables.captions import could_be_caption, is_continued, unit_line
from imports.layouts.gazette.tables.cells import FIGURE, filled_places, kind
from imports.layouts.gazette.tables.headers import is_serial_word, same_header
from imports.layouts.gazette.tables.serials import serial

_NEAR_WIDTH: Final = 2


@dataclass(slots=True)
class Line:
    """A line below the header: its cells as printed and cleaned."""

    number: int
    printed: tuple[str, ...]
    cells: tuple[str, ...]
    loose: bool = False
    """Words without any cell border between two rows."""
    after_break: bool = False
    """The first row of a page."""

    @property
    def is_row(self) -> bool:
        """Whether it has cells."""
        return not self.loose


@dataclass(slots=True)
class Sheet:
    """A table's lines, and what stands above them."""

    caption: str
    caption_line: int | None
    unit: str | None
    header: tuple[str, ...]
    header_lines: list[int]
    first_line: int
    last_line: int
    body: list[Line] = field(default_factory=list)
    top: tuple[str, ...] = ()
    """The upper row of a header of several rows."""
    lower: tuple[tuple[str, ...], ...] = ()
    """Its other rows."""
    last_serial: int | None = None
    strips: bool = False
    """Whether no row of the text around it ends with a blank cell."""

    @property
    def has_serials(self) -> bool:
        """Whether the first column is one of serial numbers."""
        return bool(self.header) and is_serial_word(self.header[0])

    def is_header(self, cells: tuple[str, ...]) -> bool:
        """Whether a row prints the header again."""
        if cells in self.lower:
            return True
        if not any(self.header) or len(filled_places(cells)) < 2:
            return False
        if self.has_serials and not is_serial_word(cells[0]) and cells[0]:
            return False
        named = (row for row in self.lower if not any(kind(cell) & FIGURE for cell in row))
        return any(same_header(row, cells) for row in (self.top or self.header, *named))

    def is_next(self, cells: tuple[str, ...]) -> bool:
        """Whether a row's serial goes on with the last one."""
        return bool(self.last_serial) and serial(cells[0]) == (self.last_serial or 0) + 1

    def could_hold(self, cells: tuple[str, ...]) -> bool:
        """Whether a row behind a page break may belong here: by its width or its serial, or as a section row."""
        if abs(len(cells) - len(self.header)) <= _NEAR_WIDTH and len(cells) > 1:
            return len(self.header) > _NEAR_WIDTH + 1 or len(cells) == len(self.header)
        return (self.has_serials and serial(cells[0]) is not None) or len(filled_places(cells)) == 1

    def ends_with_caption(self) -> bool:
        """Whether the last row is a single text that may be the caption of another table."""
        if not self.body:
            return False
        places = filled_places(self.body[-1].cells)
        return len(places) == 1 and could_be_caption(self.body[-1].cells[places[0]])

    def add(self, number: int, printed: tuple[str, ...], cells: tuple[str, ...], *, broken: bool) -> None:
        """Take a row: a printing of the header, or a row of the body."""
        if not any(cells):
            return
        places = filled_places(cells)
        if self.is_header(cells):
            self.header_lines.append(number)
        elif len(places) == 1 and (is_continued(cells[places[0]]) or unit_line(cells[places[0]])):
            return
        else:
            self.body.append(Line(number, printed, cells, after_break=broken))
            self.last_serial = serial(cells[0]) or self.last_serial
        self.last_line = number
