"""The page of plan indicators, and their file."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from imports.gazettes.files import file_response
from imports.gazettes.models import PlanIndicator
from imports.gazettes.permissions import require_texts
from imports.gazettes.plans.exporting import INDICATOR_HEADS, indicator_rows
from imports.gazettes.plans.indicators import IndicatorFilter, blocks_of
from imports.gazettes.plans.ordering import DOCUMENT_ORDER
from perfgoals.pagination import SIZES, Page
from perfgoals.requests import SiteRequest, wants_part
from perfgoals.snapshot import snapshot


@require_safe
def plan_indicator_list(request: SiteRequest) -> HttpResponse:
    """Plan indicators by table, with a column for each year or town."""
    require_texts(request.user)
    found = IndicatorFilter(request.GET, PlanIndicator.objects.all())
    page = Page.asked(request.GET, found.qs.count())
    ordered = _ordered(found.qs).select_related("document__region", "table__annex", "row").prefetch_related("values")
    start = page.span.start
    rows = list(ordered[max(start - 1, 0) : page.span.stop])
    before = rows.pop(0) if start and rows else None
    context = {
        "found": found, "page": page, "sizes": SIZES, "blocks": list(blocks_of(rows, before)),
        "export_query": found.query_with(),
    }  # fmt: skip
    part = wants_part(request)
    return render(request, "gazettes/_indicator_list.html" if part else "gazettes/indicator_list.html", context)


@require_safe
def plan_indicator_export(request: SiteRequest) -> HttpResponseBase:
    """A file of what the address's filters find, a row for each value."""
    require_texts(request.user)
    found = IndicatorFilter(request.GET, PlanIndicator.objects.all())
    if not found.form.is_valid():
        return redirect(f"{reverse('plan-indicator-list')}?{request.GET.urlencode()}")
    with snapshot():
        return file_response(request.GET.get("format"), "规划指标", INDICATOR_HEADS, indicator_rows(_ordered(found.qs)))


def _ordered(indicators: QuerySet[PlanIndicator]) -> QuerySet[PlanIndicator]:
    place = (*DOCUMENT_ORDER[:-1], "position", "pk")
    return indicators.order_by(F("document__signed").desc(nulls_last=True), "document__source", *place)
