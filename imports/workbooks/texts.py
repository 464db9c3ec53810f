"""The values of cells as the texts that a person sees in them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

Value = str | int | float | bool | date | time | timedelta | None
"""What a cell holds; ``None`` for an empty one."""

_DIGITS: Final = ".15g"
"""Spreadsheets calculate with 15 digits and show no more."""


def cell_text(value: Value) -> str:
    """The value as text: a number with its own digits and no exponent, a date as 2024-12-17 or 2024-12-17 09:07:09."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case float():
            return _number_text(value)
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
        case _:
            return str(value)


def percent_text(value: float, places: int) -> str:
    """A number that its cell shows as a percentage: 0.95 → 95%."""
    shown = Decimal(format(value * 100, _DIGITS))
    exact = format(shown.normalize(), "f")
    return f"{shown:.{places}f}%" if len(exact.partition(".")[2]) <= places else f"{exact}%"


def _number_text(value: float) -> str:
    text = format(Decimal(format(value, _DIGITS)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
