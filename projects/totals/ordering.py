"""The order of rows: the usual one, or by any column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from projects.totals.changes import Figure
from projects.totals.members import Member, read_names

FigureOf = Callable[[Member, str], Figure]
"""What a member's row says in the column with a key."""


def ordered(members: Sequence[Member], sort: str, is_ranked: bool, figure_of: FigureOf) -> list[Member]:
    """Members that stand side by side in the order asked for: blanks last, equals in their usual order."""
    usual = ranked(members, lambda member: figure_of(member, "amount")) if is_ranked else list(members)
    by = sort.removeprefix("-")
    if not by:
        return usual
    if by == "label":
        read_names(usual)
        return sorted(usual, key=lambda member: _pinyin(member.label), reverse=sort.startswith("-"))
    sign = -1 if sort.startswith("-") else 1
    return sorted(usual, key=lambda member: _blanks_last(figure_of(member, by), sign))


def ranked(members: Iterable[Member], amount_of: Callable[[Member], Figure]) -> list[Member]:
    """The largest amounts first, a blank as zero; equals by their names."""
    by_amount: dict[Decimal | int, list[Member]] = {}
    for member in members:
        by_amount.setdefault(amount_of(member) or 0, []).append(member)
    # The names of those alone with their amount decide nothing, and need not be known.
    equals = [group for group in by_amount.values() if len(group) > 1]
    read_names(member for group in equals for member in group)
    for group in equals:
        group.sort(key=lambda member: member.label)
    return [member for amount in sorted(by_amount, reverse=True) for member in by_amount[amount]]


def _blanks_last(figure: Figure, sign: int) -> tuple[bool, Decimal]:
    return figure is None, sign * Decimal(figure or 0)


def _pinyin(label: str) -> bytes:
    """GB18030 has the common characters in the order of their pinyin."""
    return label.encode("gb18030", "replace")
