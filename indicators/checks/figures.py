"""Sums of money in running text: 总投资3857.4万元, 预算金额15,000,000元, with what they are called and how exact they are."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from indicators.checks.meanings import MONEY

_NUMBER: Final = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,8})?"
_SUM = re.compile(
    rf"(?P<number>{_NUMBER})\s*"
    r"(?P<unit>亿元|百万元|千元|万元|元|亿(?=[,，。；;、（）()\s]|$)|万(?=[,，。；;、（）()\s]|$))"
    r"(?P<more>\s*(?:左右|余元?|以上|以下|以内|多元?|起))?(?!\s*[/／∕每]|人民币/|区间)"
)
# What stands before is looked at afterwards: an expression that begins with a digit is found several times as fast.
_CUT: Final = frozenset("0123456789.．,")
_PRICE_BEFORE = re.compile(
    r"(?:每[^，。；,;、]{0,8}|[人户亩日月年]均[^，。；,;、]{0,6}|单价[^，。；,;、]{0,6}|标准[^，。；,;、]{0,8}|/[^，。；,;、]{0,3}|[-~～—至到]\s*)$"
)
_ABOUT_BEFORE = re.compile(
    r"(?:约|近|超过?|不低于|不少于|不超过|至少|最高|最低|大约|逾|[≤≥<>])(?:需要?|为|计|合|达|投入)?\s*$"
)
_WITHIN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_MOST = 200
"""Sums that are read of one text: what has more is a table, and the time that it takes has a bound."""
_DEPTH = 3
"""How deep brackets stand in one another in texts of people."""
_END = re.compile(r"[。\n]")


class Sum(NamedTuple):
    """An amount of money in a text."""

    printed: str
    yuan: Decimal
    slack: Decimal
    """Half of the last printed place, in yuan."""
    start: int
    end: int
    is_exact: bool
    """No 约, 左右, 以上 around it."""

    def is_about(self, money: Decimal | None) -> bool:
        """Whether it is this money, but for rounding, or for a percent where it says 约."""
        if money is None:
            return False
        return abs(self.yuan - money) <= (self.slack if self.is_exact else max(self.slack, money / 50))


@lru_cache(maxsize=512)
def sums_of(text: str) -> tuple[Sum, ...]:
    """The sums of money in a text in their order; prices (元/人, 每亩…元, 标准…元) and ranges are none."""
    if "元" not in text and "万" not in text and "亿" not in text:
        return ()
    return tuple(
        _sum(text, found) for found in islice(_SUM.finditer(text), _MOST)
        if stands_alone(text, found.start()) and not _PRICE_BEFORE.search(text, max(found.start() - 14, 0), found.start())
    )  # fmt: skip


def stands_alone(text: str, start: int) -> bool:
    """Whether a number that begins here is no part of a longer one or of a Latin word."""
    before = text[start - 1] if start else ""
    return before not in _CUT and not (before.isascii() and before.isalpha())


def _sum(text: str, found: re.Match[str]) -> Sum:
    number = Decimal(found["number"].replace(",", "").replace("，", ""))
    factor = MONEY[found["unit"]]
    places = max(-int(number.as_tuple().exponent), 0)
    slack = Decimal(factor) * Decimal(10) ** -places / 2 if factor > 1000 else Decimal(0)
    exact = not found["more"] and not _ABOUT_BEFORE.search(text, max(found.start() - 5, 0), found.start())
    printed = f"{found['number']}{found['unit']}"
    return Sum(printed, number * factor, slack, found.start(), found.end(), exact)


@lru_cache(maxsize=512)
def without_brackets(text: str) -> str:
    """The text with blanks for what stands in brackets, places kept: details of a part are no parts."""
    for _ in range(_DEPTH):
        text = _WITHIN_BRACKETS.sub(lambda found: " " * len(found[0]), text)
    return text


def sentence_of(text: str, place: int) -> tuple[int, int]:
    """Begin and end of the sentence around a place; sentences end with 。 or a line."""
    start = max(text.rfind("。", 0, place), text.rfind("\n", 0, place)) + 1
    found = _END.search(text, place)
    return start, found.start() if found else len(text)
