"""The order of a table of projects."""

from __future__ import annotations

from typing import NamedTuple

from projects.querysets import ProjectQuerySet
from projects.tables.columns import BY_KEY


class Sort(NamedTuple):
    """A column to sort by and a direction; without a column, the order of region, year and serial."""

    key: str = ""
    descending: bool = False

    @classmethod
    def asked(cls, value: str | None) -> Sort:
        """The order that an address asks for (``amount``, ``-amount``); unknown columns give the usual order."""
        key = (value or "").removeprefix("-")
        return cls(key, (value or "").startswith("-")) if key in BY_KEY else cls()

    def __str__(self) -> str:
        return f"-{self.key}" if self.descending else self.key

    def toggled(self, key: str) -> Sort:
        """What a click on a column's head asks for: upwards first, then downwards, then the usual order."""
        if key != self.key:
            return Sort(key)
        return Sort() if self.descending else Sort(key, descending=True)

    def apply(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """The projects in this order: blanks last, ties by primary key, so that pages never overlap."""
        if not self.key:
            return projects
        order = [
            expression.desc(nulls_last=True) if self.descending else expression.asc(nulls_last=True)
            for expression in BY_KEY[self.key].order
        ]
        return projects.order_by(*order, "pk")
