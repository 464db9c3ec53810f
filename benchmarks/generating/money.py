"""Amounts of projects, as fen, as forms print them, and spread over years and sources. Pure.

Amounts are log-normal: half of the projects have less than 200,000 yuan, one in a hundred more than ten million. A zero is
printed where a form has zeros, and a blank cell is left where it has none: the two are different facts.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from math import exp
from typing import Final, NamedTuple

from benchmarks.generating.draws import Draws
from imports.drafts import BLANK, SCOPES, SOURCES, Amount, FundingDraft, Scope
from perfgoals.money import LIMIT

_MIDDLE: Final = 20_000_000
"""Fen."""
_SPREAD: Final = 1.7
_MOST: Final = int(LIMIT) // 100
_ZERO: Final = Amount(Decimal("0.00"), "0")


class Style(NamedTuple):
    """How a region's forms print money."""

    unit: str
    commas: bool
    zeros: bool
    """Whether sources without money have a zero; else the cell is blank."""


def style_of(draws: Draws) -> Style:
    """How a region prints: most in yuan with commas."""
    return Style("万元" if draws.happens(0.25) else "元", draws.happens(0.7), draws.happens(0.75))


def first_amount(draws: Draws) -> int:
    """What a project costs in its first year, in fen: mostly round."""
    fen = min(int(_MIDDLE * exp(draws.gauss(0.0, _SPREAD))), _MOST)
    return _rounded(fen, draws)


def amount_in(base: int, draws: Draws) -> int:
    """What it costs in another year: the same in a third of the years, else some more or less."""
    if draws.happens(0.33):
        return base
    return _rounded(min(int(base * exp(draws.gauss(0.02, 0.18))), _MOST), draws)


def _rounded(fen: int, draws: Draws) -> int:
    """To ten thousand yuan, to a hundred, or to the fen."""
    drawn = draws.random()
    to = 1_000_000 if drawn < 0.6 and fen > 2_000_000 else 10_000 if drawn < 0.88 else 1
    return max(to, fen - fen % to)


def printed(fen: int, style: Style) -> Amount:
    """A money cell."""
    if not fen:
        return _ZERO
    yuan, rest = divmod(fen, 100)
    value = Decimal(f"{yuan}.{rest:02}")
    if style.unit == "万元":
        whole, rest = divmod(fen, 1_000_000)
        tail = f"{rest:06}".rstrip("0")
    else:
        whole, tail = yuan, f"{rest:02}" if rest else ""
    text = f"{whole:,}" if style.commas else str(whole)
    return Amount(value, f"{text}.{tail}" if tail else text)


def funding_of(period: int, annual: int, style: Style, draws: Draws) -> dict[Scope, FundingDraft]:
    """The funding table: totals and five sources each, whose sums are the totals but in one form of a hundred."""
    shares = _shares(draws)
    missing = 10_000 * draws.between(1, 50) if draws.happens(0.01) else 0
    blank_other = draws.happens(0.8)
    column = partial(_column, shares=shares, missing=missing, blank_other=blank_other, style=style)
    annually = column(annual)
    return {"period": annually if period == annual else column(period), "annual": annually}


def _column(total: int, *, shares: dict[str, float], missing: int, blank_other: bool, style: Style) -> FundingDraft:
    cells = _split(total, shares)
    if missing < cells["local"]:
        cells["local"] -= missing
    nothing = _ZERO if style.zeros else BLANK
    sources = {code: printed(fen, style) if fen else nothing for code, fen in cells.items()}
    if blank_other and not cells["other"]:
        sources["other"] = BLANK
    return FundingDraft(printed(total, style), sources)


def blank_funding() -> dict[Scope, FundingDraft]:
    """A table in which nobody entered anything."""
    return {scope: FundingDraft(BLANK, dict.fromkeys(SOURCES, BLANK)) for scope in SCOPES}


def _shares(draws: Draws) -> dict[str, float]:
    """Who pays: mostly the county alone."""
    drawn = draws.random()
    if drawn < 0.68:
        return {"local": 1.0}
    if drawn < 0.80:
        return {"provincial": 1.0} if drawn < 0.74 else {"central": 1.0}
    if drawn < 0.97:
        above = 0.3 + 0.5 * draws.random()
        return {"central" if drawn < 0.88 else "provincial": above, "local": 1 - above}
    return {"self_raised": 0.6, "local": 0.3, "other": 0.1}


def _split(total: int, shares: dict[str, float]) -> dict[str, int]:
    """Parts in whole yuan but the last, which takes the rest."""
    cells, rest = dict.fromkeys(SOURCES, 0), total
    *others, last = shares
    for code in others:
        cells[code] = int(total * shares[code]) // 100 * 100
        rest -= cells[code]
    cells[last] = rest
    return cells
