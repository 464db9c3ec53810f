"""The columns of a table of totals: the values of its dimension, the largest of them where they are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from projects.totals.counting import ALL, Key, Sums, SumsByKey
from projects.totals.dimensions import Dimension
from projects.totals.members import Member, read_names
from projects.totals.ordering import ranked

MOST: Final = 24
"""Where a dimension has more values, the largest are columns, and the others are gathered in one."""
REST: Final = "rest"


@dataclass(frozen=True, slots=True)
class Column:
    """A value of the columns' dimension."""

    member: Member
    is_group: bool = False
    """It repeats columns that stand after it."""
    before: int | None = None
    """Place of the column of the year before."""


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns, and what the last one gathers: key of a row → sums."""

    shown: tuple[Column, ...] = ()
    gathered: int = 0
    rest: Mapping[Key, Sums] = field(default_factory=dict)


def columns_of(cube: SumsByKey, dimension: Dimension, at: int) -> Columns:
    """The columns that the dimension at place ``at`` of the cube makes."""
    members = cube.members[at]
    leaves = [member for top in members for _, member in top.walk() if not member.children]
    if len(leaves) > MOST:
        return _largest(cube, leaves, at)
    if dimension.is_ranked:
        members = _ranked(cube, members, at)
    shown = [member for top in members[:: -1 if dimension.columns_reversed else 1] for _, member in top.walk()]
    is_yearly = dimension.key == "year"
    return Columns(
        tuple(
            Column(member, bool(member.children), place - 1 if is_yearly and place else None)
            for place, member in enumerate(shown)
        )
    )


def gather(members: Sequence[Member], label: str) -> Member:
    """Several members of one dimension as one, found in the list by all their values."""
    names = dict.fromkeys(name for member in members for name in member.narrowing)
    narrowing = {name: tuple(value for member in members for value in member.narrowing.get(name, ())) for name in names}
    return Member(REST, label, narrowing)


def _largest(cube: SumsByKey, leaves: Sequence[Member], at: int) -> Columns:
    largest = _ranked(cube, leaves, at)
    read_names(largest[:MOST])
    hidden = largest[MOST:]
    # A region found with one filter for its own projects and another for those below cannot be asked for together.
    rest = replace(gather(hidden, f"其余 {len(hidden)} 个"), note="没有单独成列的")
    columns = (*map(Column, largest[:MOST]), Column(rest))
    return Columns(columns, len(hidden), cube.gathered(at, {member.key for member in hidden}))


def _ranked(cube: SumsByKey, members: Sequence[Member], at: int) -> list[Member]:
    return ranked(members, lambda member: cube[(*(ALL,) * at, member.key)].amount)
