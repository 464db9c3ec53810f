"""Money: Decimal yuan, parsed from and formatted for the units that budgets print.

Everything stored is yuan with two places. A blank cell is ``None``, a printed 0 is ``Decimal("0.00")``:
the two are different facts and never turn into each other. No float is involved anywhere.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

FEN: Final = Decimal("0.01")
LIMIT: Final = Decimal(10) ** 15
"""Amounts are below this many yuan (a hundred trillion and a margin); larger ones are misreadings."""

UNITS: Final[dict[str, Decimal]] = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
"""Printed unit → yuan in one of it."""

BLANK_MARKS: Final = frozenset({"", "-", "—", "－", "–", "/", "／", "——", "--"})
"""What forms print in an empty money cell."""

_TO_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_MOST_DIGITS: Final = 24
_MOST_PLACES: Final = 10
"""Of the largest unit, 亿元, the tenth place is a fen."""
_QUOTED: Final = 40
"""Characters of a text that an error repeats."""
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(亿元|万元|元)?")


class AmountError(ValueError):
    """The text is not an amount of money that can be stored to the fen."""


def parse_amount(printed: str, unit: str) -> Decimal | None:
    """Read a money cell, given the printed unit of its table, as yuan.

    Thousands commas, full-width digits and a unit inside the cell (``530万元``, which wins over the table's)
    are understood. ``None`` is a blank cell. Raises `AmountError`, in Chinese, for text that is no amount, for
    amounts of `LIMIT` or more and for amounts that are not whole fen.
    """
    text = "".join(printed.split()).translate(_TO_HALF_WIDTH)
    if text in BLANK_MARKS:
        return None
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise AmountError(f"“{_quoted(printed)}”不是金额")
    digits, fraction, own_unit = match.groups()
    places = _places(fraction)
    number = Decimal(digits.replace(",", "") + places[:_MOST_DIGITS])
    # Checked before multiplying, so that a number of a thousand digits is not rounded by the decimal context.
    if len(digits) > _MOST_DIGITS or number >= LIMIT:
        raise AmountError(f"金额“{_quoted(printed)}”过大，不可能是预算金额")
    yuan = number * UNITS[own_unit or unit]
    if yuan >= LIMIT:
        raise AmountError(f"金额“{_quoted(printed)}{own_unit or unit}”过大，不可能是预算金额")
    if len(places) > 1 + _MOST_PLACES or yuan != yuan.quantize(FEN):
        raise AmountError(f"金额“{_quoted(printed)}{own_unit or unit}”折合元后不足一分，无法准确入库")
    return yuan.quantize(FEN)


def _places(fraction: str | None) -> str:
    """The point and the digits after it, without zeros that say nothing."""
    return (fraction or "").rstrip("0").rstrip(".")


def _quoted(printed: str) -> str:
    text = printed.strip()
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def in_unit(yuan: Decimal, unit: str) -> Decimal:
    """The exact amount in a unit: 万元 keeps six places, 亿元 ten, so that no fen is lost."""
    return yuan / UNITS[unit]


def decimal_places(printed: str) -> int:
    """How many digits stand after the point of a printed amount."""
    return len(printed.partition(".")[2])


def format_amount(yuan: Decimal | None, unit: str = "元") -> str:
    """Print an amount with thousands separators, two places at least and as many as the amount has fen.

    ``None`` (a blank) prints as ``—``, which zero (``0.00``) never does.
    """
    if yuan is None:
        return "—"
    value = in_unit(yuan, unit)
    if value == value.quantize(FEN):
        return f"{value.quantize(FEN):,f}"
    return f"{value.normalize():,f}"
