"""Bounds that people type: of amounts (``500``, ``3亿元``) and of target values (``90``, ``90%``, ``<90%``)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from perfgoals.money import AmountError, format_amount, parse_amount

PER_CENT: Final = ("%", "百分比")
"""Units that say the same; forms print both."""

_LOWER: Final = {"": False, ">=": False, "≥": False, "≧": False, ">": True}
_UPPER: Final = {"": False, "<=": False, "≤": False, "≦": False, "<": True}
_BOUND = re.compile(r"(?P<sign>>=|<=|[≥≧>≤≦<]?)(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<unit>[^\d.,<>=]*)")
_LONGEST: Final = 24
_SAYS_MORE: Final = ("以上", "以下", "以内", "之内")
_HALF_WIDTH: Final = {0xFF01 + at: 0x21 + at for at in range(0x5E)}


class BoundError(ValueError):
    """What was typed is no bound; the message is one Chinese sentence."""


class Bound(NamedTuple):
    """One end of a range of target values. Without a unit, numbers of any unit are meant."""

    number: Decimal
    is_strict: bool
    """The number itself is outside."""
    unit: str | None

    @property
    def units(self) -> tuple[str, ...]:
        """The units as stored that are meant; none for any."""
        if self.unit is None:
            return ()
        return PER_CENT if self.unit in PER_CENT else (self.unit,)


def read_bound(typed: str, *, is_upper: bool) -> Bound:
    """Read the lower or the upper end of a range of target values. Raises `BoundError`."""
    text = "".join(typed.split()).translate(_HALF_WIDTH)
    match = _BOUND.fullmatch(text)
    if match is None or len(match["number"]) > _LONGEST or match["unit"].endswith(_SAYS_MORE):
        raise BoundError(f"“{typed}”不是可用的目标值，请写数字，可以带单位，例如 90 或 90%。")
    signs = _UPPER if is_upper else _LOWER
    if match["sign"] not in signs:
        raise BoundError("上限只能写 ≤ 或 <，例如 <90%。" if is_upper else "下限只能写 ≥ 或 >，例如 >80%。")
    return Bound(Decimal(match["number"].replace(",", "")), signs[match["sign"]], match["unit"] or None)


def refuse_empty_range(lower: Bound, upper: Bound) -> None:
    """Raises `BoundError` where no number can be between the two."""
    if lower.unit and upper.unit and lower.units != upper.units:
        raise BoundError("目标值上限和下限的单位不同，请改成一样的。")
    if lower.number > upper.number or (lower.number == upper.number and (lower.is_strict or upper.is_strict)):
        raise BoundError("目标值的下限大于上限，请对调或改正。")


def read_amount(typed: str, unit: str) -> Decimal:
    """Read an amount in a unit (or in the one typed with it) as yuan. Raises `BoundError`."""
    try:
        yuan = parse_amount(typed, unit)
    except AmountError:
        yuan = None
    if yuan is None:
        raise BoundError(f"“{typed}”不是可用的金额，请写数字，例如 500 或 1,200.5。")
    return yuan


def numbers_in_words(lower: Bound | None, upper: Bound | None) -> str:
    """A range of target values: ``< 90%``, ``80–90``, ``> 80% 且 ≤ 90%``."""
    if lower and upper and not lower.is_strict and not upper.is_strict:
        unit = upper.unit or lower.unit or ""
        return f"{_plain(lower.number)}–{_plain(upper.number)}{unit}"
    said = []
    if lower:
        said.append(f"{'>' if lower.is_strict else '≥'} {_plain(lower.number)}{lower.unit or ''}")
    if upper:
        said.append(f"{'<' if upper.is_strict else '≤'} {_plain(upper.number)}{upper.unit or ''}")
    return " 且 ".join(said)


def amounts_in_words(lower: Decimal | None, upper: Decimal | None, unit: str) -> str:
    """A range of amounts in a unit: ``≥ 500 万元``, ``100–500 万元``."""
    if lower is not None and upper is not None:
        return f"{_short(lower, unit)}–{_short(upper, unit)} {unit}"
    if lower is not None:
        return f"≥ {_short(lower, unit)} {unit}"
    return f"≤ {_short(upper, unit)} {unit}"


def _short(yuan: Decimal | None, unit: str) -> str:
    return format_amount(yuan, unit).removesuffix(".00")


def _plain(number: Decimal) -> str:
    return f"{number:,f}"
