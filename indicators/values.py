"""Target values (指标值): the printed text and what it says as operator, number and unit.

The printed text is always kept; the parse is what filters, checks and sums work with. Ranges (``70%-80%``), dates
(``2025年7月``) and anything that does not begin with a number or a comparator stay text: ``number`` is ``None``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple


class Value(NamedTuple):
    """What a printed value says. ``operator`` is ``>=`` ``<=`` ``>`` ``<`` ``=`` or ``None`` (nothing printed)."""

    operator: str | None
    number: Decimal | None
    unit: str | None


TEXT: Final = Value(None, None, None)

_BEFORE: Final = {
    "≥": ">=", "≧": ">=", "⩾": ">=", ">=": ">=", "＞=": ">=", ">＝": ">=", "＞＝": ">=", "=>": ">=",
    "不低于": ">=", "不少于": ">=", "不小于": ">=", "大于等于": ">=", "大于或等于": ">=", "至少": ">=",
    "≤": "<=", "≦": "<=", "⩽": "<=", "<=": "<=", "＜=": "<=", "<＝": "<=", "＜＝": "<=", "=<": "<=",
    "不高于": "<=", "不超过": "<=", "不多于": "<=", "不大于": "<=", "小于等于": "<=", "小于或等于": "<=", "至多": "<=",
    "控制在": "<=",
    ">": ">", "＞": ">", "﹥": ">", "大于": ">", "超过": ">", "高于": ">", "多于": ">",
    "<": "<", "＜": "<", "﹤": "<", "小于": "<", "低于": "<", "少于": "<",
    "=": "=", "＝": "=", "═": "=", "等于": "=",
}  # fmt: skip
_AFTER: Final = {"以上": ">=", "及以上": ">=", "以内": "<=", "之内": "<=", "以下": "<", "及以下": "<="}

_TO_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_COMPARATOR = "|".join(re.escape(word) for word in sorted(_BEFORE, key=len, reverse=True))
_VALUE = re.compile(
    rf"(?P<before>{_COMPARATOR})?\s*(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<tail>.*)",
    re.DOTALL,
)
_TAIL_WORD = re.compile(r"(?P<unit>.*?)\s*[（(]?(?P<after>及以上|及以下|以上|以内|之内|以下)[）)]?")
# A tail that goes on with another number is a range, a date, a ratio or a sentence, not a unit; m² and the like
# are written with superscripts and stay units.
_NOT_A_UNIT = re.compile(r"[0-9,，。；、：:;—~～至/／]|--")
_YEAR = re.compile(r"(?:19|20)\d\d")
# 12月底前 and 20日前 are days of the calendar, 12个月 and 20日 spans of time.
_MONTH = re.compile(r"(?:[1-9]|1[0-2])月份?(?:[上中下]旬|[初中底末])?(?:之?前|完成)?|(?:[1-9]|[12]\d|3[01])[日号]之?前")
_UNIT_LENGTH = 12
_DIGITS = 24
_PLACES = 10


@lru_cache(maxsize=65536)
def parse_value(printed: str) -> Value:
    """Read a printed target value.

    >>> parse_value("≥95%")
    Value(operator='>=', number=Decimal('95'), unit='%')

    Numbers keep every digit but trailing zeros after the point. Never raises.
    """
    text = printed.strip().translate(_TO_HALF_WIDTH)
    match = _VALUE.fullmatch(text)
    if match is None:
        return TEXT
    operator = _BEFORE.get(match["before"]) if match["before"] else None
    tail = match["tail"].strip()
    if operator is None and (word := _TAIL_WORD.fullmatch(tail)):
        operator, tail = _AFTER[word["after"]], word["unit"]
    elif match["before"] == "控制在" and (word := _TAIL_WORD.fullmatch(tail)):
        tail = word["unit"]
    if len(tail) > _UNIT_LENGTH or _NOT_A_UNIT.search(tail) or _is_date(match["number"], tail):
        return TEXT
    number = _number(match["number"])
    return Value(operator, number, tail or None) if number is not None else TEXT


def number_text(number: Decimal | None) -> str | None:
    """A number as plain decimal text without an exponent or trailing zeros after the point."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_date(number: str, tail: str) -> bool:
    if tail in {"年", "年度", "年底", "年末", "年底前", "年末前"}:
        return _YEAR.fullmatch(number) is not None
    return _MONTH.fullmatch(number + tail) is not None


def _number(digits: str) -> Decimal | None:
    whole, _, fraction = digits.replace(",", "").partition(".")
    fraction = fraction.rstrip("0")
    whole = whole.lstrip("0") or "0"
    if len(whole) > _DIGITS or len(fraction) > _PLACES:
        return None
    return Decimal(f"{whole}.{fraction}" if fraction else whole)
