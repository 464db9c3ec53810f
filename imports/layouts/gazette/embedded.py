"""Lists of projects and target forms that stand inside a document, for the readers that know them.

A notice prints them as an annex, a form or a list to an annex or many below one another. Each annex is asked for by
itself, and what stands above the annexes too, since some notices print the table right below their text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from imports.layouts import key_project_list, target_form
from imports.layouts.gazette.drafts import DocumentDraft
from imports.layouts.gazette.lines import is_table_row, line_before
from imports.layouts.key_project_list.furniture import find_furniture
from imports.layouts.target_form.titles import form_starts

_MARK: Final = "目标"
"""Both layouts print it in their titles and headers; most annexes do not, and need not be asked."""
_CAPTION_LINES: Final = 3
"""The mark of an annex (附件1) and its caption over one or two lines."""


class EmbeddedPart(NamedTuple):
    """Lines of a file that another reader reads: its ``NAME``, and the first and last line."""

    reader_name: str
    first: int
    last: int


def embedded_parts(lines: Sequence[str], document: DocumentDraft) -> list[EmbeddedPart]:
    """The parts of a document that are target forms or lists of key projects, in order; none overlaps another."""
    return [part for first, last in _sections(document) if (part := _part(lines, first, last))]


def leave_to(part: EmbeddedPart, document: DocumentDraft) -> None:
    """Take out of a document what stands on a part's lines as tables of its own, and the targets in them.

    Forms are no tables of rows: kept as such, nearly each of their rows would be damaged. The rows of a list would count
    twice, as projects of a plan and of the budget.
    """
    kept = [
        place for place, table in enumerate(document.tables) if not _inside(table.first_line, table.last_line, part)
    ]
    document.tables = [document.tables[place] for place in kept]
    places = {old: new for new, old in enumerate(kept)}
    document.plan_projects = {places[old]: found for old, found in document.plan_projects.items() if old in places}
    document.plan_indicators = {places[old]: found for old, found in document.plan_indicators.items() if old in places}
    document.targets = [target for target in document.targets if not _inside(target.line, target.line, part)]


def _inside(first: int, last: int, part: EmbeddedPart) -> bool:
    return part.first <= first and last <= part.last


def _sections(document: DocumentDraft) -> Iterator[tuple[int, int]]:
    """The text of a document without its head, then each annex that is printed."""
    begin = max([document.first_line, *document.title_lines, document.number_line or 0]) + 1
    printed = [annex for annex in document.annexes if annex.first_line and annex.last_line]
    border = min((annex.first_line for annex in printed if annex.first_line), default=document.last_line + 1)
    yield begin, border - 1
    for annex in printed:
        if annex.first_line and annex.last_line:
            yield annex.first_line, annex.last_line


def _part(lines: Sequence[str], first: int, last: int) -> EmbeddedPart | None:
    section = lines[first - 1 : last]
    if not any(_MARK in line for line in section):
        return None
    if target_form.recognise(section):
        start = next((start.first for start in form_starts(section)), 0)
        return EmbeddedPart(target_form.NAME, first + start, _last_row(lines, first + start, last))
    if key_project_list.recognise(section):
        return EmbeddedPart(key_project_list.NAME, first + _list_start(section), line_before(lines, last + 1, first))
    return None


def _list_start(section: Sequence[str]) -> int:
    """How many lines stand above a list.

    Its title may stand right below the annex's mark and caption, and would look like a line that runs on from them.
    """
    for above in range(_CAPTION_LINES + 1):
        furniture = find_furniture(section[above:])
        if furniture.title_line:
            break
    else:
        above, furniture = 0, find_furniture(section)
    units = (line for _, line in furniture.units)
    marks = [line for line in (furniture.title_line, *furniture.columns, *units) if line]
    return above + min(marks, default=1) - 1


def _last_row(lines: Sequence[str], first: int, last: int) -> int:
    """The last row of a table, or the last line where nothing is one."""
    return next((number for number in range(last, first, -1) if is_table_row(lines[number - 1])), last)
