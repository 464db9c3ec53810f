"""The rows of a table: projects with what the chosen columns show, in as many statements however many rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Flag, auto
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from perfgoals.prepared import KEYS, Prepared
from projects.filters.above import finding_filters
from projects.funding_sources import SHORT_NAMES, SOURCES, UNLISTED
from projects.models import Funding, Project, Scope
from projects.querysets import ProjectQuerySet
from projects.rollups.models import ProjectTally
from projects.tables.loading import load

if TYPE_CHECKING:
    from projects.tables.columns import Column

Money = Decimal | None

ALWAYS: Final = (
    "name", "year", "region__short_name", "department_printed", "amount", "archived_at", "archive_reason",
)  # fmt: skip
"""What every row says of its project, whatever is chosen: on narrow windows, and to what is done with chosen rows."""


class Need(Flag):
    """What beside the project itself a column shows."""

    FUNDING = auto()
    INDICATORS = auto()
    GOALS = auto()
    SOURCE = auto()
    FINDINGS = auto()


NOTHING: Final = Need(0)


class SourceLine(NamedTuple):
    """Where a project's current filing stands."""

    document_id: int | None
    document_name: str | None
    first_line: int | None

    def __str__(self) -> str:
        line = f"第 {self.first_line} 行" if self.first_line else ""
        return " ".join(part for part in (self.document_name, line) if part)


@dataclass(slots=True)
class Row:
    """A project as a table shows it. What no chosen column needs is empty."""

    project: Project
    funding: dict[tuple[str, str], Money] = field(default_factory=dict)
    """Scope and source code → yuan."""
    goals: dict[str, str] = field(default_factory=dict)
    """Scope → text."""
    period_indicators: int = 0
    annual_indicators: int = 0
    source: SourceLine | None = None
    findings: int = 0
    """Findings of the review that nobody accepted."""
    gravest: str | None = None
    """The word for the gravest of them."""

    @property
    def sources(self) -> list[str]:
        """Short names of the funding sources that give money in the year."""
        return [SHORT_NAMES[code] for code in SOURCES if self.funding.get((Scope.ANNUAL, code))]

    def money_of(self, scope: Scope, source: str) -> Money:
        """Yuan of one funding source; of `UNLISTED`, the total less what its sources explain."""
        if source != UNLISTED:
            return self.funding.get((scope, source))
        total = self.project.amount if scope is Scope.ANNUAL else self.project.period_amount
        return unexplained(total, [self.funding.get((scope, code)) for code in SOURCES])


def unexplained(total: Money, parts: Sequence[Money]) -> Money:
    """A total less its parts, blanks counting as nothing; ``None`` where all are blank."""
    if total is None and all(part is None for part in parts):
        return None
    return (total or Decimal(0)) - sum((part for part in parts if part), Decimal(0))


def page_rows(projects: ProjectQuerySet, span: slice, columns: Sequence[Column]) -> list[Row]:
    """The rows of one page with what the columns need: keys first, then the rest, a statement for each need."""
    return rows_of(list(projects.values_list("pk", flat=True)[span]), columns)


def rows_of(keys: Sequence[int], columns: Sequence[Column]) -> list[Row]:
    """The rows of some projects in the order of their keys, with what the columns need."""
    fields = [*ALWAYS, *(name for column in columns for name in column.fields)]
    rows = {project.pk: Row(project) for project in load(keys, fields)}
    needs = reduce(or_, (column.needs for column in columns), NOTHING)
    for need, add in ADDERS.items():
        if need in needs:
            add(rows)
    return [rows[pk] for pk in keys if pk in rows]


_SOURCES: Final = Prepared(
    lambda: (
        Project.objects.filter(pk__among=KEYS, source_records__is_current=True)
        .order_by()
        .values_list(
            "pk",
            "source_records__document_id",
            "source_records__document__name",
            "source_records__first_line",
        )
    )
)
_FUNDING: Final = Prepared(
    lambda: Funding.objects.filter(project__among=KEYS).values_list("project_id", "scope", "source_id", "amount")
)
_COUNTS: Final = Prepared(
    lambda: ProjectTally.objects.filter(pk__among=KEYS).values_list("pk", "indicators", "period_indicators")
)
_GOALS: Final = Prepared(
    lambda: (
        Project.objects.filter(pk__among=KEYS, goals__isnull=False)
        .order_by()
        .values_list("pk", "goals__scope", "goals__text")
    )
)


def source_lines(keys: Collection[int]) -> dict[int, SourceLine]:
    """Where the current filings of projects stand, by the project's number."""
    return {
        project_id: SourceLine(document_id, name, line) for project_id, document_id, name, line in _SOURCES.rows(keys)
    }


def _add_funding(rows: dict[int, Row]) -> None:
    for project_id, scope, source, amount in _FUNDING.rows(rows):
        rows[project_id].funding[scope, source] = amount


def _add_indicator_counts(rows: dict[int, Row]) -> None:
    for project_id, all_of_them, in_period in _COUNTS.rows(rows):
        rows[project_id].period_indicators, rows[project_id].annual_indicators = in_period, all_of_them - in_period


def _add_goals(rows: dict[int, Row]) -> None:
    for project_id, scope, text in _GOALS.rows(rows):
        rows[project_id].goals[scope] = text


def _add_source_lines(rows: dict[int, Row]) -> None:
    for project_id, source in source_lines(rows).items():
        rows[project_id].source = source


def _add_findings(rows: dict[int, Row]) -> None:
    for project_id, (count, gravest) in finding_filters().open_counts(list(rows)).items():
        rows[project_id].findings, rows[project_id].gravest = count, gravest


ADDERS: Final = {
    Need.FUNDING: _add_funding,
    Need.INDICATORS: _add_indicator_counts,
    Need.GOALS: _add_goals,
    Need.SOURCE: _add_source_lines,
    Need.FINDINGS: _add_findings,
}
