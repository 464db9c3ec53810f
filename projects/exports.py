"""Projects as a table, one row a project, for csv and xlsx. Amounts are yuan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from django.db.models import Count, QuerySet
from django.utils import timezone

from projects.models import Funding, FundingSource, Project, Scope

COLUMNS: Final[dict[str, str]] = {
    "region_id": "行政区划代码",
    "region__name": "行政区划",
    "year": "年度",
    "serial": "序号",
    "name": "项目名称",
    "department_code": "部门代码",
    "department_printed": "主管部门（印刷）",
    "department__name": "主管部门",
    "section": "科室",
    "implementing_unit": "实施单位",
    "attribute": "项目属性",
    "duration": "项目期",
    "amount": "年度金额（元）",
    "period_amount": "实施期资金总额（元）",
}
TEXTS: Final[dict[str, str]] = {
    "basis": "立项依据",
    "content": "支出内容",
    "overview": "项目概况",
    "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施",
    "plan": "项目实施计划",
}


def project_table(projects: QuerySet[Project]) -> pd.DataFrame:
    """The projects in the queryset's order, with their funding, goals and number of indicators."""
    rows = list(projects.values("pk", *COLUMNS, *TEXTS, "filed_at"))
    ids = [row["pk"] for row in rows]
    funding, goals, counts = _funding(ids), _goals(ids), _indicator_counts(ids)
    sources = list(FundingSource.objects.all())
    table = [_row(row, sources, funding, goals, counts) for row in rows]
    return pd.DataFrame(table, columns=_headers(sources), dtype=object)


def _headers(sources: Sequence[FundingSource]) -> list[str]:
    money = [f"{scope.label}{source.name}（元）" for scope in (Scope.ANNUAL, Scope.PERIOD) for source in sources]
    return [*COLUMNS.values(), *money, *TEXTS.values(), "实施期目标", "年度目标", "指标数", "填报日期"]


def _row(
    row: dict[str, Any], sources: Sequence[FundingSource], funding: dict[tuple[int, str, str], Any],
    goals: dict[tuple[int, str], str], counts: dict[int, int],
) -> list[Any]:  # fmt: skip
    pk = row["pk"]
    money = [funding.get((pk, scope, source.code)) for scope in (Scope.ANNUAL, Scope.PERIOD) for source in sources]
    filed = timezone.localtime(row["filed_at"]).replace(tzinfo=None) if row["filed_at"] else None
    return [
        *(row[name] for name in COLUMNS), *money, *(row[name] for name in TEXTS),
        goals.get((pk, Scope.PERIOD)), goals.get((pk, Scope.ANNUAL)), counts.get(pk, 0), filed,
    ]  # fmt: skip


def _funding(ids: Sequence[int]) -> dict[tuple[int, str, str], Any]:
    cells = Funding.objects.filter(project__in=ids)
    return {(cell.project_id, cell.scope, cell.source_id): cell.amount for cell in cells}


def _goals(ids: Sequence[int]) -> dict[tuple[int, str], str]:
    rows = Project.objects.filter(pk__in=ids, goals__isnull=False).values_list("pk", "goals__scope", "goals__text")
    return {(pk, scope): text for pk, scope, text in rows}


def _indicator_counts(ids: Sequence[int]) -> dict[int, int]:
    counted = Project.objects.filter(pk__in=ids).values_list("pk").annotate(number=Count("indicators"))
    return dict(counted)
