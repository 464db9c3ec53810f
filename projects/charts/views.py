"""The page of charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from perfgoals.replicas import reads_replica
from perfgoals.requests import SiteRequest, wants_part
from perfgoals.security import policy
from perfgoals.snapshot import snapshot
from projects.charts import figures
from projects.charts.marks import Picture
from projects.charts.picture import layout_for, picture_of
from projects.charts.tables import Table, block_table, flow_table, mark_table
from projects.filters import ProjectFilter
from projects.models import Project
from projects.totals import refusal, summary_at_once
from projects.totals.waiting import BY_REGION


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its name, what one should know about it, and its figures as a table."""

    key: str
    title: str
    note: str
    figure: figures.Figure
    table: Table

    @property
    def figure_id(self) -> str:
        """The id of the element that holds the figure."""
        return f"figure-{self.key}"

    @property
    def is_drawn(self) -> bool:
        """Whether there is a mark at all: of blanks and zeros there is none."""
        trace = self.figure["data"][0]
        return any(trace.get("ids", ())) or any(trace.get("customdata", ())) or bool(trace.get("link", {}).get("value"))


@csp_update(policy.CHARTS)
@require_safe
@reads_replica
def charts(request: SiteRequest) -> HttpResponse:
    """The projects found, in pictures; a click on a mark leads to its list."""
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    with snapshot():  # marks are counted one after the other, and add up
        whole = summary_at_once(found)
        layout = layout_for(found, whole)
        context: dict[str, Any] = {"found": found, "whole": whole, "charts": []}
        if layout is None:
            context["refused"] = refusal(found, BY_REGION, whole)
        elif whole and whole.count:
            context["charts"] = charts_of(picture_of(found, layout, number=whole.count), request.unit)
    return render(request, "projects/_charts.html" if wants_part(request) else "projects/charts.html", context)


def charts_of(picture: Picture, unit: str) -> list[Chart]:
    """All charts of a picture, in the order of the page."""
    whole, by = picture.whole, picture.by
    return [
        Chart(
            "departments", f"各{by}金额", "", figures.department_bars(picture.departments, whole, unit),
            mark_table(by, picture.departments, whole, unit),
        ),
        Chart(
            "sources", "资金来源构成", "未列明来源是年度金额减去各来源之后的部分；为负说明各来源之和超过了年度金额。",
            figures.source_bars(picture.sources, whole, unit), mark_table("资金来源", picture.sources, whole, unit),
        ),
        Chart(
            "years", "各年度金额", "柱上的百分比是与前一个有项目的年度相比。", figures.year_columns(picture.years, unit),
            mark_table("年度", picture.years, whole, unit, with_change=True),
        ),
        Chart(
            "treemap", "项目金额分布", f"面积是年度金额；金额最大的项目各占一块，其余在本{by}合为一块。",
            figures.treemap(picture.blocks, whole, unit), block_table(by, picture.blocks, whole, unit),
        ),
        Chart(
            "flows", f"资金流向：来源到{by}", "未列明来源为负的部分画不出来，列在数据表里。",
            figures.sankey(picture.sources, picture.departments, picture.flows, unit),
            flow_table(by, picture.sources, picture.departments, picture.flows, whole, unit),
        ),
    ]  # fmt: skip
