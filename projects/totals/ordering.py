"""The order of rows: the usual one, or by any column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from projects.totals.changes import Figure
from projects.totals.dimensions import Member

FigureOf = Callable[[Member, str], Figure]
"""What a member's row says in the column with a key."""


def ordered(members: Sequence[Member], sort: str, is_ranked: bool, figure_of: FigureOf) -> list[Member]:
    """Members that stand side by side in the order asked for: blanks last, equals in their usual order."""
    usual = list(members)
    if is_ranked:
        usual.sort(key=lambda member: (-Decimal(figure_of(member, "amount") or 0), member.label))
    by = sort.removeprefix("-")
    if not by:
        return usual
    if by == "label":
        return sorted(usual, key=lambda member: _pinyin(member.label), reverse=sort.startswith("-"))
    sign = -1 if sort.startswith("-") else 1
    return sorted(usual, key=lambda member: _blanks_last(figure_of(member, by), sign))


def _blanks_last(figure: Figure, sign: int) -> tuple[bool, Decimal]:
    return figure is None, sign * Decimal(figure or 0)


def _pinyin(label: str) -> bytes:
    """GB18030 has the common characters in the order of their pinyin."""
    return label.encode("gb18030", "replace")
