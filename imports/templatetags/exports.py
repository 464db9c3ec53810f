"""The menu that offers the projects of a list as files."""

from __future__ import annotations

from typing import Any, Final

from django import template

from imports.exporting.asking import ALL, OWN
from imports.exporting.views import MOST_OF_TABLES
from imports.models import ExportKind

register = template.Library()

OFFERS: Final = (
    (ExportKind.XLSX, f"columns={ALL}", "Excel，全部栏目和指标", "改好后可以导入回来"),
    (ExportKind.XLSX, f"columns={OWN}", "Excel，列表所选的列", ""),
    (ExportKind.CSV, f"columns={ALL}", "CSV，全部栏目", ""),
    (ExportKind.CSV, f"columns={OWN}", "CSV，列表所选的列", ""),
    (ExportKind.JSON, f"columns={ALL}", "交换文件（JSON）", "可原样导入另一套系统"),
    (ExportKind.FORMS, f"columns={ALL}", "项目支出绩效目标表", "每个项目一张工作表"),
    (ExportKind.FORMS, f"columns={ALL}&public=1", "目标表，公开版", "不带表外信息"),
    (ExportKind.LIST, f"columns={ALL}", "重点项目一览表", "可直接公开"),
)
"""Kind, what is asked for in the address, name and what it is good for."""


@register.inclusion_tag("exports/_menu.html", takes_context=True)
def export_menu(context: dict[str, Any], count: int) -> dict[str, Any]:
    """Takes how many projects the filters find."""
    request = context["request"]
    return {
        "offers": OFFERS, "query": request.GET.urlencode(), "count": count, "is_long": count > MOST_OF_TABLES,
        "csrf_token": context.get("csrf_token"), "request": request,
    }  # fmt: skip
