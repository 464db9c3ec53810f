"""The city's list 重大政策重点项目绩效目标 as a workbook: numbered, with its exact total, ready to print on A4.

Lists are made to be published: the workbook holds what is printed and nothing else. Each title says whose list it is and
of which year, which is all that reading it back needs; projects of several regions or years are as many lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, BinaryIO, Final

import xlsxwriter  # type: ignore[import-untyped]  # the package carries no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from imports.exporting import in_export_order
from imports.official.forms import A4, BOOK, FONT, TITLE_FONT, Progress, number_format, sheet_name, write_text
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
_LEAST: Final = 30.0
_HEAD_ROWS: Final = 3
"""Title, unit line and heads: what every page repeats."""


@dataclass(frozen=True, slots=True)
class ProjectList:
    """One list: the projects of a region's year. ``total`` is the exact sum in yuan, ``name`` tells lists apart."""

    title: str
    name: str
    unit: str
    total: Decimal
    ids: list[int]


def lists_of(projects: ProjectQuerySet, *, unit: str) -> list[ProjectList]:
    """The lists that the projects make, in the order of exports."""
    found = in_export_order(projects).values_list("region", "region__name", "year", "pk", "amount")
    lists = []
    for (code, name, year), group in groupby(found, key=lambda row: row[:3]):
        rows = list(group)
        total = sum((row[4] for row in rows if row[4] is not None), Decimal(0))
        lists.append(ProjectList(title_of(code, name, year), f"{name}{year}年", unit, total, [row[3] for row in rows]))
    return lists


def title_of(code: str, name: str, year: int) -> str:
    """``长治市2024年市本级重大政策重点项目绩效目标``; the name stands in where no official division has the code."""
    region = region_by_code(code)
    level = "省本级" if code.endswith("0000") else "市本级" if code.endswith("00") else "本级"
    return f"{region.name if region else name}{year}年{level}重大政策重点项目绩效目标"


def list_rows(ids: Sequence[int]) -> Iterator[ListRow]:
    """The rows of a list, numbered in the order of the projects given."""
    for serial, (_, draft) in enumerate(stored_drafts(ids), start=1):
        yield row_of(serial, draft)


def write_list(
    projects: ProjectQuerySet, to: BinaryIO, *, unit: str = "万元", note: str = "", progress: Progress | None = None,
) -> None:  # fmt: skip
    """Write the lists of the projects, a sheet each, in the order of exports. ``note`` is their 备注.

    Raises `RefusedError` for more than `MOST_ROWS` projects, and for none.
    """
    refuse_unlistable(count := projects.count())
    lists, done, taken = lists_of(projects, unit=unit), 0, set[str]()
    with xlsxwriter.Workbook(to, BOOK) as book:
        styles = _Styles(book)
        for one in lists:
            name = SHEET if len(lists) == 1 else sheet_name(one.name, taken)
            writer = _ListWriter(styles, book.add_worksheet(name), one)
            for row in list_rows(one.ids):
                writer.add(row)
                done += 1
                if progress:
                    progress(STAGE, done, count)
            writer.finish(note)


def refuse_unlistable(count: int) -> None:
    """Raise `RefusedError` for a number of projects that makes no list."""
    if not count:
        raise RefusedError("没有可以列入清单的项目，请放宽筛选条件。")
    if count > MOST_ROWS:
        raise RefusedError(f"清单最多列 {MOST_ROWS:,} 个项目，现有 {count:,} 个；请再加筛选条件。")


class _Styles:
    """The formats of a workbook's lists, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._amounts: dict[str, Any] = {}
        base = {**FONT, "valign": "vcenter", "text_wrap": True, "border": 1}
        self.middle = book.add_format({**base, "align": "center", "num_format": "@"})
        self.head = book.add_format({**base, "align": "center", "bold": True})
        self.left = book.add_format({**base, "align": "left", "num_format": "@"})
        self.number = book.add_format({**base, "align": "center", "num_format": "0"})
        self.title = book.add_format({**TITLE_FONT, "align": "center", "valign": "vcenter"})
        self.unit = book.add_format({**FONT, "align": "right", "valign": "vcenter"})
        self.note = book.add_format({**FONT, "align": "left", "valign": "vcenter", "text_wrap": True})

    def amount(self, value: Decimal) -> Any:
        """The format that shows an amount with all its places."""
        shown = number_format(value)
        if shown not in self._amounts:
            self._amounts[shown] = self._book.add_format(
                {**FONT, "valign": "vcenter", "border": 1, "align": "right", "shrink": True, "num_format": shown}
            )
        return self._amounts[shown]


class _ListWriter:
    """Puts one row below the other on a sheet."""

    def __init__(self, styles: _Styles, sheet: Worksheet, head: ProjectList) -> None:
        self._styles, self._sheet, self._unit = styles, sheet, head.unit
        self._row = 0
        self._write_head(head)

    def _write_head(self, head: ProjectList) -> None:
        self._set_up()
        last = len(HEADS) - 1
        self._sheet.merge_range(0, 0, 0, last, "", self._styles.title)
        write_text(self._sheet, 0, 0, head.title, self._styles.title)
        self._sheet.merge_range(1, 0, 1, last, "", self._styles.unit)
        write_text(self._sheet, 1, 0, f"单位：{head.unit}", self._styles.unit)
        for row, height in enumerate((34.0, 18.0, 24.0, 24.0)):
            self._sheet.set_row(row, height)
        for column, label in enumerate(HEADS):
            self._sheet.write_string(2, column, label, self._styles.head)
        self._sheet.merge_range(3, 0, 3, 1, "", self._styles.head)
        self._sheet.write_string(3, 0, "合   计", self._styles.head)
        self._write_amount(3, head.total)
        for column in range(3, len(HEADS)):
            self._sheet.write_blank(3, column, None, self._styles.left)
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
                self._sheet.merge_range(first, column, self._row - 1, column, "", self._styles.left)
        self._sheet.write_number(first, 0, row.serial, self._styles.number)
        self._write_amount(first, row.amount)
        for column, text in zip((1, 3, 4, 5), texts, strict=True):
            style = self._styles.middle if column == 3 else self._styles.left
            write_text(self._sheet, first, column, text, style) if text else self._sheet.write_blank(
                first, column, None, style
            )

    def finish(self, note: str) -> None:
        """The 备注 below the table, and what is printed."""
        last = len(HEADS) - 1
        if note:
            self._sheet.merge_range(self._row, 0, self._row, last, "", self._styles.note)
            self._sheet.set_row(self._row, row_heights(lines_in(note, sum(WIDTHS)), _LEAST)[0])
            write_text(self._sheet, self._row, 0, f"备注：{note}", self._styles.note)
            self._row += 1
        self._sheet.print_area(0, 0, self._row - 1, last)

    def _write_amount(self, row: int, yuan: Decimal | None) -> None:
        if yuan is None:
            self._sheet.write_blank(row, 2, None, self._styles.left)
            return
        amount = in_unit(yuan, self._unit)
        self._sheet.write_number(row, 2, float(amount), self._styles.amount(amount))

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
