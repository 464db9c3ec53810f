"""The table of projects: its columns, its orders and the rows of one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import BinaryField, Count, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Cast

from projects.funding_sources import SHORT_NAMES
from projects.models import Funding, Project, Scope
from projects.querysets import ProjectQuerySet

LONG_TEXTS: Final = ("basis", "content", "overview", "necessity", "safeguards", "plan")


class Column(NamedTuple):
    """A column of the table: its name in the address, its head, its CSS class and what it sorts by."""

    key: str
    label: str
    css: str
    order: tuple[F | BaseExpression, ...]
    is_money: bool = False


def _by_pinyin(field: str) -> Func:
    """Chinese text in dictionary order: GB18030 has the common characters in the order of their pinyin."""
    return Func(F(field), Value("GB18030"), function="convert_to", output_field=BinaryField())


def _of_project(expression: BaseExpression, **conditions: object) -> Subquery:
    """A sum over what belongs to a project, for sorting by it."""
    own = Project.objects.filter(pk=OuterRef("pk"), **conditions).order_by()
    return Subquery(own.values("pk").annotate(wanted=expression).values("wanted"))


COLUMNS: Final = (
    Column("serial", "序号", "serial", (F("serial"),)),
    Column("name", "项目名称", "name", (_by_pinyin("name"),)),
    Column("year", "年度", "year", (F("year"),)),
    Column("region", "行政区划", "region", (F("region_id"),)),
    Column("department", "部门", "department", (_by_pinyin("department_printed"),)),
    Column("amount", "年度金额", "amount", (F("amount"),), is_money=True),
    Column("period", "实施期金额", "period", (F("period_amount"),), is_money=True),
    Column(
        "sources", "资金来源", "sources",
        (
            _of_project(
                StringAgg(Cast("funding__source__position", TextField()), "", order_by="funding__source__position"),
                funding__scope=Scope.ANNUAL, funding__amount__gt=0,
            ),
        ),
    ),
    Column("indicators", "指标数", "indicators", (_of_project(Count("indicators")),)),
    Column(
        "source", "来源", "source",
        tuple(
            Subquery(
                Project.objects.filter(pk=OuterRef("pk"), source_records__is_current=True)
                .order_by().values(f"source_records__{field}")
            )
            for field in ("document__name", "first_line")
        ),
    ),
)  # fmt: skip


class Sort(NamedTuple):
    """A column to sort by and a direction; without a column, the order of region, year and serial."""

    key: str = ""
    descending: bool = False

    @classmethod
    def asked(cls, value: str | None) -> Sort:
        """The order that an address asks for (``amount``, ``-amount``); unknown columns give the usual order."""
        key = (value or "").removeprefix("-")
        known = any(column.key == key for column in COLUMNS)
        return cls(key, (value or "").startswith("-")) if known else cls()

    def __str__(self) -> str:
        return f"-{self.key}" if self.descending else self.key

    def toggled(self, key: str) -> Sort:
        """What a click on a column's head asks for: upwards first, then downwards, then the usual order."""
        if key != self.key:
            return Sort(key)
        return Sort() if self.descending else Sort(key, descending=True)

    def apply(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """The projects in this order: blanks last, ties by primary key, so that pages never overlap."""
        column = next((column for column in COLUMNS if column.key == self.key), None)
        if column is None:
            return projects
        order = [
            expression.desc(nulls_last=True) if self.descending else expression.asc(nulls_last=True)
            for expression in column.order
        ]
        return projects.order_by(*order, "pk")


class SourceLine(NamedTuple):
    """Where a project's current filing stands."""

    document_id: int | None
    document_name: str | None
    first_line: int | None


@dataclass(slots=True)
class Row:
    """A project as the table shows it."""

    project: Project
    sources: list[str] = field(default_factory=list)
    """Short names of the funding sources that give money in the year."""
    period_indicators: int = 0
    annual_indicators: int = 0
    source: SourceLine | None = None


@dataclass(frozen=True, slots=True)
class PageSums:
    """Sums over the rows of one page."""

    amount: Decimal | None
    period_amount: Decimal | None


def page_rows(projects: ProjectQuerySet, span: slice) -> list[Row]:
    """The rows of one page: keys first, then what belongs to them, in as many statements however many rows."""
    keys = list(projects.values_list("pk", flat=True)[span])
    found = Project.objects.select_related("region", "department").defer(*LONG_TEXTS).in_bulk(keys)
    rows = {pk: Row(found[pk]) for pk in keys if pk in found}
    _add_sources(rows)
    _add_indicator_counts(rows)
    _add_source_lines(rows)
    return list(rows.values())


def page_sums(rows: Sequence[Row]) -> PageSums:
    """Sums of a page; ``None`` where every cell is blank."""
    annual = [row.project.amount for row in rows if row.project.amount is not None]
    period = [row.project.period_amount for row in rows if row.project.period_amount is not None]
    return PageSums(sum(annual, Decimal(0)) if annual else None, sum(period, Decimal(0)) if period else None)


def _add_sources(rows: dict[int, Row]) -> None:
    cells = Funding.objects.filter(project__in=list(rows), scope=Scope.ANNUAL, amount__gt=0)
    for project_id, code in cells.order_by("source__position").values_list("project_id", "source_id"):
        rows[project_id].sources.append(SHORT_NAMES[code])


def _add_indicator_counts(rows: dict[int, Row]) -> None:
    counted = Project.objects.filter(pk__in=list(rows)).order_by().annotate(
        in_period=Count("indicators", filter=Q(indicators__scope=Scope.PERIOD)),
        in_year=Count("indicators", filter=Q(indicators__scope=Scope.ANNUAL)),
    )  # fmt: skip
    for project_id, in_period, in_year in counted.values_list("pk", "in_period", "in_year"):
        rows[project_id].period_indicators, rows[project_id].annual_indicators = in_period, in_year


def _add_source_lines(rows: dict[int, Row]) -> None:
    current = Project.objects.filter(pk__in=list(rows), source_records__is_current=True).order_by().values_list(
        "pk", "source_records__document_id", "source_records__document__name", "source_records__first_line"
    )  # fmt: skip
    for project_id, document_id, name, first_line in current:
        rows[project_id].source = SourceLine(document_id, name, first_line)
