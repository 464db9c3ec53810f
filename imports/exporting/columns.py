"""The columns of exported tables: what each is called, what stands in it, and which may be changed and come back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from perfgoals.spreadsheets import Head, Kind
from projects.funding_sources import SOURCES
from projects.models import Scope
from projects.tables import Column as ListColumn
from projects.tables import Kind as ListKind

PROJECTS: Final = "项目"
"""Name of the sheet with one row a project."""
INDICATORS: Final = "指标"
"""Name of the sheet with one row for what the form prints side by side."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet of projects. Money is yuan, and says so in the header."""

    key: str
    """A field of the project, or ``funding.scope.source``, ``goals.scope`` and a few derived ones, as in the form."""
    label: str
    kind: Kind = Kind.TEXT
    width: float = 14
    editable: bool = True
    shown: ListColumn | None = None
    """For what only the list knows how to show: its column."""

    @property
    def head(self) -> Head:
        """The column as spreadsheets have it."""
        return Head(self.label, self.kind, self.width)


def _fixed(key: str, label: str, kind: Kind = Kind.TEXT, width: float = 14) -> Column:
    return Column(key, label, kind, width, editable=False)


def _funding(scope: Scope) -> list[Column]:
    return [
        Column(f"funding.{scope}.{code}", f"{scope.label}{name}（元）", Kind.MONEY, 18)
        for code, (name, _) in SOURCES.items()
    ]


NUMBER: Final = _fixed("pk", "编号", Kind.NUMBER, 9)
VERSION: Final = _fixed("version", "版本", Kind.NUMBER, 9)
KEYS: Final = (NUMBER, VERSION)
"""What makes coming back possible: which project, and which state of it the file shows."""

COLUMNS: Final[tuple[Column, ...]] = (
    *KEYS,
    _fixed("region_id", "行政区划代码", width=12),
    _fixed("region", "行政区划"),
    _fixed("year", "年度", Kind.NUMBER, 7),
    Column("serial", "序号", Kind.NUMBER, 7),
    Column("name", "项目名称", width=40),
    Column("department_code", "部门代码", width=11),
    _fixed("department_printed", "主管部门（印刷）", width=24),
    Column("department", "主管部门", width=24),
    _fixed("section", "科室"),
    Column("implementing_unit", "实施单位", width=24),
    Column("attribute", "项目属性"),
    Column("duration", "项目期"),
    Column("amount", "年度金额（元）", Kind.MONEY, 18),
    Column("period_amount", "实施期资金总额（元）", Kind.MONEY, 20),
    *_funding(Scope.ANNUAL),
    *_funding(Scope.PERIOD),
    Column("funding_note", "差额说明", width=24),
    Column("basis", "立项依据", width=40),
    Column("content", "支出内容", width=40),
    Column("overview", "项目概况", width=40),
    Column("necessity", "项目设立必要性", width=40),
    Column("safeguards", "保证项目实施的制度、措施", width=40),
    Column("plan", "项目实施计划", width=40),
    Column("goals.period", "实施期目标", width=40),
    Column("goals.annual", "年度目标", width=40),
    Column("contact_lead", "负责人"),
    Column("contact_handler", "经办人"),
    Column("contact_phone", "联系电话", width=16),
    _fixed("indicators", "指标数", Kind.NUMBER, 8),
    Column("filed_at", "填报日期", Kind.MOMENT, 20),
)
BY_KEY: Final = {column.key: column for column in COLUMNS}
BY_LABEL: Final = {column.label: column for column in COLUMNS}

_OF_THE_LIST: Final = {
    "department": "department_printed", "department_joined": "department", "period": "period_amount",
    "period_goal": "goals.period", "annual_goal": "goals.annual",
    **{f"{scope}_{code}": f"funding.{scope}.{code}" for scope in Scope.values for code in SOURCES},
}  # fmt: skip
"""Keys of the list's columns that are called otherwise here."""
_KINDS: Final = {ListKind.TEXT: Kind.TEXT, ListKind.NUMBER: Kind.NUMBER, ListKind.MONEY: Kind.MONEY}

INDICATOR_HEADS: Final = (
    Head("项目编号", Kind.NUMBER, 9),
    Head("项目名称", width=30),
    Head("一级指标", width=12),
    Head("二级指标", width=16),
    Head("实施期指标", width=30),
    Head("实施期指标值", width=16),
    Head("年度指标", width=30),
    Head("年度指标值", width=16),
    Head("实施期指标编号", Kind.NUMBER, 10),
    Head("年度指标编号", Kind.NUMBER, 10),
)


def chosen(columns: Iterable[ListColumn]) -> list[Column]:
    """The columns of a table for those that a person chose for the list, behind what makes coming back possible."""
    return [*KEYS, *(_for(column) for column in columns)]


def _for(column: ListColumn) -> Column:
    own = BY_KEY.get(_OF_THE_LIST.get(column.key, column.key))
    if own is not None:
        return own
    label = f"{column.label}（元）" if column.is_money else column.label
    return Column(column.key, label, _KINDS.get(column.kind, Kind.MOMENT), 16, editable=False, shown=column)
