"""Target forms (项目支出绩效目标表) in the sheets of a workbook: those that this system wrote, and those of other bureaus.

A sheet is read as the text of its rows by the reader of forms (`imports.layouts.target_form`), whose rules know the
labels and all the ways in which rows are shifted. Where the workbook's hidden sheet says how the project stood when the
form was written (`imports.official.facts`), what nobody changed is taken from there: `untouched` compares cell by cell
where every label stands where it was written, `compared` by what a reader makes of both where rows came or went.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from imports.drafts import ProjectDraft
from imports.layouts import target_form
from imports.layouts.target_form.drafting import Drafting
from imports.layouts.target_form_sheet.compared import with_changes
from imports.layouts.target_form_sheet.untouched import returned
from imports.official.facts import SHEET, FormFacts, read_facts
from imports.reading import Defaults, Reading
from imports.workbooks import Workbook
from imports.workbooks.parts import SheetPart, sheet_parts

NAME: Final = "target_form_sheet"
TITLE: Final = "项目支出绩效目标表（工作簿）"
LOOKED_FOR: Final = "工作表里有标题“……绩效目标表”、单独成格的“项目名称”和表头“一级指标　二级指标　三级指标　指标值”"


def recognise(workbook: Workbook, lines: Sequence[str]) -> bool:
    """Whether some sheet holds a target form."""
    return any(target_form.recognise(lines[part.first : part.stop]) for part in sheet_parts(workbook, lines))


def read(reading: Reading, workbook: Workbook, defaults: Defaults) -> Iterator[ProjectDraft]:
    """The forms of all sheets, sheet after sheet; rows of sheets that hold none stay unaccounted for.

    Raises `SourceError`, naming sheet and row, for a form that cannot be taken in.
    """
    hidden = workbook.sheet(SHEET)
    known = read_facts(hidden.iter_rows()) if hidden is not None and hidden.hidden else {}
    for part in sheet_parts(workbook, reading.lines):
        with part.errors_named():
            yield from _drafts(part, known.get(part.sheet.name), defaults)
        part.settle(reading)


def _drafts(part: SheetPart, facts: FormFacts | None, defaults: Defaults) -> Iterator[ProjectDraft]:
    if facts is None:
        drafts = list(Drafting(part.reading, defaults, is_whole=True).drafts())
    else:
        drafts = [returned(part, facts) or with_changes(part, facts, defaults)]
    for draft in drafts:
        yield replace(draft, first_line=draft.first_line + part.first, last_line=draft.last_line + part.first)
