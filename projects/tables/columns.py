"""Every column that a table of projects may have: what it is called, what it holds, how it sorts and what it needs.

List and exports take their columns from here, by key. A column's value is plain: text, a number, yuan, a date or
``None`` for a blank; `projects.tables.drawing` sets it by its kind, and `projects.tables.cells` what has more to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final

from django.db.models import F
from django.db.models.expressions import BaseExpression

from projects.funding_sources import NAMES
from projects.models import Project, Scope
from projects.tables import cells, orders
from projects.tables.cells import Inside
from projects.tables.rows import NOTHING, Need, Row

Order = tuple[F | BaseExpression, ...]


class Kind(StrEnum):
    """What a column's values are, and so how they are set."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    """Yuan; the table's last rows add it up."""
    DAY = "day"
    TIME = "time"
    """A date with its time of day."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in addresses and layouts, its head, and how to come by its values."""

    key: str
    label: str
    group: str
    """Heading under which people look for it."""
    order: Order
    value: Callable[[Row], Any]
    kind: Kind = Kind.TEXT
    fields: tuple[str, ...] = ()
    """Columns of the database that a row's project must have been loaded with."""
    needs: Need = NOTHING
    inside: Inside | None = None
    """Draws what is inside the cell, where its value alone does not say all."""
    is_usual: bool = False
    """Whether people see it who chose nothing."""

    @property
    def css(self) -> str:
        """The class of its cells, without the ``col-`` before it."""
        return self.key.replace("_", "-")

    @property
    def is_money(self) -> bool:
        """Whether its values are yuan and are added up."""
        return self.kind is Kind.MONEY

    @property
    def is_figure(self) -> bool:
        """Whether it is set as figures are, to the right."""
        return self.kind in (Kind.MONEY, Kind.NUMBER)


def _field(
    name: str, group: str, *, key: str = "", label: str = "", kind: Kind = Kind.TEXT, is_usual: bool = False,
    also: tuple[str, ...] = (), inside: Inside | None = None,
) -> Column:  # fmt: skip
    """A column that is a field of the project; text sorts by pinyin. ``also`` are other fields that it shows."""
    own = Project._meta.get_field(name)
    order: Order = (orders.pinyin(name) if kind is Kind.TEXT else F(name),)
    return Column(
        key or name, label or str(getattr(own, "verbose_name", name)), group, order, attrgetter(f"project.{name}"), kind,
        fields=(name, *also), is_usual=is_usual, inside=inside,
    )  # fmt: skip


def _money_of(scope: Scope, source: str) -> Column:
    """The money of one funding source, or what no source explains, in one scope."""
    total = "amount" if scope is Scope.ANNUAL else "period_amount"
    prefix = "" if scope is Scope.ANNUAL else "实施期"
    return Column(
        f"{scope.value}_{source}", f"{prefix}{NAMES[source]}", f"{scope.label}资金来源", (orders.money_of(scope, source),),
        lambda row: row.money_of(scope, source), Kind.MONEY, fields=(total,), needs=Need.FUNDING,
    )  # fmt: skip


_WHAT, _MONEY, _GOALS, _TEXTS, _FILING = "项目", "金额", "目标与指标", "说明", "来源与时间"

NAME: Final = _field("name", _WHAT, is_usual=True, inside=cells.name)
SERIAL: Final = _field("serial", _WHAT, kind=Kind.NUMBER, is_usual=True)
FIRST: Final = (SERIAL, NAME)
"""They stand at the left whatever else is chosen; the name always is."""

COLUMNS: Final[tuple[Column, ...]] = (
    SERIAL,
    NAME,
    _field("year", _WHAT, kind=Kind.NUMBER, is_usual=True),
    Column(
        "region", "行政区划", _WHAT, (F("region_id"),), lambda row: row.project.region.name,
        fields=("region__name", "region__short_name"), is_usual=True, inside=cells.region,
    ),
    _field(
        "department_printed", _WHAT, key="department", label="部门", is_usual=True, also=("department__name",),
        inside=cells.department,
    ),
    Column(
        "department_joined", "归口部门", _WHAT, (orders.pinyin("department__name"),),
        lambda row: row.project.department.name if row.project.department else None, fields=("department__name",),
    ),
    _field("department_code", _WHAT, label="部门代码"),
    _field("section", _WHAT),
    _field("implementing_unit", _WHAT),
    _field("attribute", _WHAT),
    _field("duration", _WHAT),
    _field("amount", _MONEY, kind=Kind.MONEY, is_usual=True),
    _field("period_amount", _MONEY, key="period", label="实施期金额", kind=Kind.MONEY, is_usual=True),
    Column(
        "sources", "资金来源", _MONEY, (orders.SOURCES_WITH_MONEY,), lambda row: "、".join(row.sources) or None,
        needs=Need.FUNDING, is_usual=True, inside=cells.sources,
    ),
    _field("funding_note", _MONEY),
    *(_money_of(Scope.ANNUAL, source) for source in NAMES),
    *(_money_of(Scope.PERIOD, source) for source in NAMES),
    Column(
        "indicators", "指标数", _GOALS, (F("tally__indicators"),),
        lambda row: row.period_indicators + row.annual_indicators, Kind.NUMBER, needs=Need.INDICATORS, is_usual=True,
        inside=cells.indicators,
    ),
    Column(
        "period_indicators", "实施期指标数", _GOALS, (orders.number_of_indicators(Scope.PERIOD),),
        attrgetter("period_indicators"), Kind.NUMBER, needs=Need.INDICATORS,
    ),
    Column(
        "annual_indicators", "年度指标数", _GOALS, (orders.number_of_indicators(Scope.ANNUAL),),
        attrgetter("annual_indicators"), Kind.NUMBER, needs=Need.INDICATORS,
    ),
    Column(
        "period_goal", "实施期目标", _GOALS, (orders.goal(Scope.PERIOD),), lambda row: row.goals.get(Scope.PERIOD),
        needs=Need.GOALS,
    ),
    Column(
        "annual_goal", "年度目标", _GOALS, (orders.goal(Scope.ANNUAL),), lambda row: row.goals.get(Scope.ANNUAL),
        needs=Need.GOALS,
    ),
    Column(
        "findings", "审核意见", _GOALS, (orders.open_findings(),), attrgetter("findings"), Kind.NUMBER,
        needs=Need.FINDINGS, inside=cells.findings,
    ),
    Column(
        "gravest_finding", "最重审核意见", _GOALS, (orders.gravest_finding(),), attrgetter("gravest"), needs=Need.FINDINGS,
    ),
    *(_field(name, _TEXTS) for name in ("basis", "content", "overview", "necessity", "safeguards", "plan")),
    Column(
        "source", "来源", _FILING, orders.SOURCE_LINE, lambda row: str(row.source) if row.source else None,
        needs=Need.SOURCE, is_usual=True, inside=cells.source,
    ),
    _field("filed_at", _FILING, kind=Kind.DAY),
    _field("updated_at", _FILING, kind=Kind.TIME),
    _field("created_at", _FILING, kind=Kind.TIME),
    _field("archived_at", _FILING, kind=Kind.DAY),
    _field("archive_reason", _FILING),
)  # fmt: skip

BY_KEY: Final = {column.key: column for column in COLUMNS}
USUAL: Final = tuple(column for column in COLUMNS if column.is_usual)
