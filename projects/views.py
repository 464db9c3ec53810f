"""The pages of projects: list and form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_htmx.http import reselect, reswap, retarget

from perfgoals.pagination import SIZES, Page
from perfgoals.replicas import reads_replica
from perfgoals.requests import SiteRequest, wants_part
from projects.filters import ProjectFilter
from projects.models import Project
from projects.official_forms import form_of
from projects.permissions import edits_projects, gives_projects
from projects.tables import (
    Column,
    Row,
    Sort,
    all_sums,
    are_met_soon,
    keys_found,
    layout_of,
    mark_of,
    page_sums,
    rows_of,
)
from projects.tables.panel import panel_of, take_opened
from projects.totals import Summary, summary_of

UNCOUNTED: Final = 1_000_000_000
"""Stands for how many are found until they are counted: more than any page needs."""
SHOWN: Final = "X-Shown"
"""The header by which a page that asks for number and sums says what it shows (`mark_of`)."""


@require_safe
@reads_replica
def project_list(request: SiteRequest) -> HttpResponse:
    """The projects that a person may see, filtered, sorted and paged by the address."""
    opened = take_opened(request)
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    sort = Sort.asked(request.GET.get("sort"))
    summary = None if is_counted_later(request, found, sort) else summary_of(found)
    layout = layout_of(request.user)
    unsorted = sort.refused_for(summary.count) if summary else ""
    sort = Sort() if unsorted else sort
    page, rows = _page_of(request, found, sort, layout.columns, summary)
    if not rows and summary is None and page.beside:  # what the page follows is the last one meanwhile
        summary = summary_of(found)
        page, rows = _page_of(request, found, sort, layout.columns, summary, by_key=False)
    sums, picks = page_sums(rows, layout.columns), edits_projects(request.user)
    context: dict[str, Any] = {
        "found": found, "summary": summary, "page": page, "sizes": SIZES, "sort": sort, "columns": layout.columns,
        "layout": layout, "rows": rows, "unsorted": unsorted, "page_sums": sums,
        "shown": mark_of(rows, layout.columns, sums, request.unit, picks),
        "all_sums": all_sums(
            found, layout.columns, amount=summary.amount, period_amount=summary.period_amount
        ) if summary else None,
        "picks": picks, "moves": gives_projects(request.user),
    }  # fmt: skip
    if wants_part(request):
        return _part(request, context)
    context["panel"] = panel_of(request.user, opened) if opened else None
    return render(request, "projects/list.html", context)


def _part(request: SiteRequest, context: dict[str, Any]) -> HttpResponse:
    """The list. To a page that shows these rows already, and asks for number and sums, what depends on these alone."""
    asked = request.headers.get(SHOWN)
    if asked and asked == context["shown"] and context["rows"] and context["summary"]:
        return render(request, "projects/_counted.html", context)
    response = render(request, "projects/_list.html", context)
    if asked:  # others stand there by now
        response = retarget(reselect(reswap(response, "outerHTML"), "#results"), "#results")
    return response


def is_counted_later(request: SiteRequest, found: ProjectFilter, sort: Sort) -> bool:
    """Whether the page is shown before what is found is counted: it then asks again for itself by its number alone, which is."""
    follows = Page.asked(request.GET, UNCOUNTED).beside is not None
    return are_met_soon(found, sort) and (follows or "page" not in request.GET)


def _page_of(
    request: SiteRequest, found: ProjectFilter, sort: Sort, columns: Sequence[Column], summary: Summary | None, *,
    by_key: bool = True,
) -> tuple[Page, list[Row]]:  # fmt: skip
    page = Page.asked(request.GET, summary.count if summary else UNCOUNTED)
    page = page if by_key else replace(page, beside=None)
    rows = rows_of(keys_found(found, sort, page), columns)
    return page.between(rows[0].project.pk, rows[-1].project.pk) if rows else page, rows


@require_safe
def project_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """One project in the order of the official form."""
    visible = Project.objects.visible_to(request.user).select_related("region", "department")
    visible = visible.prefetch_related("funding", "goals")  # once, for the form and what compares it with its source
    project = get_object_or_404(visible, pk=pk)
    return render(request, "projects/detail.html", {"project": project, "form": form_of(project)})
