"""Official forms as a workbook: a sheet for each project, ready to print on A4, and able to come back.

A workbook to be published has nothing but what is seen: no hidden sheet, and no time of day under a printed date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any, BinaryIO, Final

import xlsxwriter  # type: ignore[import-untyped]  # the package carries no types
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from imports.drafts import ProjectDraft
from imports.exporting import in_export_order
from imports.official.facts import SHEET, facts_row
from imports.official.form import LAST, LONG, WIDTHS, Form, FormCell, lay_out
from imports.stored import stored_drafts
from perfgoals.jobs.running import RefusedError
from projects.querysets import ProjectQuerySet

Progress = Callable[[str, int, int], None]
STAGE: Final = "写目标表"
MOST_FORMS: Final = 2_000
"""Forms a workbook; each is a sheet, which spreadsheet programs open all at once."""
MOST_CHARACTERS: Final = 32_767
"""Of a cell."""
TITLE_FONT: Final = {"font_name": "宋体", "font_size": 16, "bold": True}
FONT: Final = {"font_name": "宋体", "font_size": 10.5}
DEFAULT_FONT: Final = {"font_name": "宋体", "font_size": 11}
"""Columns are as wide as so many of its digits, in every program that has it or a substitute."""
BOOK: Final = {"strings_to_formulas": False, "strings_to_urls": False, "default_format_properties": DEFAULT_FONT}
A4: Final = 9
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def write_forms(
    projects: ProjectQuerySet, to: BinaryIO, progress: Progress | None = None, *, public: bool = False
) -> None:
    """Write the official form of every project into one workbook, in the order of exports.

    ``public`` leaves out whatever cannot be seen; such forms are read back by what they show.

    Raises `RefusedError` where there are more than `MOST_FORMS`, none, or a text is longer than a cell can be.
    """
    ids = list(in_export_order(projects).values_list("pk", flat=True)[: MOST_FORMS + 1])
    if not ids:
        raise RefusedError("没有可以写成目标表的项目，请放宽筛选条件。")
    if len(ids) > MOST_FORMS:
        raise RefusedError(f"一个工作簿最多 {MOST_FORMS:,} 份目标表，请按部门或年度筛选后分几次导出。")
    with xlsxwriter.Workbook(to, BOOK) as book:
        writer = FormWriter(book, public=public)
        for done, (project, draft) in enumerate(stored_drafts(ids), start=1):
            writer.add(draft, [indicator.position for indicator in project.indicators.all()])
            if progress:
                progress(STAGE, done, len(ids))
        writer.finish()


class FormWriter:
    """Writes forms into a workbook, and at the end the hidden sheet with what they have no cell for, unless public."""

    def __init__(self, book: xlsxwriter.Workbook, *, public: bool = False) -> None:
        self._book, self._public = book, public
        self._names: set[str] = {SHEET.casefold()}
        self._facts: list[list[str | int]] = []
        self._formats: dict[str, Format] = {}

    def add(self, draft: ProjectDraft, rows: Sequence[int]) -> None:
        """Add a sheet. ``rows`` are the form's rows of the indicators."""
        if self._public and draft.filed_at:
            draft = replace(draft, filed_at=datetime.combine(draft.filed_at, time()))
        name = sheet_name(draft.name, self._names)
        self._facts.append(facts_row(name, draft, rows))
        form, sheet = lay_out(draft, rows), self._book.add_worksheet(name)
        _set_up(sheet, form)
        for cell in form.cells:
            _write(sheet, cell, self._format(cell))

    def finish(self) -> None:
        """Write the hidden sheet, where there is to be one."""
        if self._public:
            return
        sheet = self._book.add_worksheet(SHEET)
        for number, row in enumerate(self._facts):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value) if isinstance(value, str) else sheet.write_number(
                    number, column, value
                )
        sheet.very_hidden()

    def _format(self, cell: FormCell) -> Format:
        kind = number_format(cell.value) if cell.kind == "amount" else cell.kind
        if cell.key is not None and cell.key[0] in LONG:
            kind = "long" if cell.row == cell.last_row else "top"
        if kind not in self._formats:
            self._formats[kind] = self._book.add_format(_style(kind if kind in {"long", "top"} else cell.kind, kind))
        return self._formats[kind]


def sheet_name(project: str, taken: set[str]) -> str:
    """A name that spreadsheets allow, beginning like the project's, and that is not taken; it then is."""
    wanted = " ".join(_NOT_IN_NAMES.sub(" ", project).split()).strip("'") or "项目"
    if wanted.casefold() == "history":
        wanted = f"{wanted}_"
    name, number = _cut(wanted, ""), 1
    while name.casefold() in taken:
        number += 1
        name = _cut(wanted, f"（{number}）")
    taken.add(name.casefold())
    return name


def _cut(name: str, suffix: str) -> str:
    """The name within the limit, which counts the two halves of rare characters one by one."""
    room = _LONGEST_NAME - len(suffix)
    while len(name.encode("utf-16-le")) // 2 > room:
        name = name[:-1]
    return name.rstrip(" '") + suffix


def number_format(value: object) -> str:
    """How an amount is shown: thousands separators, and as many places as it has."""
    places = 0
    if isinstance(value, Decimal):
        exponent = value.normalize().as_tuple().exponent
        places = max(-exponent, 0) if isinstance(exponent, int) else 0
    return "#,##0" + ("." + "0" * max(places, 2) if places else "")


def _style(kind: str, number: str) -> dict[str, Any]:
    style: dict[str, Any] = {**FONT, "valign": "vcenter", "align": "center", "text_wrap": True, "border": 1}
    if kind == "title":
        return {**TITLE_FONT, "valign": "vcenter", "align": "center"}
    if kind == "year":
        return {**FONT, "font_name": "仿宋", "font_size": 12, "valign": "vcenter", "align": "center", "num_format": "@"}
    if kind == "amount":
        return {**style, "text_wrap": False, "align": "right", "indent": 1, "shrink": True, "num_format": number}
    if kind == "moment":
        return {**style, "text_wrap": False, "shrink": True, "num_format": "yyyy-mm-dd"}
    if kind in {"long", "top"}:
        return {**style, "align": "left", "valign": "top" if kind == "top" else "vcenter", "num_format": "@"}
    return {**style, "num_format": "General" if kind == "label" else "@"}


def _set_up(sheet: Worksheet, form: Form) -> None:
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for row, height in enumerate(form.heights):
        sheet.set_row(row, height)
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.55, right=0.55, top=0.6, bottom=0.6)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, form.rows - 1, LAST)
    sheet.repeat_rows(0, 1)
    sheet.hide_gridlines(2)


def _write(sheet: Worksheet, cell: FormCell, style: Format) -> None:
    if (cell.row, cell.column) != (cell.last_row, cell.last_column):
        sheet.merge_range(cell.row, cell.column, cell.last_row, cell.last_column, "", style)
    match cell.value:
        case Decimal():
            sheet.write_number(cell.row, cell.column, float(cell.value), style)
        case datetime():
            sheet.write_datetime(cell.row, cell.column, cell.value, style)
        case str() if cell.value:
            write_text(sheet, cell.row, cell.column, cell.value, style)
        case _:
            sheet.write_blank(cell.row, cell.column, None, style)


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """A text that stays a text, whatever it begins with. Raises `RefusedError` for one that no cell can hold."""
    if len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
        raise RefusedError(f"“{text[:20]}…”有 {len(text)} 个字，超过 xlsx 单元格的 32,767 字上限，请缩短后再导出。")
    sheet.write_string(row, column, text, style)
