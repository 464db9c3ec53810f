"""A city's or county's list of key projects (重大政策重点项目绩效目标) as a table in a workbook.

The header row says which column is what (序号 项目 预算安排数 部门单位 政策依据及支出内容 绩效目标); title and unit line stand
above it as in the text of such a list, 合计 and 备注 in rows of their own, and any of them may be repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imports.drafts import Amount, ProjectDraft
from imports.layouts.key_project_list.cells import read_cell
from imports.layouts.key_project_list.furniture import FURNITURE, find_furniture, squeeze
from imports.layouts.key_project_list.heading import Heading, read_heading
from imports.layouts.key_project_list.heads import GOAL_LABEL, LABEL
from imports.layouts.key_project_list.sheet import Gap, Line
from imports.reading import HEADER, Defaults, Reading, SourceError
from imports.workbooks import Value, Workbook, cell_text
from imports.workbooks.parts import SheetPart, sheet_parts
from perfgoals.money import AmountError, parse_amount

NAME: Final = "key_project_sheet"
TITLE: Final = "重点项目绩效目标清单（工作簿）"
LOOKED_FOR: Final = "工作表里有列名“序号、项目、预算安排数、绩效目标”在一行的表头"

_HEADS: Final = (
    ("serial", re.compile(r"序号|编号")),
    ("goal", re.compile(r"(?:年度|总体)?绩效目标")),
    ("both", re.compile(r"政策依据[及和与、]支出内容")),
    ("basis", re.compile(r"(?:政策|立项)依据")),
    ("content", re.compile(r"(?:主要)?支出内容")),
    ("department", re.compile(r"(?:主管|责任|预算)?(?:部门|单位)(?:[及和与、/]?(?:部门|单位))?(?:名称)?")),
    ("name", re.compile(r"项目(?:名称)?")),
    ("amount", re.compile(r"(?:\d{4}年)?(?:年度|年初)?(?:预算|资金)?(?:安排)?(?:数|金额|资金|额度|预算数?)?")),
)
_NOTE = re.compile(r"\((?:单位:)?(?:人民币)?(?:亿元|万元|元)\)$")
_TOTAL = re.compile(r"合计|总计|共计")
_PART = re.compile(r"小计|本页合计|本页小计")
_REMARK = re.compile(r"(?:备\s*注|注)\s*[:：]")
_NEEDED: Final = frozenset({"name", "amount", "goal"})
_HEADER_ROWS: Final = 200
_SHOWN: Final = 20
"""Errors that a refusal names."""


def recognise(workbook: Workbook, lines: Sequence[str]) -> bool:
    """Whether some sheet has the header row of such a list."""
    del lines
    return any(_header(sheet.rows) is not None for sheet in workbook.visible)


def read(reading: Reading, workbook: Workbook, defaults: Defaults) -> Iterator[ProjectDraft]:
    """The projects of all sheets that hold a list, in order. Raises `SourceError`, naming sheet and row, where money,
    region or year cannot be known. Of several 合计 in a sheet the first counts; those of the sheets are added up."""
    for part in sheet_parts(workbook, reading.lines):
        with part.errors_named():
            yield from _List(part, defaults).drafts()
        part.settle(reading)


@dataclass(slots=True)
class _Entry:
    """One project's row, with texts of rows below it that have nothing else."""

    row: int
    last: int
    texts: dict[str, str] = field(default_factory=dict)


class _List:
    """Reads one sheet."""

    def __init__(self, part: SheetPart, defaults: Defaults) -> None:
        self._part, self._defaults = part, defaults
        self._reading = part.reading
        self._rows = part.sheet.rows
        self._title: set[str] = set()
        self._errors: list[SourceError] = []

    def drafts(self) -> Iterator[ProjectDraft]:
        found = _header(self._rows)
        if found is None:
            return
        at, columns = found
        heading = self._heading(at)
        self._note_other_columns(at, columns)
        before: int | None = None
        for entry in self._entries(at, columns, heading):
            own = _serial(entry.texts.get("serial", ""))
            if before is not None and own is not None and own != before + 1:
                message = f"序号{before}之后是序号{own}，请核对是否有缺漏或重复"
                self._reading.notice(entry.row + 1, "incomplete", message)
            before = own
            try:
                yield self._draft(entry, heading)
            except SourceError as error:
                self._errors.append(error)
        self._refuse_errors()

    def _refuse_errors(self) -> None:
        """All rows that cannot be taken in are told at once, and not one at each try."""
        if len(self._errors) > 1:
            shown = "；".join(error.message.rpartition("，请")[0] for error in self._errors[:_SHOWN])
            more = f"；其余 {len(self._errors) - _SHOWN} 处从略" if len(self._errors) > _SHOWN else ""
            raise SourceError(f"有 {len(self._errors)} 处要改正后再导入：{shown}{more}。", self._errors[0].line)
        for error in self._errors:
            raise error

    def _heading(self, at: int) -> Heading:
        """Region, year and unit from what stands above the table and in its heads."""
        above = [" ".join(filter(None, map(cell_text, row))) for row in self._rows[: at + 1]]
        furniture = find_furniture(above)
        for number, text in enumerate(above, start=1):
            # Above a table anything may stand; what is neither title nor unit nor header is for a person to see.
            if furniture.kinds[number - 1] == FURNITURE or number == at + 1:
                self._reading.claim(number, HEADER)
                self._title.add(squeeze(text))
        return read_heading(furniture, self._defaults)

    def _note_other_columns(self, at: int, columns: Mapping[str, int]) -> None:
        """Columns that have no place here: their cells are reported, their heads are told."""
        heads = [
            cell_text(value).strip() for column, value in enumerate(self._rows[at]) if column not in columns.values()
        ]
        if names := "、".join(filter(None, heads)):
            self._reading.notice(at + 1, "unknown_label", f"“{names}”列没有读取，其内容列在未识别的行里")

    def _entries(self, at: int, columns: Mapping[str, int], heading: Heading) -> Iterator[_Entry]:
        entry: _Entry | None = None
        for number in range(at + 1, len(self._rows)):
            cells = [cell_text(value).strip() for value in self._rows[number]]
            if not any(cells) or self._is_furniture(number, cells, columns, heading):
                continue
            texts = _texts(cells, columns)
            own = {name for name, text in texts.items() if text}
            if {"name", "amount"} <= own or {"serial", "name"} <= own:
                if entry:
                    yield entry
                entry = _Entry(number, number, texts)
            elif entry is not None and entry.last == number - 1 and own and own <= {"basis", "content", "both", "goal"}:
                entry.last = number
                for name in own:
                    entry.texts[name] = "\n".join(filter(None, (entry.texts[name], texts[name])))
            else:
                continue
            # A cell in a column that is not read leaves its row unclaimed.
            if {column for column, text in enumerate(cells) if text} <= set(columns.values()):
                self._reading.claim(number + 1)
        if entry:
            yield entry

    def _is_furniture(self, number: int, cells: Sequence[str], columns: Mapping[str, int], heading: Heading) -> bool:
        """合计, 备注, and what a page break repeats: title, unit line, header."""
        texts = [text for text in cells if text]
        line = number + 1
        if _TOTAL.fullmatch(squeeze(texts[0])):
            self._declare(number, _texts(cells, columns).get("amount", ""), heading)
        elif _REMARK.match(texts[0]) and len(texts) == 1:
            self._reading.notice(line, "footnote", texts[0])
        elif not (_PART.fullmatch(squeeze(texts[0])) or squeeze(" ".join(texts)) in self._title):
            return False
        self._reading.claim(line, HEADER)
        return True

    def _declare(self, number: int, printed: str, heading: Heading) -> None:
        amount = _amount(printed, heading.unit, "合计", number + 1)
        declared = self._reading.declared_total
        if declared and declared.yuan != amount.yuan:
            self._reading.notice(number + 1, "sources_differ", f"这里的合计与第{self._reading.declared_line}行的不同")
        elif declared is None and amount.yuan is not None:
            self._reading.declared_total, self._reading.declared_line = amount, number + 1

    def _draft(self, entry: _Entry, heading: Heading) -> ProjectDraft:
        texts, line = entry.texts, entry.row + 1
        if not texts["name"]:
            raise SourceError(f"第{line}行没有项目名称，请补上后再导入。", line)
        if not texts["amount"]:
            raise SourceError(f"第{line}行的项目“{texts['name'][:40]}”没有预算安排数，请补上后再导入。", line)
        serial = _serial(texts.get("serial", ""))
        if texts.get("serial") and serial is None:
            self._reading.notice(line, "unknown_label", f"序号“{texts['serial']}”不是数字，没有采用")
        basis, content = _parted(texts)
        goal = GOAL_LABEL.match(texts["goal"])
        return ProjectDraft(
            region_code=heading.region_code,
            region_name=heading.region_name,
            year=heading.year,
            name=texts["name"],
            first_line=line + self._part.first,
            last_line=entry.last + 1 + self._part.first,
            serial=serial,
            department_name=texts.get("department") or None,
            amount=_amount(texts["amount"], heading.unit, f"项目“{texts['name'][:40]}”", line),
            printed_unit=heading.unit,
            basis=basis,
            content=content,
            goal_annual=(texts["goal"][goal.end() :].strip() if goal else texts["goal"]) or None,
        )


def _texts(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {name: cells[column] for name, column in columns.items() if column < len(cells)}


def _header(rows: Sequence[Sequence[Value]]) -> tuple[int, dict[str, int]] | None:
    """Index of the header row and the column of each head; ``None`` where there is no such row."""
    for number, row in enumerate(rows[:_HEADER_ROWS]):
        columns: dict[str, int] = {}
        for column, value in enumerate(row):
            name = _head(cell_text(value)) if value is not None else None
            if name is not None:
                columns.setdefault(name, column)
        if columns.keys() >= _NEEDED and ("serial" in columns or "both" in columns or "basis" in columns):
            return number, columns
    return None


def _head(text: str) -> str | None:
    label = squeeze(text).replace("（", "(").replace("）", ")").replace("：", ":")
    label = _NOTE.sub("", label)
    return next((name for name, pattern in _HEADS if label and pattern.fullmatch(label)), None)


def _serial(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _amount(printed: str, unit: str, whose: str, line: int) -> Amount:
    try:
        return Amount(parse_amount(printed, unit), printed)
    except AmountError as error:
        raise SourceError(f"第{line}行：{whose}的{error}，请改正后再导入。", line) from error


def _parted(texts: Mapping[str, str]) -> tuple[str | None, str | None]:
    """政策依据 and 支出内容, from columns of their own or from one cell with both labels."""
    if "both" not in texts:
        return texts.get("basis") or None, texts.get("content") or None
    paragraphs: list[str] = []
    for paragraph in texts["both"].split("\n"):
        if paragraphs and not LABEL.match(paragraph.strip()):
            paragraphs[-1] += f"\n{paragraph}"
        else:
            paragraphs.append(paragraph.strip())
    cell = read_cell([Line(0, text, Gap.NONE, 0, False, 0) for text in paragraphs])
    return cell.basis, cell.content
