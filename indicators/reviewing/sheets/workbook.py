"""Review sheets as a workbook: an overview, and a sheet for each project. Everything that people wrote is text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from indicators.reviewing.reports import place_of
from indicators.reviewing.sheets.grading import RULE
from indicators.reviewing.sheets.printable import write_printable
from indicators.reviewing.sheets.sheet import Criterion, ReviewSheet
from perfgoals.spreadsheets import Head, Kind, Sheet, as_xlsx

OVERVIEW: Final = "总览"
_LONGEST_NAME: Final = 31
_OVERVIEW: Final = (
    Head("行政区划", width=10), Head("年度", Kind.NUMBER, 7), Head("主管部门", width=20), Head("项目名称", width=32),
    Head("年度金额（元）", Kind.MONEY, 17), Head("未认可意见", Kind.NUMBER, 8), Head("已认可意见", Kind.NUMBER, 8),
    Head("完整性", width=8), Head("相关性", width=8), Head("适当性", width=8), Head("可行性", width=8),
    Head("总评", width=7), Head("建议总评", width=7), Head("状态", width=12), Head("签字", width=24),
)  # fmt: skip
_SHEET: Final = (
    Head("项目", width=11), Head("等级", width=7), Head("建议等级", width=7), Head("严重程度", width=11),
    Head("审核意见", width=56), Head("位置", width=26), Head("认可理由", width=20), Head("填写意见", width=28),
)  # fmt: skip


def write_sheet_book(sheets: Sequence[ReviewSheet], to: BinaryIO) -> None:
    """Write the sheets. Raises `CellTooLongError`."""
    taken = {OVERVIEW}
    parts = [Sheet(OVERVIEW, _OVERVIEW, [_overview(one) for one in sheets])]
    parts += [Sheet(_name(one.project.name, taken), _SHEET, list(_rows(one))) for one in sheets]
    write_printable(parts, to)


def _overview(one: ReviewSheet) -> list[Any]:
    project = one.project
    lines = [line for criterion in (*one.criteria, one.data) for line in criterion.lines]
    accepted = sum(line.reason is not None for line in lines)
    body = project.department_printed or (project.department.name if project.department else "")
    return [
        project.region.short_name, project.year, body, project.name, project.amount, len(lines) - accepted, accepted,
        *(criterion.grade for criterion in one.criteria), one.grade, one.proposed, one.state, one.signature,
    ]  # fmt: skip


def _rows(one: ReviewSheet) -> Iterator[list[Any]]:
    yield ["项目名称", None, None, None, one.project.name, place_of(one.project), None, None]
    for criterion in (*one.criteria, one.data):
        yield from _criterion(criterion, graded=criterion is not one.data)
    yield ["总评", one.grade, one.proposed, None, None, None, None, one.opinion]
    yield ["签字", None, None, None, one.signature or "未签字", one.state, None, None]
    yield ["等级说明", None, None, None, RULE, None, None, None]


def _criterion(one: Criterion, *, graded: bool) -> Iterator[list[Any]]:
    grades = [one.grade, one.proposed] if graded else [None, None]
    opinion = one.opinion if graded else None
    if not one.lines:
        yield [one.family.label, *grades, None, "没有审核意见", None, None, opinion]
    for place, line in enumerate(one.lines):
        head = [one.family.label, *grades] if place == 0 else [one.family.label, None, None]
        places = "、".join(line.places)
        yield [*head, line.severity.label, line.message, places, line.reason, opinion if place == 0 else None]


def _name(name: str, taken: set[str]) -> str:
    """What Excel takes as the name of a sheet, and no other sheet has."""
    plain = "".join(" " if sign in "[]:*?/\\'\n\t" else sign for sign in as_xlsx(name)).strip() or "项目"
    number = 1
    while True:
        end = f"~{number}" if number > 1 else ""
        shown = plain[: _LONGEST_NAME - len(end)] + end
        if shown.lower() not in taken:
            taken.add(shown.lower())
            return shown
        number += 1
