"""The city's list 重大政策重点项目绩效目标 as a workbook: one table, numbered, with its exact total, ready to print on A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, BinaryIO, Final

import xlsxwriter  # type: ignore[import-untyped]  # the package carries no types
from django.db.models import Sum
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from imports.drafts import ProjectDraft
from imports.exporting import in_export_order
from imports.official.facts import SHEET as FACTS
from imports.official.facts import facts_row
from imports.official.forms import A4, BOOK, FONT, TITLE_FONT, Progress, number_format, write_text
from imports.official.measuring import lines_in, row_heights
from imports.official.rows import ListRow, row_of
from imports.stored import stored_drafts
from perfgoals.jobs.running import RefusedError
from perfgoals.money import in_unit
from projects.querysets import ProjectQuerySet
from projects.regions import region_by_code

STAGE: Final = "写清单"
MOST_ROWS: Final = 20_000
HEADS: Final = ("序号", "项目", "预算安排数", "部门单位", "政策依据及支出内容", "绩效目标")
WIDTHS: Final = (5.6, 17.5, 13.0, 11.0, 45.0, 37.0)
SHEET: Final = "清单"
NAMELESS: Final = "重大政策重点项目绩效目标"
_LEAST: Final = 30.0
_HEAD_ROWS: Final = 3
"""Title, unit line and heads: what every page repeats."""


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands above the table. ``total`` is the exact sum in yuan."""

    title: str
    unit: str
    total: Decimal
    count: int


def list_head(projects: ProjectQuerySet, *, title: str | None, unit: str) -> ListHead:
    """The head of the list of these projects; without a title the one that region and year give, where they are one."""
    sums = projects.order_by().aggregate(total=Sum("amount"))
    return ListHead(title or title_of(projects), unit, sums["total"] or Decimal(0), projects.count())


def title_of(projects: ProjectQuerySet) -> str:
    """``长治市2024年市本级重大政策重点项目绩效目标``; without the part that the projects do not have in common."""
    places = list(projects.order_by().values_list("region", "region__name", "year").distinct()[:2])
    if len(places) != 1:
        return NAMELESS
    code, name, year = places[0]
    region = region_by_code(code)
    level = "省本级" if code.endswith("0000") else "市本级" if code.endswith("00") else "本级"
    return f"{region.name if region else name}{year}年{level}{NAMELESS}"


def list_rows(ids: Sequence[int]) -> Iterator[ListRow]:
    """The rows of the list, numbered in the order of the projects given."""
    for serial, (_, draft) in enumerate(stored_drafts(ids), start=1):
        yield row_of(serial, draft)


def write_list(
    projects: ProjectQuerySet, to: BinaryIO, *, title: str | None = None, unit: str = "万元",
    note: str = "", progress: Progress | None = None,
) -> None:  # fmt: skip
    """Write the list of the projects, in the order of exports. ``note`` is its 备注.

    Raises `RefusedError` for more than `MOST_ROWS` projects, and for none.
    """
    head = list_head(projects, title=title, unit=unit)
    refuse_unlistable(head.count)
    ids = list(in_export_order(projects).values_list("pk", flat=True))
    with xlsxwriter.Workbook(to, BOOK) as book:
        writer = _ListWriter(book, head)
        for serial, (project, draft) in enumerate(stored_drafts(ids), start=1):
            writer.add(row_of(serial, draft))
            writer.keep(serial, draft, [indicator.position for indicator in project.indicators.all()])
            if progress:
                progress(STAGE, serial, head.count)
        writer.finish(note)


def refuse_unlistable(count: int) -> None:
    """Raise `RefusedError` for a number of projects that makes no list."""
    if not count:
        raise RefusedError("没有可以列入清单的项目，请放宽筛选条件。")
    if count > MOST_ROWS:
        raise RefusedError(f"清单最多列 {MOST_ROWS:,} 个项目，现有 {count:,} 个；请再加筛选条件。")


class _ListWriter:
    """Puts one row below the other."""

    def __init__(self, book: xlsxwriter.Workbook, head: ListHead) -> None:
        self._book, self._unit = book, head.unit
        self._sheet: Worksheet = book.add_worksheet(SHEET)
        self._facts: Worksheet = book.add_worksheet(FACTS)
        self._facts.very_hidden()
        self._row = 0
        self._formats: dict[str, Any] = {}
        base = {**FONT, "valign": "vcenter", "text_wrap": True, "border": 1}
        self._middle = book.add_format({**base, "align": "center", "num_format": "@"})
        self._head = book.add_format({**base, "align": "center", "bold": True})
        self._left = book.add_format({**base, "align": "left", "num_format": "@"})
        self._number = book.add_format({**base, "align": "center", "num_format": "0"})
        self._write_head(head)

    def _write_head(self, head: ListHead) -> None:
        self._set_up()
        last = len(HEADS) - 1
        self._sheet.merge_range(0, 0, 0, last, "", title := self._plain(**TITLE_FONT, align="center"))
        write_text(self._sheet, 0, 0, head.title, title)
        self._sheet.merge_range(1, 0, 1, last, "", unit := self._plain(**FONT, align="right"))
        write_text(self._sheet, 1, 0, f"单位：{head.unit}", unit)
        for row, height in enumerate((34.0, 18.0, 24.0, 24.0)):
            self._sheet.set_row(row, height)
        for column, label in enumerate(HEADS):
            self._sheet.write_string(2, column, label, self._head)
        self._sheet.merge_range(3, 0, 3, 1, "", self._head)
        self._sheet.write_string(3, 0, "合   计", self._head)
        self._write_amount(3, head.total)
        for column in range(3, len(HEADS)):
            self._sheet.write_blank(3, column, None, self._left)
        self._row = _HEAD_ROWS + 1

    def add(self, row: ListRow) -> None:
        texts = (row.name, row.department, row.content, row.goal)
        lines = max(lines_in(text, WIDTHS[column]) for column, text in zip((1, 3, 4, 5), texts, strict=True))
        heights, first = row_heights(lines, _LEAST), self._row
        for height in heights:
            self._sheet.set_row(self._row, height)
            self._row += 1
        if len(heights) > 1:
            for column in range(len(HEADS)):
                self._sheet.merge_range(first, column, self._row - 1, column, "", self._left)
        self._sheet.write_number(first, 0, row.serial, self._number)
        self._write_amount(first, row.amount)
        for column, text in zip((1, 3, 4, 5), texts, strict=True):
            style = self._middle if column == 3 else self._left
            write_text(self._sheet, first, column, text, style) if text else self._sheet.write_blank(
                first, column, None, style
            )

    def keep(self, serial: int, draft: ProjectDraft, rows: Sequence[int]) -> None:
        """Keep what the list has no column for in the hidden sheet, but for contacts: lists are published."""
        stated = replace(draft, contact_lead=None, contact_handler=None, contact_phone=None)
        for column, value in enumerate(facts_row(str(serial), stated, rows)):
            if isinstance(value, str):
                self._facts.write_string(serial - 1, column, value)
            else:
                self._facts.write_number(serial - 1, column, value)

    def finish(self, note: str) -> None:
        """The 备注 below the table, and what is printed."""
        last = len(HEADS) - 1
        if note:
            style = self._plain(**FONT, align="left", text_wrap=True)
            self._sheet.merge_range(self._row, 0, self._row, last, "", style)
            self._sheet.set_row(self._row, row_heights(lines_in(note, sum(WIDTHS)), _LEAST)[0])
            write_text(self._sheet, self._row, 0, f"备注：{note}", style)
            self._row += 1
        self._sheet.print_area(0, 0, self._row - 1, last)

    def _write_amount(self, row: int, yuan: Decimal | None) -> None:
        if yuan is None:
            self._sheet.write_blank(row, 2, None, self._left)
            return
        amount = in_unit(yuan, self._unit)
        shown = number_format(amount)
        if shown not in self._formats:
            self._formats[shown] = self._book.add_format(
                {**FONT, "valign": "vcenter", "border": 1, "align": "right", "shrink": True, "num_format": shown}
            )
        self._sheet.write_number(row, 2, float(amount), self._formats[shown])

    def _plain(self, **style: Any) -> Any:
        return self._book.add_format({"valign": "vcenter", **style})

    def _set_up(self) -> None:
        sheet = self._sheet
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C&9第 &P 页，共 &N 页")
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, _HEAD_ROWS - 1)
        sheet.freeze_panes(_HEAD_ROWS, 0)
        sheet.hide_gridlines(2)
