"""Reader of a city's or county's list of key projects (市本级重大政策重点项目绩效目标), text of a PDF table.

Per project the text runs head (serial, name, amount, department) · 政策依据/支出内容 cell · blank line · 绩效目标 cell.
`furniture` knows the lines that are no data and `sheet` those that are; `heads` finds the projects; `departments`,
`columns` and `cells` part what stands below each head, `blocks` gives every line its project; `heading` says whose list
it is and `amounts` what the money is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from imports.drafts import Amount, ProjectDraft
from imports.layouts.key_project_list.amounts import declare_total, head_amount, settled
from imports.layouts.key_project_list.blocks import Block, Parted, part
from imports.layouts.key_project_list.cells import joined, read_cell, read_goal
from imports.layouts.key_project_list.furniture import FURNITURE, Furniture, find_furniture
from imports.layouts.key_project_list.heading import Heading, read_heading
from imports.layouts.key_project_list.heads import GOAL_LABEL, LABEL, Head, find_heads
from imports.layouts.key_project_list.sheet import Gap, Line, data_lines
from imports.reading import HEADER, Defaults, Reading, SourceError

NAME: Final = "key_project_list"
TITLE: Final = "重点项目绩效目标清单"
LOOKED_FOR: Final = (
    "列有“序号、项目、预算安排数、绩效目标”的表头，或“××××年……绩效目标”的标题和其下带“政策依据：”“支出内容：”的编号项目"
)

_MOST_TABS: Final = 0.2


def recognise(lines: Sequence[str]) -> bool:
    """Whether the text is such a list: its column header, or its title above heads with labelled cells."""
    if sum("\t" in line for line in lines) > _MOST_TABS * sum(map(bool, lines)):
        return False
    furniture = find_furniture(lines)
    if furniture.columns and all("\t" not in lines[number - 1] for number in furniture.columns):
        return True
    if furniture.title is None:
        return False
    data = data_lines(lines, furniture)
    return any(LABEL.match(line.text) for line in data) and any(head.amount for head in find_heads(data))


def read(reading: Reading, defaults: Defaults) -> Iterator[ProjectDraft]:
    """The projects of the list in its order. Raises `SourceError` where money, region or year cannot be known."""
    furniture = find_furniture(reading.lines)
    lines = data_lines(reading.lines, furniture)
    heads = find_heads(lines)
    if not heads:
        line = min(furniture.columns, default=None)
        raise SourceError("清单里没有找到可读的项目（序号、项目名称和预算金额），请检查文本是否完整。", line)
    heading = read_heading(furniture, defaults)
    declare_total(reading, furniture, heading.unit)
    total = reading.declared_total.yuan if reading.declared_total else None
    heads = settled(heads, lines, heading.unit, total)
    amounts = [head_amount(head, lines, heading.unit) for head in heads]
    parted = part(lines, heads)
    _claim_furniture(reading, furniture, parted)
    _notice_serials(reading, lines, heads)
    for block, amount in zip(parted.blocks, amounts, strict=True):
        yield _draft(reading, lines, block, heading, amount)


def _claim_furniture(reading: Reading, furniture: Furniture, parted: Parted) -> None:
    for number, kind in enumerate(furniture.kinds, start=1):
        if kind == FURNITURE:
            reading.claim(number, HEADER)
    for words, number in furniture.strange.items():
        reading.notice(number, "incomplete", f"表头里的“{words}”不是清单的栏目，这里没有读它，请核对")
    for line in parted.page_numbers:
        reading.claim(line.number, HEADER)
    for note in parted.footnotes:
        for line in note:
            reading.claim(line.number, HEADER)
        reading.notice(note[0].number, "footnote", joined(note))


def _notice_serials(reading: Reading, lines: Sequence[Line], heads: Sequence[Head]) -> None:
    for before, head in pairwise(heads):
        if head.serial != before.serial + 1:
            message = f"序号{before.serial}之后是序号{head.serial}，请核对是否有缺漏或重复"
            reading.notice(lines[head.start].number, "incomplete", message)


def _draft(reading: Reading, lines: Sequence[Line], block: Block, heading: Heading, amount: Amount) -> ProjectDraft:
    own = _own_lines(lines, block)
    for line in [*own, *block.displaced]:
        reading.claim(line.number)
    cell = read_cell(block.cell)
    draft = ProjectDraft(
        region_code=heading.region_code,
        region_name=heading.region_name,
        year=heading.year,
        name=block.head.name,
        first_line=own[0].number,
        last_line=own[-1].number,
        serial=block.head.serial,
        department_name=block.head.department + joined(block.department) or None,
        amount=amount,
        printed_unit=heading.unit,
        basis=cell.basis,
        content=cell.content,
        goal_annual=read_goal(block.goal),
    )
    if block.cell and block.goal and block.goal[0].gap == Gap.NONE and not GOAL_LABEL.match(block.goal[0].text):
        message = f"序号{draft.serial}的支出内容和绩效目标之间没有空行，这里按行宽分开，请核对"
        reading.notice(block.goal[0].number, "incomplete", message)
    if block.displaced:
        _take_displaced(reading, draft, block)
    return draft


def _own_lines(lines: Sequence[Line], block: Block) -> list[Line]:
    head = lines[block.head.start : block.head.end + 1]
    return [*head, *block.department, *block.cell, *block.goal]


def _take_displaced(reading: Reading, draft: ProjectDraft, block: Block) -> None:
    """Complete a draft with the cell that stands at the end of its page."""
    first, last = block.displaced[0].number, block.displaced[-1].number
    cell = read_cell(block.displaced_cell)
    draft.basis, draft.content = cell.basis, cell.content
    draft.goal_annual = draft.goal_annual or read_goal(block.displaced_goal)
    draft.lines = [(draft.first_line, draft.last_line), (first, last)]
    draft.last_line = last
    where = f"第{first}行" if first == last else f"第{first}至{last}行"
    reading.notice(first, "displaced", f"序号{draft.serial}的内容排在本页末尾（{where}），已归到该项目")
