"""From the lines of a table to its rows: lines that were cut put together, section rows, totals and notes told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from imports.layouts.gazette.drafts import RowKind
from imports.layouts.gazette.lines import joined
from imports.layouts.gazette.tables.captions import is_note
from imports.layouts.gazette.tables.cells import BLANK, FIGURE, NOTHING, bare, filled_places, kind
from imports.layouts.gazette.tables.serials import is_chinese, serial
from imports.layouts.gazette.tables.sheets import Line, Sheet

_SECTION = re.compile(
    r"[(]?[一二三四五六七八九十]{1,3}(?:[)]|[、.:])|第[一二三四五六七八九十]{1,3}(?:类|部分|批|章|节)|[A-Z][、.]"
)
_TOTAL = re.compile(r"(?:[一-鿿]{0,8})(?:合计|总计|小计|共计|累计)(?:[(].{0,20}[)])?:?|总计|计")
_BOLD = re.compile(r"<b>|<strong>|\*\*", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[，,。；;：:！？]")
_LONGEST_SECTION: Final = 60
_LONGEST_NAME: Final = 20
_MOST_PIECES: Final = 8


@dataclass(slots=True)
class Row:
    """A row of the body in the making."""

    line: int
    printed: tuple[str, ...]
    cells: tuple[str, ...]
    kind: RowKind = "row"
    group: str | None = None
    text: str = ""
    """Of a section row."""
    is_joined: bool = False
    """Put together from several lines."""
    after_break: bool = False
    mended: str | None = None
    damage: str | None = None
    is_aligned: bool = True
    """Whether each cell stands in its column."""
    is_repeated: bool = False
    """Whether it says word for word what a row above says."""
    filled: tuple[int, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether the row can be taken for a fact."""
        return self.kind == "row" and self.damage is None


def rows_of(sheet: Sheet) -> list[Row]:
    """The rows below the header in order, section rows and totals marked; notes at the end are left out."""
    rows = list(_assembled(sheet))
    _mark_kinds(rows, has_serials=sheet.has_serials)
    while rows and rows[-1].kind == "group" and is_note(rows[-1].text):
        rows.pop()
    group: str | None = None
    for row in rows:
        if row.kind == "group":
            group = row.text
        row.group = group if row.kind == "row" else None
    return rows


def _assembled(sheet: Sheet) -> Iterator[Row]:
    body, at, last = sheet.body, 0, None
    while at < len(body):
        line = body[at]
        if line.loose:
            last = _with_loose(last, line, sheet, body[at + 1] if at + 1 < len(body) else None)
            if last is not None and last.line == line.number:
                yield last
            at += 1
            continue
        last, at = _whole(sheet, at)
        yield last


def _with_loose(last: Row | None, line: Line, sheet: Sheet, following: Line | None) -> Row | None:
    """Words without cell borders: a section row where they look like one, else part of an unknown cell above."""
    text = line.cells[0]
    if _SECTION.match(bare(text[:20])) and len(text) <= _LONGEST_SECTION:
        return Row(line.number, line.printed, line.cells)
    if sheet.strips and _is_bare_section(last, text, sheet, following):
        return Row(line.number, line.printed, line.cells)
    if last is not None and last.damage is None:
        last.damage = f"第{line.number}行的文字没有分格，看不出属于这一行的哪一栏"
    return last


def _is_bare_section(last: Row | None, text: str, sheet: Sheet, following: Line | None) -> bool:
    """Whether words are a section row whose tabs were taken away: a name between a row that is at its end and a new one."""
    if following is None or following.loose or len(text) > _LONGEST_NAME or _PUNCTUATION.search(text):
        return False
    if sheet.has_serials and serial(following.cells[0]) is None:
        return False
    end = next((cell for cell in reversed(last.cells) if cell), "") if last else ""
    return len(following.cells) > 1 and len(end) <= _LONGEST_NAME


def _whole(sheet: Sheet, at: int) -> tuple[Row, int]:
    """The row that begins on a line, with the lines on which it goes on, and the place after it.

    Only in tables with serials, where a line without one, directly below a row that is too short, brings exactly the
    cells that it lacks: the cut went through a cell.
    """
    body, width = sheet.body, len(sheet.header)
    line = body[at]
    alone = Row(line.number, line.printed, line.cells, after_break=line.after_break)
    if not sheet.has_serials or len(line.cells) >= width or serial(line.cells[0]) is None:
        return alone, at + 1
    cells, printed, end = line.cells, line.printed, at + 1
    while end < len(body) and end - at < _MOST_PIECES and len(cells) < width and _is_rest(body[end], cells):
        more = body[end]
        cells = (*cells[:-1], joined((cells[-1], more.cells[0])), *more.cells[1:])
        printed = (*printed, *more.printed)
        end += 1
    if end == at + 1 or len(cells) != width:
        return alone, at + 1
    return Row(line.number, printed, cells, is_joined=True, after_break=line.after_break), end


def _is_rest(line: Line, cells: Sequence[str]) -> bool:
    if line.after_break or not line.cells[0] or not cells[-1] or serial(line.cells[0]) is not None:
        return False
    return not _SECTION.match(bare(line.cells[0][:20])) and not is_total(line.cells)


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row begins with 合计, 小计, 总计."""
    first = next((cell for cell in cells[:3] if cell), "")
    return len(first) <= _LONGEST_SECTION and _TOTAL.fullmatch(bare(first)) is not None


def _mark_kinds(rows: Sequence[Row], *, has_serials: bool) -> None:
    arabic = sum(1 for row in rows if serial(row.cells[0]) is not None and not is_chinese(row.cells[0]))
    chinese = sum(1 for row in rows if is_chinese(row.cells[0]))
    for place, row in enumerate(rows):
        if is_total(row.cells):
            row.kind, row.text = "total", bare(next(cell for cell in row.cells if cell))
        elif text := _section(row, has_serials=has_serials):
            row.kind, row.text = "group", text
        elif (
            has_serials
            and is_chinese(row.cells[0])
            and _heads_section(row, rows[place + 1 :][:1], rare=arabic > chinese)
        ):
            row.kind = "group"
            row.text = _numbered(row.cells)


def _section(row: Row, *, has_serials: bool) -> str | None:
    """The text of a section row: one filled cell, or the same text in every cell of a merged row."""
    places = filled_places(row.cells)
    texts = {row.cells[place] for place in places}
    if len(texts) != 1 or (len(places) > 1 and len(places) < len(row.cells)) or (len(places) > 1 and len(places) < 3):
        return None
    text = texts.pop()
    if len(text) > _LONGEST_SECTION and not is_note(text):
        return None
    titled = _SECTION.match(bare(text[:20])) is not None or is_note(text)
    if len(places) > 1 or (titled and not _is_item(text)):
        return text if kind(text) & FIGURE == 0 else None
    if places[0] == 0:
        return None if kind(text) & (FIGURE | NOTHING) or (has_serials and serial(text) is not None) else text
    return text if places[0] == 1 and has_serials and _BOLD.search(row.printed[1]) else None


def _is_item(text: str) -> bool:
    """A bare serial: （一） alone heads nothing."""
    return serial(text) is not None


def _heads_section(row: Row, below: Sequence[Row], *, rare: bool) -> bool:
    """Whether a row with a Chinese serial above an Arabic one names a section: a title, and figures where it is ``rare``."""
    filled = len(filled_places(row.cells))
    if filled < 2 or not row.cells[1:2] or not row.cells[1] or (filled > 2 and not rare):
        return False
    if any(kind(cell) not in (BLANK, NOTHING) and not kind(cell) & FIGURE for cell in row.cells[2:]):
        return False
    return any(serial(other.cells[0]) is not None and not is_chinese(other.cells[0]) for other in below)


def _numbered(cells: Sequence[str]) -> str:
    number = cells[0].rstrip("、.．")
    return f"{number}{cells[1]}" if number.endswith((")", "）")) else f"{number}、{cells[1]}"
