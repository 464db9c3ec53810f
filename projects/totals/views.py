"""The page of totals and its download."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from perfgoals.pagination import Page
from perfgoals.replicas import reads_replica
from perfgoals.requests import SiteRequest, wants_part
from perfgoals.snapshot import snapshot
from perfgoals.spreadsheets import write_csv, write_xlsx
from projects.filters import ProjectFilter
from projects.models import Project
from projects.totals.dimensions import DIMENSIONS
from projects.totals.layout import MEASURES, MOST_IN_ONE_PIECE, PRESETS, SHOWN, Layout, UnknownLayoutError
from projects.totals.pivot import pivot_table
from projects.totals.showing import Showing
from projects.totals.tables import pivot_frame
from projects.totals.waiting import by_place, fits_file, refusal, summary_at_once

SIZES: Final = (100, 200, 500)
"""Rows a page. Most tables of totals are shorter than the first."""
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@reads_replica
def totals(request: SiteRequest) -> HttpResponse:
    """Totals of the projects found, in rows and columns by what the address asks for."""
    found, asked = ProjectFilter(request.GET, Project.objects.visible_to(request.user)), _layout(request)
    with snapshot():  # rows, cells and the last row are counted one after the other
        context = _table(request, found, asked)
    return render(request, "projects/_totals.html" if wants_part(request) else "projects/totals.html", context)


def _table(request: SiteRequest, found: ProjectFilter, asked: Layout) -> dict[str, Any]:
    whole = summary_at_once(found)
    refused = refusal(found, asked, whole)
    instead = by_place(found) if refused else asked
    layout = asked if refused and refusal(found, instead, whole) else instead
    waits = bool(refused) and layout is asked
    context: dict[str, Any] = {"found": found, "whole": whole, "refused": refused, "waits": waits, **_choices(layout)}
    context["offers_file"] = refused and fits_file(asked, whole)
    if whole is not None and not waits:
        pivot = pivot_table(found, layout, by_page=whole.count > MOST_IN_ONE_PIECE)
        page = Page.asked(request.GET, len(pivot.places), SIZES)
        context |= {"pivot": pivot, "page": page, "sizes": SIZES, **_shown(Showing(pivot, request.unit), page)}
    return context


@require_safe
@reads_replica
def totals_export(request: SiteRequest) -> HttpResponse:
    """The same table as csv or xlsx, with all its rows."""
    kind = request.GET.get("format", "")
    if kind not in TYPES:
        raise Http404("没有这种下载格式。")
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    layout = _layout(request)
    if refusal(found, layout, summary_at_once(found)):
        return redirect(f"{reverse('totals')}?{request.GET.urlencode()}")  # which says why
    table = pivot_frame(pivot_table(found, layout), request.unit)
    data = BytesIO()
    if kind == "csv":
        write_csv(table, data)
    else:
        write_xlsx(table, data, sheet="汇总")
    name = f"绩效目标汇总_{timezone.localdate():%Y%m%d}.{kind}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(data.getvalue(), content_type=TYPES[kind], headers={"Content-Disposition": disposition})


def _layout(request: SiteRequest) -> Layout:
    try:
        return Layout.asked(request.GET)
    except UnknownLayoutError:
        raise Http404("没有这种汇总方式。") from None


def _shown(showing: Showing, page: Page) -> dict[str, Any]:
    rows, total = showing.rows(page.span)
    return {
        "rows": rows, "total": total, "heads": showing.heads(), "groups": showing.groups(), "years": showing.pivot.years,
    }  # fmt: skip


def _choices(layout: Layout) -> dict[str, Any]:
    return {
        "layout": layout, "presets": {key: name for key, (name, _) in PRESETS.items()},
        "dimensions": {key: dimension.label for key, dimension in DIMENSIONS.items()},
        "below": layout.rows[1] if len(layout.rows) > 1 else "", "measures": MEASURES, "shown_as": SHOWN,
        "swapped": layout.swapped() if layout.column else None, "money_overlaps": layout.measure == "amount"
        and "category" in layout.dimensions,
    }  # fmt: skip
