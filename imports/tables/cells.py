"""Single cells: whether one still says what the export printed, and what was typed into one that does not.

Spreadsheets print values in their own way: numbers without leading zeros or with an exponent, dates with slashes and
without seconds, texts without trailing blanks. None of that is a change.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from imports.workbooks import Value, cell_text
from perfgoals.money import UNITS, AmountError, parse_amount
from perfgoals.spreadsheets import Kind, as_xlsx

_EXPONENT: Final = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}")
_PLAIN: Final = re.compile(r"-?\d+(?:\.\d+)?")
_MOMENT: Final = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
)


def is_same(value: Value, stored: Any, kind: Kind) -> bool:
    """Whether a cell says what is stored. Raises `AmountError` for money that is none."""
    match kind:
        case Kind.MONEY:
            return bool(amount_of(value) == stored)
        case Kind.NUMBER:
            return normal(cell_text(value)).strip() == ("" if stored is None else str(stored))
        case Kind.MOMENT:
            return _is_same_moment(value, stored)
    return is_same_text(value, stored)


def is_same_text(value: Value, stored: str | None) -> bool:
    """Whether a cell says a stored text; blank is blank, whether the source has the field or not."""
    if normal(cell_text(value)) == normal(as_xlsx(stored or "")):
        return True
    if isinstance(value, str) or value is None or stored is None:
        return False
    # A spreadsheet made a number of a text: 00409 became 409.
    return _PLAIN.fullmatch(stored.strip()) is not None and Decimal(stored.strip()) == _decimal(value)


def normal(text: str) -> str:
    """A text without what nobody sees: trailing blanks and kinds of line ends."""
    return "\n".join(line.rstrip() for line in as_xlsx(text).split("\n")).rstrip()


def amount_of(value: Value) -> Decimal | None:
    """Yuan in a cell: a number, or a text that may have a unit of its own (530万元). Raises `AmountError`."""
    if isinstance(value, (bool, date)):
        raise AmountError(f"“{cell_text(value)}”不是金额")
    text = "".join(cell_text(value).split())
    if _EXPONENT.fullmatch(text):
        text = f"{Decimal(text):f}"
    return parse_amount(text, "元")


def has_own_unit(value: Value) -> bool:
    """Whether the text of a cell says its unit."""
    return isinstance(value, str) and any(unit in value for unit in UNITS)


def moment_text(value: Value) -> str:
    """A moment as the form reads it."""
    found = _moment(cell_text(value))
    return cell_text(value) if found is None else f"{found[0]:%Y-%m-%d %H:%M:%S}"


def _is_same_moment(value: Value, stored: datetime | None) -> bool:
    text = cell_text(value).strip()
    found = _moment(text)
    if stored is None or found is None:
        return stored is None and not text
    moment, has_seconds = found
    return moment == (stored if has_seconds else stored.replace(second=0))


def _moment(text: str) -> tuple[datetime, bool] | None:
    """The moment that a text names, and whether it says the seconds; a day alone is its midnight, exactly."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment, match[6] is not None or match[4] is None


def _decimal(value: Value) -> Decimal | None:
    text = cell_text(value)
    return Decimal(text) if _PLAIN.fullmatch(text) else None
