"""What a person asks for: which projects, in which order, with which columns. It stands in an address."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.http import QueryDict
from django.utils import timezone

from imports.exporting.columns import COLUMNS, Column, chosen
from imports.exporting.files import FORMATS, Look
from imports.models import ExportKind
from perfgoals.display import UNIT_PARAMETER
from perfgoals.models import User
from perfgoals.money import UNITS
from projects.filters import ProjectFilter
from projects.models import Project
from projects.querysets import ProjectQuerySet
from projects.tables import Sort, arranged, columns_of
from projects.totals import Layout

ALL: Final = "all"
"""In place of columns: everything that can be edited, so that it can come back."""
OWN: Final = "own"
"""In place of columns: those that the person chose for the list."""


class Wanted(NamedTuple):
    """The projects and their look; ``projects`` are ``None`` where the filters are not understood."""

    projects: ProjectQuerySet | None
    look: Look
    takes_long: bool = False
    """Whether to count the projects takes long."""


def wanted(query: str, by: User) -> Wanted:
    """What a query asks for, among the projects that the person may see."""
    asked = QueryDict(query)
    found = ProjectFilter(asked, Project.objects.visible_to(by))
    look = Look(_columns(asked.get("columns", "")), _unit(asked.get("unit", "")), asked.get("public") == "1")
    if not found.is_valid():
        return Wanted(None, look)
    return Wanted(Sort.asked(asked.get("sort")).apply(found.qs), look, found.takes_long)


class WantedTotals(NamedTuple):
    """What is totalled, and how its table looks."""

    found: ProjectFilter
    layout: Layout
    unit: str


def wanted_totals(query: str, by: User) -> WantedTotals | None:
    """The totals that a query asks for, among the projects that the person may see; ``None`` where its filters are not understood.

    Raises `UnknownLayoutError`.
    """
    asked = QueryDict(query)
    found, layout = ProjectFilter(asked, Project.objects.visible_to(by)), Layout.asked(asked)
    return WantedTotals(found, layout, _unit(asked.get("unit", ""))) if found.is_valid() else None


def query_of(asked: QueryDict, kind: ExportKind, by: User, unit: str) -> str:
    """The address's query as it is kept: what filters, order and columns are now, whatever the person chooses later.

    Totals are in the unit that the person sees.
    """
    kept = asked.copy()
    for name in ("page", "size", "opened"):
        kept.pop(name, None)
    if kind == ExportKind.TOTALS:
        kept[UNIT_PARAMETER] = unit
        return str(kept.urlencode())  # whose columns are those of the table
    columns = kept.get("columns")
    kept["columns"] = ",".join(column.key for column in columns_of(by)) if columns == OWN else ALL
    return str(kept.urlencode())


def file_name(kind: ExportKind, query: str = "") -> str:
    """What a file that is made now is called."""
    public = kind == ExportKind.FORMS and QueryDict(query).get("public") == "1"
    return (
        f"{_TITLES[kind]}{'（公开版）' if public else ''}-{timezone.localtime():%Y%m%d-%H%M}.{FORMATS[kind].extension}"
    )


_TITLES: Final = {
    ExportKind.XLSX: "项目",
    ExportKind.CSV: "项目",
    ExportKind.JSON: "项目",
    ExportKind.FORMS: "绩效目标表",
    ExportKind.LIST: "重点项目一览表",
    ExportKind.TOTALS: "汇总",
}


def _columns(asked: str) -> list[Column]:
    return list(COLUMNS) if asked in ("", ALL) else chosen(arranged(asked.split(",")))


def _unit(asked: str) -> str:
    return asked if asked in UNITS else "万元"
