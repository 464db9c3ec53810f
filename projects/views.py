"""The pages of projects: list and form."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from perfgoals.pagination import SIZES, Page
from perfgoals.replicas import reads_replica
from perfgoals.requests import SiteRequest, wants_part
from projects.filters import ProjectFilter
from projects.models import Project
from projects.official_forms import form_of
from projects.permissions import edits_projects, gives_projects
from projects.tables import Sort, all_sums, layout_of, page_keys, page_sums, rows_of
from projects.tables.panel import panel_of, take_opened
from projects.totals import summary_of


@require_safe
@reads_replica
def project_list(request: SiteRequest) -> HttpResponse:
    """The projects that a person may see, filtered, sorted and paged by the address."""
    opened = take_opened(request)
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    summary = summary_of(found)
    page = Page.asked(request.GET, summary.count)
    sort = Sort.asked(request.GET.get("sort"))
    if unsorted := sort.refused_for(summary.count):
        sort = Sort()
    layout = layout_of(request.user)
    rows = rows_of(page_keys(found.in_order if sort.is_quick else found.qs, sort, page), layout.columns)
    page = page.between(rows[0].project.pk, rows[-1].project.pk) if rows else page
    context = {
        "found": found, "summary": summary, "page": page, "sizes": SIZES, "sort": sort, "columns": layout.columns,
        "layout": layout, "rows": rows, "unsorted": unsorted, "page_sums": page_sums(rows, layout.columns),
        "all_sums": all_sums(
            found, layout.columns, amount=summary.amount, period_amount=summary.period_amount
        ),
        "picks": edits_projects(request.user), "moves": gives_projects(request.user),
    }  # fmt: skip
    if wants_part(request):
        return render(request, "projects/_list.html", context)
    context["panel"] = panel_of(request.user, opened) if opened else None
    return render(request, "projects/list.html", context)


@require_safe
def project_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """One project in the order of the official form."""
    visible = Project.objects.visible_to(request.user).select_related("region", "department")
    visible = visible.prefetch_related("funding", "goals")  # once, for the form and what compares it with its source
    project = get_object_or_404(visible, pk=pk)
    return render(request, "projects/detail.html", {"project": project, "form": form_of(project)})
