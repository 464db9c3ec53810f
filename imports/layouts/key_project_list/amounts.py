"""The amounts of the heads in yuan, and the declared total that says whether the heads were read rightly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from imports.drafts import Amount
from imports.layouts.key_project_list.furniture import Furniture
from imports.layouts.key_project_list.heads import Head, readings
from imports.layouts.key_project_list.sheet import Line
from imports.reading import Reading, SourceError
from perfgoals.money import AmountError, parse_amount

_GRAND_TOTALS: Final = ("合计", "总计", "共计")
_WEAK: Final = 4.0
"""Score below which the total may take a head back."""


def declare_total(reading: Reading, furniture: Furniture, unit: str) -> None:
    """Set the declared 合计 of a reading; of several that differ the largest, of which the others are parts."""
    for word, printed, line in furniture.totals:
        if word not in _GRAND_TOTALS:
            continue
        amount = Amount(_in_yuan(printed, unit, word, line), printed)
        declared = reading.declared_total
        if declared and declared.yuan != amount.yuan:
            reading.notice(line, "sources_differ", f"这里的{word}与第{reading.declared_line}行的不同")
        if declared is None or (amount.yuan or 0) > (declared.yuan or 0):
            reading.declared_total, reading.declared_line = amount, line


def head_amount(head: Head, lines: Sequence[Line], unit: str) -> Amount:
    """The amount of a head. Raises `SourceError` with serial and line where it is missing or impossible."""
    line = lines[head.end].number
    if head.amount is None:
        line = lines[head.start].number
        raise SourceError(f"第{line}行：序号{head.serial}的项目没有可读的预算金额，请补上后再导入。", line)
    return Amount(_in_yuan(head.amount, unit, f"序号{head.serial}的项目", line), head.amount)


def _in_yuan(printed: str, unit: str, whose: str, line: int) -> Decimal | None:
    try:
        return parse_amount(printed, unit)
    except AmountError as error:
        raise SourceError(f"第{line}行：{whose}的{error}，请改正后再导入。", line) from error


def settled(heads: list[Head], lines: Sequence[Line], unit: str, total: Decimal | None) -> list[Head]:
    """The heads, one of them read another way where only that makes the sum the declared total."""
    amounts = [_known(head, unit) for head in heads]
    if total is None or None in amounts or (excess := sum(filter(None, amounts), Decimal(0)) - total) == 0:
        return heads
    others = [(at, way) for at in range(len(heads)) for way in _other_ways(heads, at, lines, unit, excess)]
    if len(others) != 1:
        return heads
    at, way = others[0]
    return [*heads[:at], *way, *heads[at + 1 :]]


def _other_ways(heads: Sequence[Head], at: int, lines: Sequence[Line], unit: str, excess: Decimal) -> list[list[Head]]:
    """What could stand in the place of a head so that the excess is gone: another reading, or nothing."""
    head, now = heads[at], _known(heads[at], unit) or Decimal(0)
    limit = heads[at + 1].start if at + 1 < len(heads) else len(lines)
    others = [other for other in readings(lines, head.start) if other.end < limit and other.end != head.end]
    ways = [[other] for other in others if now - (_known(other, unit) or 0) == excess]
    # A list without any project would be none: its only head stays, and the sums differ.
    is_dropped = head.score < _WEAK and now == excess and len(heads) > 1
    return [*ways, []] if is_dropped else ways


def _known(head: Head, unit: str) -> Decimal | None:
    try:
        return parse_amount(head.amount or "", unit)
    except AmountError:
        return None
