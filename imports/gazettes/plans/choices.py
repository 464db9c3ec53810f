"""What may be chosen among plan projects and plan indicators: taken from those that there are."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from imports.gazettes.choices import DocumentChoices, Pairs, cut, short_title
from imports.gazettes.filtering import NONE
from imports.gazettes.models import DocumentTable, PlanBody, PlanProject
from projects.models import Department

MOST_YEARS: Final = 60
"""A longer span comes from misread years."""
MOST_TABLES: Final = 300
"""Nobody finds one among more: they are offered once a document is chosen."""


class PlanChoices(DocumentChoices):
    """The choices among plan projects. Tables are offered of the asked document; where none is asked, of all if not too many."""

    def __init__(self, queryset: QuerySet[PlanProject], document: str, table: str) -> None:
        super().__init__(queryset)
        self._document = document if document.isascii() and document.isdigit() and len(document) < 12 else ""
        self._table = table if table.isascii() and table.isdigit() and len(table) < 12 else ""

    @cached_property
    def tables(self) -> Pairs:
        """Tables with plan projects, named by annex and caption."""
        mine = PlanProject.objects.filter(table=OuterRef("pk")).order_by()
        tables = DocumentTable.objects.filter(Exists(mine)).select_related("annex", "document")
        asked = Q(pk=self._table or None)
        if self._document:
            tables = tables.filter(asked | Q(document=self._document))
        elif tables.count() > MOST_TABLES:
            tables = tables.filter(asked)
        pairs = []
        for table in tables.defer("totals", "document__headings", "document__contents"):
            is_of_document = str(table.document_id) == self._document
            title = "" if is_of_document else f"{cut(short_title(table.document.title), 24)}："
            pairs.append((str(table.pk), title + table_name(table)))
        return pairs

    @cached_property
    def categories(self) -> Pairs:
        """Categories as printed, and ``none``."""
        found = sorted(self._queryset.order_by().values_list("category", flat=True).distinct())
        named = [(one, cut(one)) for one in found if one]
        return [*named, (NONE, "未分类")] if "" in found else named

    @cached_property
    def departments(self) -> Pairs:
        """Departments that are responsible, those of one name told apart by their region, and ``none``."""
        # Asked of each department, of which there are few, and not of each of a large collection's bodies.
        theirs = PlanBody.objects.filter(department=OuterRef("pk")).order_by()
        rows = list(Department.objects.filter(Exists(theirs)).values_list("pk", "name", "region__short_name"))
        names = [name for _, name, _ in rows]
        pairs = [(str(pk), f"{name}（{place}）" if names.count(name) > 1 else name) for pk, name, place in rows]
        return [*pairs, (NONE, "没有对上部门")]

    @cached_property
    def years(self) -> Pairs:
        """Every year from the first to the last that is printed, and ``none``."""
        span = self._queryset.order_by().aggregate(
            first=Min("first_year"), last=Max("last_year"), late=Max("first_year")
        )
        if span["first"] is None:
            return [(NONE, "未写明年限")]
        last = min(max(span["last"] or 0, span["late"]), span["first"] + MOST_YEARS)
        years = range(span["first"], last + 1)
        return [*((str(year), f"{year} 年") for year in years), (NONE, "未写明年限")]

    @cached_property
    def starts(self) -> Pairs:
        """First years, and ``none``."""
        found = self._queryset.order_by().values_list("first_year", flat=True).distinct()
        years = sorted(year for year in found if year)
        return [*((str(year), f"{year} 年") for year in years), (NONE, "未写明年限")]


def table_name(table: DocumentTable) -> str:
    """A table as people name it: its annex, and its caption where that says more."""
    annex = f"附件{table.annex.number}" if table.annex else ""
    name = cut(table.caption or (table.annex.title if table.annex else "") or str(table), 36)
    return f"{annex} {name}".strip()
