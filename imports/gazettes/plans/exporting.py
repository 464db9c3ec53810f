"""Files of plan projects and plan indicators: exactly what a list found, as printed and as understood.

Money is in yuan, numbers are numbers, texts are texts (`perfgoals.spreadsheets`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from imports.gazettes.files import plain_number
from imports.gazettes.models import LinkState, PlanIndicator, PlanLink, PlanProject, PlanValue
from perfgoals.spreadsheets import Head, Kind, Row
from projects.querysets import ProjectQuerySet

BATCH: Final = 1000
PROJECT_HEADS: Final = (
    Head("编号", Kind.NUMBER, 8), Head("文件", width=40), Head("文号", width=20), Head("行政区划"),
    Head("附件或表格", width=28), Head("序号", width=7), Head("类别", width=18), Head("项目名称", width=40),
    Head("建设内容", width=40), Head("投资（元）", Kind.MONEY, 20), Head("投资（印刷）", width=14),
    Head("印刷单位", width=9), Head("文字中的投资（元）", Kind.MONEY, 20), Head("文字中的投资（印刷）", width=18),
    Head("建设地点", width=20), Head("建设年限（印刷）", width=16), Head("起始年", Kind.NUMBER, 8),
    Head("结束年", Kind.NUMBER, 8), Head("责任单位（印刷）", width=30), Head("部门", width=30), Head("其他各列", width=40),
    Head("损坏原因", width=24), Head("已对应的预算项目", width=40), Head("来源文件", width=30), Head("行", Kind.NUMBER, 8),
)  # fmt: skip
INDICATOR_HEADS: Final = (
    Head("编号", Kind.NUMBER, 8), Head("文件", width=40), Head("文号", width=20), Head("行政区划"), Head("表格", width=28),
    Head("序号", width=7), Head("分组", width=18), Head("指标", width=36), Head("指标（印刷）", width=36), Head("单位"),
    Head("属性", width=10), Head("方向", width=10), Head("说明", width=24), Head("基期", Kind.NUMBER, 8),
    Head("目标年", Kind.NUMBER, 8), Head("列", width=16), Head("年份", Kind.NUMBER, 8), Head("值（印刷）", width=14),
    Head("比较", width=7), Head("数值", Kind.NUMBER, 14), Head("损坏原因", width=24), Head("来源文件", width=30),
    Head("行", Kind.NUMBER, 8),
)  # fmt: skip


def project_rows(projects: QuerySet[PlanProject], seen: ProjectQuerySet) -> Iterator[Row]:
    """A row for each plan project in the list's order; links name budget projects that the person may see."""
    confirmed = PlanLink.objects.filter(state=LinkState.CONFIRMED, project__in=seen).select_related("project")
    whole = projects.select_related("document__region", "document__source", "table__annex", "row").prefetch_related(
        "bodies__department", Prefetch("links", confirmed, to_attr="confirmed")
    )
    for one in whole.iterator(chunk_size=BATCH):
        yield _project_row(one)


def _project_row(one: PlanProject) -> Row:
    document = one.document
    departments = dict.fromkeys(body.department.name for body in one.bodies.all() if body.department)
    links = (f"{link.project.year} 年 {link.project.name}" for link in one.confirmed)  # type: ignore[attr-defined]
    other = "；".join(f"{label}：{value}" for label, value in one.other.items() if value)
    return (
        one.pk, document.title, document.number, document.region.name if document.region else "", _table(one.table),
        one.serial, one.category, one.name, one.content, one.investment, one.investment_printed, one.investment_unit,
        one.investment_in_text, one.investment_in_text_printed, one.location, one.period, one.first_year, one.last_year,
        one.responsible, "、".join(departments), other, one.damage, "；".join(links), document.source.name, one.row.line,
    )  # fmt: skip


def indicator_rows(indicators: QuerySet[PlanIndicator]) -> Iterator[Row]:
    """A row for each value of each plan indicator; an indicator without values has one row."""
    whole = indicators.select_related("document__region", "document__source", "table__annex", "row")
    for one in whole.prefetch_related("values").iterator(chunk_size=BATCH):
        values: list[PlanValue | None] = [*one.values.all()]
        for value in values or [None]:
            yield _indicator_row(one, value)


def _indicator_row(one: PlanIndicator, value: PlanValue | None) -> Row:
    document = one.document
    of_value = (
        (value.label, value.year, value.printed, value.operator, plain_number(value.number))
        if value
        else ("", None, "", "", None)
    )
    return (
        one.pk, document.title, document.number, document.region.name if document.region else "", _table(one.table),
        one.serial, one.group, one.name, one.name_printed, one.unit, one.nature, one.get_direction_display(),
        one.qualifier, one.base_year, one.target_year, *of_value, one.damage, document.source.name, one.row.line,
    )  # fmt: skip


def _table(table: Any) -> str:
    annex = f"附件{table.annex.number}" if table.annex else ""
    return f"{annex} {table.caption or (table.annex.title if table.annex else '')}".strip()
