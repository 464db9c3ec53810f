"""What may be chosen among plan projects and plan indicators: taken from those that there are."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django.db.models import Exists, Max, Min, OuterRef, QuerySet

from imports.gazettes.models import DocumentTable, OfficialDocument, PlanProject
from imports.gazettes.plans.filtering import NONE
from projects.models import Department
from projects.region_tree import region_tree

Pairs = list[tuple[str, str]]
INDENT: Final = "\u3000"
LONGEST: Final = 44
"""Characters of a title that a choice shows."""
MOST_YEARS: Final = 60
"""A longer span comes from misread years."""


def cut(text: str, longest: int = LONGEST) -> str:
    """A text that fits into a choice."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def short_title(title: str) -> str:
    """What an official document issues, without who issues it: 关于印发…的通知 → …."""
    for begin, end in (("关于印发", "的通知"), ("关于转发", "的通知"), ("关于公布", "的通知"), ("关于下达", "的通知")):
        start = title.find(begin)
        if start >= 0 and title.endswith(end):
            return title[start + len(begin) : -len(end)].strip("《》") or title
    return title


class DocumentChoices:
    """Regions and documents of what a queryset has; each is read once, when it is first wanted."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self._queryset = queryset
        mine = queryset.model._default_manager.filter(document=OuterRef("pk")).order_by()
        self._documents = OfficialDocument.objects.filter(Exists(mine))

    @cached_property
    def regions(self) -> Pairs:
        """Regions of the documents, below the divisions that join several, and ``none``."""
        codes = set(self._documents.order_by().values_list("region_id", flat=True))
        named = [
            (one.region.code, INDENT * one.depth + (one.region.short_name if one.depth else one.region.name))
            for one in region_tree([code for code in codes if code])
        ]
        return [*named, (NONE, "未列明区划")] if None in codes else named

    @cached_property
    def documents(self) -> Pairs:
        """Documents, the latest first."""
        rows = self._documents.values_list("pk", "title", "number")
        return [
            (str(pk), f"{cut(short_title(title))}{f'（{number}）' if number else ''}") for pk, title, number in rows
        ]


class PlanChoices(DocumentChoices):
    """The choices among plan projects. Tables are offered of the asked document; of all where none is asked."""

    def __init__(self, queryset: QuerySet[PlanProject], document: str, table: str) -> None:
        super().__init__(queryset)
        self._document = document if document.isascii() and document.isdigit() and len(document) < 12 else ""
        self._table = table

    @cached_property
    def tables(self) -> Pairs:
        """Tables with plan projects, named by annex and caption."""
        mine = PlanProject.objects.filter(table=OuterRef("pk")).order_by()
        tables = DocumentTable.objects.filter(Exists(mine)).select_related("annex", "document")
        pairs = []
        for table in tables:
            is_of_document = str(table.document_id) == self._document
            if is_of_document or not self._document or str(table.pk) == self._table:
                title = "" if is_of_document else f"{cut(short_title(table.document.title), 24)}："
                pairs.append((str(table.pk), title + table_name(table)))
        return pairs

    @cached_property
    def categories(self) -> Pairs:
        """Categories as printed, and ``none``."""
        found = sorted(set(self._queryset.order_by().values_list("category", flat=True)))
        named = [(one, cut(one)) for one in found if one]
        return [*named, (NONE, "未分类")] if "" in found else named

    @cached_property
    def departments(self) -> Pairs:
        """Departments that are responsible, those of one name told apart by their region, and ``none``."""
        rows = list(
            Department.objects.filter(plan_bodies__plan_project__in=self._queryset.order_by())
            .distinct()
            .values_list("pk", "name", "region__short_name")
        )
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
        years = sorted(year for year in set(self._queryset.order_by().values_list("first_year", flat=True)) if year)
        return [*((str(year), f"{year} 年") for year in years), (NONE, "未写明年限")]


def table_name(table: DocumentTable) -> str:
    """A table as people name it: its annex, and its caption where that says more."""
    annex = f"附件{table.annex.number}" if table.annex else ""
    name = cut(table.caption or (table.annex.title if table.annex else "") or str(table), 36)
    return f"{annex} {name}".strip()
