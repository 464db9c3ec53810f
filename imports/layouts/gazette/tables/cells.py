"""Cells of a table: as printed, cleaned, and what kind of thing stands in them.

Converters leave html and markdown in cells (``<b>``, ``<br>``, ``<p>``, ``&nbsp;``, ``**``) and spaces where the page
wrapped a word. All patterns are bounded: a cell may be as long as a file.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

BLANK: Final = 0
FIGURE: Final = 1
"""A number alone: 3,500.5, 约15, >95, 86.5%."""
PERIOD: Final = 2
"""Years, months, days: 2021-2025, 2024年6月底前, “十四五”期间."""
TEXT: Final = 4
NOTHING: Final = 8
"""A dash, 待定, 无: what stands for a value that is not there."""
QUANTITY: Final = 16
"""A number with its measure: 35座, 5000万元."""

LONGEST_SHORT: Final = 40
"""Longer cells are running text."""

_KEPT: Final = 4_000
"""How many short cells are remembered: their columns ask for them again and again."""

_BREAK = re.compile(
    r"</p>\s{0,20}<p(?:\s[^<>]{0,200})?>|<br\s{0,5}/?>|</?(?:p|div|li)(?:\s[^<>]{0,200})?>", re.IGNORECASE
)
_TAG = re.compile(r"</?(?:[a-z]{1,10}|h[1-6])(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)
_UNSEEN = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\xad\r]+")
_SPACES = re.compile(r"[ \u3000\xa0]+")

_NOTHING = re.compile(r"[-—–―－_/\\、.…*]{1,6}|无|待定|暂无|未定|暂定|略|不详|另定")
_MARK = r"[约近逾超≥≤≧≦⩾⩽><=~±+\-]{0,2}"
_FIGURE = re.compile(
    _MARK
    + r"\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|"
    + _MARK
    + r"\d{1,18}(?:\.\d{1,12})?(?:[%‰]|倍)?(?:[-~—:]\d{1,12}(?:\.\d{1,12})?[%‰]?)?"
    r"(?:以上|以下|以内|左右)?"
)
_QUANTITY = re.compile(_MARK + r"\d{1,12}(?:[.,]\d{1,12})?[\u3400-\u9fffa-zA-Z²³℃㎡/]{1,5}")
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"{_YEAR}(?:[年./-]\d{{1,2}}(?:[月./-](?:\d{{1,2}}日?)?)?|年)?"
_PERIOD = re.compile(
    rf"(?:至|到|截至)?{_DAY}(?:[-~至到—–―、,]{{1,3}}(?:{_DAY}|\d{{1,2}}月?(?:\d{{1,2}}日)?))*"
    r"(?:年?[上下]半年|第?[一二三四1-4]季度|年?[初中底末]?(?:之?前|以前|内|起|度|期间)?|[上中下]旬)?"
    r"|[“\"]?(?:[一二三四五六七八九十]{2,3}五|[一二三四五六七八九]五)[”\"]?(?:时期|期间|期)?(?:前期|中期|末)?"
    r"|\d{1,2}月(?:\d{1,2}日)?(?:底|初|中旬|上旬|下旬)?(?:之?前)?|长期|常年|全年|每年"
)
_YEAR_OR_FIGURE = re.compile(r"\d{4}(?:\.\d{1,2})?")
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,12})?|-?\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?")
_BODY_ENDS = (
    *("局", "委员会", "委", "办公室", "厅", "政府", "公司", "医院", "学校", "中学", "小学", "大队", "支队", "银行"),
    *(
        "集团",
        "管委会",
        "合作社",
        "协会",
        "联合会",
        "街道办",
        "街道办事处",
        "管理中心",
        "分局",
        "总局",
        "法院",
        "检察院",
    ),
    *("区", "县", "乡", "街道"),
)


def split(line: str) -> tuple[str, ...]:
    """The cells of a line as printed, between its tabs, without the spaces around them."""
    return tuple(cell.strip() for cell in line.rstrip("\r\n").split("\t"))


def clean(cell: str) -> str:
    """A cell without html and markdown: paragraphs and ``<br>`` become line breaks, entities the characters they mean."""
    if "<" in cell:
        cell = _TAG.sub("", _BREAK.sub("\n", cell))
    if "&" in cell:
        cell = _ENTITY.sub(lambda entity: html.unescape(entity[0]), cell)
    if "**" in cell:
        cell = cell.replace("**", "")
    cell = _SPACES.sub(" ", _UNSEEN.sub("", cell))
    return cell.strip() if "\n" not in cell else "\n".join(part for line in cell.split("\n") if (part := line.strip()))


def bare(text: str) -> str:
    """A text without white space and with half-width letters, figures and punctuation, for comparing."""
    return _short_bare(text) if len(text) <= LONGEST_SHORT else _bare(text)


def _bare(text: str) -> str:
    text = "".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


_short_bare = lru_cache(maxsize=_KEPT)(_bare)


def kind(text: str) -> int:
    """What stands in a cleaned cell: one or several of `FIGURE`, `PERIOD`, `TEXT`, `NOTHING`, `QUANTITY`, or `BLANK`."""
    if len(text) > LONGEST_SHORT:
        return TEXT
    return _short_kind(text)


@lru_cache(maxsize=_KEPT)
def _short_kind(text: str) -> int:
    plain = bare(text)
    if not plain:
        return BLANK
    if _NOTHING.fullmatch(plain):
        return NOTHING
    if _PERIOD.fullmatch(plain):
        return PERIOD | FIGURE if _YEAR_OR_FIGURE.fullmatch(plain) else PERIOD
    if _FIGURE.fullmatch(plain):
        return FIGURE
    return QUANTITY if _QUANTITY.fullmatch(plain) else TEXT


def number(text: str) -> Decimal | None:
    """The number that a cell states exactly; ``None`` for 约15, 3-5, 86% and everything else."""
    if len(text) > LONGEST_SHORT:
        return None
    plain = bare(text)
    return Decimal(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


def is_body(text: str) -> bool:
    """Whether a short cell is nothing but the name of an office, a company or a district."""
    return len(text) <= LONGEST_SHORT and _is_body(text)


@lru_cache(maxsize=_KEPT)
def _is_body(text: str) -> bool:
    plain = bare(text)
    return 3 <= len(plain) <= LONGEST_SHORT and plain.endswith(_BODY_ENDS) and kind(plain) == TEXT


def filled_places(cells: Sequence[str]) -> list[int]:
    """The places of the cells that hold something."""
    return [place for place, cell in enumerate(cells) if cell]
