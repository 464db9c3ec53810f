"""The order of a table of projects."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.db.models import F, Field
from django.db.models.expressions import OrderBy

from projects.models import Project
from projects.querysets import ProjectQuerySet
from projects.tables.columns import BY_KEY

QUICK: Final = frozenset({"", "amount", "year", "region", "indicators"})
"""Orders in which an index has the projects; in any other all that are found must be sorted for every page."""
MOST_SORTED: Final = 50_000
"""What is sorted within a second, whatever the column."""


class Piece(NamedTuple):
    """One expression of an order. Blanks stand last in either direction."""

    expression: F | Any
    """A field, or an expression of the database."""
    descending: bool = False

    @property
    def field(self) -> str:
        """The field's name; empty for other expressions."""
        return str(vars(self.expression)["name"]) if isinstance(self.expression, F) else ""

    @property
    def may_be_blank(self) -> bool:
        """Whether the database can have blanks there. An index without any is not used where they are spoken of."""
        name = self.field
        if name == NUMBER:
            return False
        own = {field.attname: field for field in Project._meta.fields} | {
            field.name: field for field in Project._meta.fields
        }
        field = own.get(name)
        return not isinstance(field, Field) or field.null

    def order(self, *, backwards: bool = False) -> OrderBy:
        """The piece as the database is asked for it, or the very opposite."""
        last = {"nulls_first" if backwards else "nulls_last": True} if self.may_be_blank else {}
        return OrderBy(self.expression, descending=self.descending is not backwards, **last)


NUMBER: Final = "tally__indicators"
USUAL: Final = (Piece(F("region_id")), Piece(F("year"), descending=True), Piece(F("serial")), Piece(F("id")))
"""As `Project` is ordered."""


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

    @property
    def is_quick(self) -> bool:
        """Whether an index has all projects in this order."""
        return self.key in QUICK

    def toggled(self, key: str) -> Sort:
        """What a click on a column's head asks for: upwards first, then downwards, then the usual order."""
        if key != self.key:
            return Sort(key)
        return Sort() if self.descending else Sort(key, descending=True)

    def refused_for(self, number: int) -> str:
        """Why so many projects cannot be sorted so while somebody waits, in one sentence; empty where they can."""
        if self.is_quick or number <= MOST_SORTED:
            return ""
        return (
            f"找到的项目超过 {MOST_SORTED:,} 个，不能按“{BY_KEY[self.key].label}”排序，现按默认顺序显示。"
            "请先用筛选条件缩小范围。"
        )

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What the order is made of: ties by primary key, so that pages never overlap."""
        if not self.key:
            return USUAL
        return (*(Piece(expression, self.descending) for expression in BY_KEY[self.key].order), Piece(F("id")))

    def apply(self, projects: ProjectQuerySet, *, backwards: bool = False) -> ProjectQuerySet:
        """The projects in this order, or from its end on."""
        if self.key == "indicators":
            projects = projects.filter(tally__isnull=False)  # otherwise its index could not lead
        return projects.order_by(*(piece.order(backwards=backwards) for piece in self.pieces))
