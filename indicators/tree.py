"""The indicator tree of one project as a table: period and annual side by side, levels 1 and 2 as merged cells.

The halves of a form's row need not be the same indicator: order may differ and names may be cut short in one half.
Halves are therefore matched within their class, by name before position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from indicators.models import Category, Indicator
from projects.models import Scope


class Difference(StrEnum):
    """How the annual half of a row differs from its period half."""

    VALUE = "指标值不同"
    NAME = "名称不同"
    PERIOD_ONLY = "仅实施期"
    ANNUAL_ONLY = "仅年度"


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A level-3 row: the two halves, and how they differ."""

    period: Indicator | None
    annual: Indicator | None

    @property
    def difference(self) -> Difference | None:
        """What to mark; ``None`` where both halves say the same, white space aside."""
        if self.period is None:
            return Difference.ANNUAL_ONLY
        if self.annual is None:
            return Difference.PERIOD_ONLY
        if _plain(self.period.name) != _plain(self.annual.name):
            return Difference.NAME
        return Difference.VALUE if _plain(self.period.value) != _plain(self.annual.value) else None

    @property
    def position(self) -> int:
        """The first row of the form on which a half stands."""
        return min(half.position for half in (self.period, self.annual) if half is not None)


@dataclass(frozen=True, slots=True)
class Level2:
    """A level-2 class as the form labels it, with its rows."""

    label: str
    standard_name: str
    rows: list[TreeRow]


@dataclass(frozen=True, slots=True)
class Level1:
    """A level-1 class with the level-2 classes below it."""

    name: str
    children: list[Level2]

    @property
    def height(self) -> int:
        """Rows of the table that the class spans."""
        return sum(len(child.rows) for child in self.children)


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole table."""

    classes: list[Level1]

    @property
    def period_count(self) -> int:
        """Indicators of the whole period."""
        return sum(row.period is not None for row in self.rows)

    @property
    def annual_count(self) -> int:
        """Indicators of the year."""
        return sum(row.annual is not None for row in self.rows)

    @property
    def difference_count(self) -> int:
        """Rows whose halves differ."""
        return sum(row.difference is not None for row in self.rows)

    @property
    def is_one_sided(self) -> bool:
        """Whether only one scope has indicators at all, so that marking each row would say nothing."""
        return self.period_count == 0 or self.annual_count == 0

    @property
    def rows(self) -> Iterator[TreeRow]:
        """All level-3 rows from top to bottom."""
        return (row for level1 in self.classes for level2 in level1.children for row in level2.rows)


def tree_of(indicators: Iterable[Indicator]) -> Tree:
    """Arrange indicators, whose categories and their parents are loaded, in the order of the standard tree."""
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in indicators:
        groups.setdefault(group_key(indicator), []).append(indicator)
    classes: dict[str, tuple[Category, list[Level2]]] = {}
    for members in sorted(groups.values(), key=_group_order):
        category = members[0].category
        above = category.parent or category
        classes.setdefault(above.code, (above, []))[1].append(_level2(category, members))
    ordered = sorted(classes.values(), key=lambda entry: entry[0].position)
    return Tree([Level1(above.name, children) for above, children in ordered])


def group_key(indicator: Indicator) -> tuple[str, str]:
    """What puts indicators under one level-2 heading."""
    # Labels that no class is known for share the class 其他; each stays a group of its own.
    is_other = indicator.category_id.endswith(".other")
    return indicator.category_id, _plain(indicator.level2_label) if is_other else ""


def _group_order(members: list[Indicator]) -> tuple[int, int]:
    return members[0].category.position, min(member.position for member in members)


def _level2(category: Category, members: list[Indicator]) -> Level2:
    label = next((member.level2_label for member in members if member.level2_label), category.name)
    return Level2(label, category.name, paired(members))


def paired(members: Iterable[Indicator]) -> list[TreeRow]:
    """The rows of one level-2 class: its halves matched, from top to bottom."""
    members = list(members)
    halves = {scope: [member for member in members if member.scope == scope] for scope in Scope}
    for half in halves.values():
        half.sort(key=lambda member: member.position)
    rows = _matched(halves[Scope.PERIOD], halves[Scope.ANNUAL])
    return sorted(rows, key=lambda row: row.position)


def _matched(period: list[Indicator], annual: list[Indicator]) -> list[TreeRow]:
    """Pair the halves of one class: by equal names, then by a name cut short, then by the same row of the form."""
    rows: list[TreeRow] = []
    for agree in (_same_name, _name_cut_short, _same_position):
        for left in tuple(period):
            right = next((right for right in annual if agree(left, right)), None)
            if right is not None:
                rows.append(TreeRow(left, right))
                period.remove(left)
                annual.remove(right)
    return [*rows, *(TreeRow(left, None) for left in period), *(TreeRow(None, right) for right in annual)]


def _same_name(left: Indicator, right: Indicator) -> bool:
    return _plain(left.name) == _plain(right.name)


def _name_cut_short(left: Indicator, right: Indicator) -> bool:
    names = sorted((_plain(left.name), _plain(right.name)), key=len)
    return len(names[0]) > 1 and names[1].startswith(names[0])


def _same_position(left: Indicator, right: Indicator) -> bool:
    return left.position == right.position


def _plain(text: str) -> str:
    return "".join(text.split())
