"""The order of a list whose columns can be sorted by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.db.models import F, OrderBy, QuerySet, Value
from django.db.models.functions import NullIf

PLAN_COLUMNS: Final[dict[str, str]] = {
    "name": "name", "category": "category", "investment": "investment", "first_year": "first_year",
    "location": "location", "responsible": "responsible", "document": "document__title",
}  # fmt: skip
"""Column in the address → what it sorts by."""
FIGURES: Final = frozenset({"investment", "first_year"})
DOCUMENT_ORDER: Final = ("document__position", "table__position", "row__line", "pk")


class Sort(NamedTuple):
    """A column to sort by and a direction; without a column, the order of the documents."""

    key: str = ""
    descending: bool = False

    @classmethod
    def asked(cls, value: str | None, columns: Mapping[str, str] = PLAN_COLUMNS) -> Sort:
        """The order that an address asks for (``investment``, ``-investment``); unknown columns give the usual order."""
        key = (value or "").removeprefix("-")
        return cls(key, (value or "").startswith("-")) if key in columns else cls()

    def __str__(self) -> str:
        return f"-{self.key}" if self.descending else self.key

    def toggled(self, key: str) -> Sort:
        """What a click on a column's head asks for: upwards first, then downwards, then the usual order."""
        if key != self.key:
            return Sort(key)
        return Sort() if self.descending else Sort(key, descending=True)

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows in this order: blanks last, ties in the documents' order and by key, so that pages never overlap."""
        usual = (F("document__signed").desc(nulls_last=True), "document__source", *DOCUMENT_ORDER)
        if not self.key:
            return rows.order_by(*usual)
        path = PLAN_COLUMNS[self.key]
        value = F(path) if self.key in FIGURES else NullIf(F(path), Value(""))
        return rows.order_by(OrderBy(value, descending=self.descending, nulls_last=True), *usual)
