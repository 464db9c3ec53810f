"""Investments of plan projects: what a money cell proves, and what a text states as the project's total.

Only an exact figure with a known unit becomes yuan. 约15, 10.5-12, 待定 or two figures in one cell stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from imports.drafts import Amount
from perfgoals.money import FEN, UNITS, AmountError, parse_amount

_LONGEST_CELL: Final = 80
_LONGEST_TEXT: Final = 20_000
_TWO_FIGURES = re.compile(r"[\d０-９]\s+[\d０-９]")
_DECORATION = re.compile(r"^(?:人民币|[¥￥])|(?:整|。)$")
_OF_WHICH = re.compile(r"(?<=.)[(（](?:其中|含|包括)[^()（）]{1,60}[)）]\Z")
_OWN_UNIT = re.compile(r"(亿元|万元|元|亿|万)\Z")

_NUMBER: Final = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,8})?|\d{1,13}(?:\.\d{1,8})?"
_STATED = re.compile(
    r"(?:投资|造价|概算)(?:估算|概算|预算|总规模|规模|总额|金额|额)?"
    r"(?P<lead>(?:大约|约|为|是|共计|合计|总计|共|达到|达|预计|估计|估算|计划|需要|需|人民币|接近|近|不低于|不少于|不超过|超过|超|[:：]){0,4})"
    rf"(?P<number>{_NUMBER})(?P<range>[-—–~～至]{{1,2}}(?:{_NUMBER}))?(?P<more>[余多])?"
    r"(?P<unit>亿元|亿|千万元|千万|百万元|百万|万元|万|元)(?P<after>左右|上下|以上|以内|以下|之内)?"
)
_TEXT_UNITS: Final = {
    "亿元": 100_000_000, "亿": 100_000_000, "千万元": 10_000_000, "千万": 10_000_000,
    "百万元": 1_000_000, "百万": 1_000_000, "万元": 10_000, "万": 10_000, "元": 1,
}  # fmt: skip
_ROUND = re.compile(r"约|近|超|不低于|不少于")
_CLAUSE_END = re.compile(r"[，,。；;：:、！!?？()（）\n]")
_SENTENCE_END = re.compile(r"[。；;！!\n]")
_SENTENCE_LENGTH: Final = 300
_CLAUSE_LENGTH: Final = 40
_PART = re.compile(
    r"完成|累计|中央|省级|市级|县级|区级|政府|财政|社会|民间|企业|带动|拉动|撬动|吸引|引进|引入|新增|设备|环保|征地|拆迁|土建"
    r"|境内|境段|纳入|年|[一二三四首本]期|每|亩均|平均|分别|后续|剩余|已"
)
_BARE = re.compile(r"(?:.*(?:总|估算|预计|计划|概算|匡算|规划|预算|拟|项目|工程|建设|静态|动态|约|共|合计|需))?")
_PHRASE_LENGTH: Final = 12
_TO_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


class _Statement(NamedTuple):
    is_total: bool
    yuan: Decimal
    exact: bool
    printed: str


def investment(printed: str, unit: str | None) -> Amount:
    """A money cell of a table whose header prints the unit; a unit in the cell wins. Yuan only where it is exact."""
    text, own = _bare(printed), own_unit(printed)
    if own in ("亿", "万"):
        text += "元"
    if (unit is None and own is None) or len(printed) > _LONGEST_CELL or _TWO_FIGURES.search(printed.strip()):
        return Amount(None, printed)
    try:
        return Amount(parse_amount(text, unit or "元"), printed)
    except AmountError:
        return Amount(None, printed)


def own_unit(printed: str) -> str | None:
    """The unit that a money cell prints itself: 530万元, 3亿."""
    text = _bare(printed)
    found = _OWN_UNIT.search(text) if any(map(str.isdigit, text)) else None
    return found[1] if found else None


def _bare(printed: str) -> str:
    """A cell without white space, ¥ and a remark on its parts (其中市级1200), which does not change the amount."""
    return _DECORATION.sub("", _OF_WHICH.sub("", "".join(printed[:_LONGEST_CELL].split())))


def unit_name(unit: str | None) -> str | None:
    """The unit of money by its full name: 万 → 万元; ``None`` for what is no unit of money."""
    if unit in ("亿", "万"):
        return f"{unit}元"
    return unit if unit in UNITS else None


def stated_total(text: str) -> Amount | None:
    """What a project's content states as its own total (总投资约6.5亿元), as far as it states one.

    A part (其中…投资, 一期投资, 设备投资, 已完成投资) is not the total. Two different totals are none. A round figure
    (约, 近, 左右, a range) keeps its wording and has no yuan.
    """
    statements = list(_statements("".join(text[:_LONGEST_TEXT].split()).translate(_TO_HALF_WIDTH)))
    totals = [one for one in statements if one.is_total] or statements
    if not totals or any(other.yuan != totals[0].yuan for other in totals):
        return None
    exact = totals[0].exact and totals[0].yuan == totals[0].yuan.quantize(FEN)
    return Amount(totals[0].yuan.quantize(FEN) if exact else None, totals[0].printed)


def _statements(text: str) -> Iterator[_Statement]:
    for found in _STATED.finditer(text):
        before = text[max(0, found.start() - _SENTENCE_LENGTH) : found.start()]
        clause = _CLAUSE_END.split(before[-_CLAUSE_LENGTH:])[-1]
        if "其中" in _SENTENCE_END.split(before)[-1] or _PART.search(clause):
            continue
        is_total = clause.endswith("总")
        if is_total or _BARE.fullmatch(clause):
            yield _statement(found, clause, is_total)


def _statement(found: re.Match[str], clause: str, is_total: bool) -> _Statement:
    number = Decimal(found["number"].replace(",", "")) * _TEXT_UNITS[found["unit"]]
    rounded = _ROUND.search(found["lead"]) or found["range"] or found["more"] or found["after"] or clause.endswith("约")
    return _Statement(is_total, number, not rounded, clause[-_PHRASE_LENGTH:] + found[0])
