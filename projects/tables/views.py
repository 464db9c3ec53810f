"""The list's own settings, and the project that opens beside it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perfgoals.requests import SiteRequest, wants_part
from projects.access import project_to_see
from projects.tables.actions import keep_layout
from projects.tables.layouts import choices, layout_of, moved
from projects.tables.panel import panel_of

STEPS: Final = {"left": -1, "right": 1}


@require_safe
def project_panel(request: SiteRequest, pk: int) -> HttpResponse:
    """A project as it stands beside the list; on its own, its page."""
    if not wants_part(request):
        return redirect(project_to_see(request.user, pk))
    panel = panel_of(request.user, pk)
    if panel.project is None:
        raise Http404
    return render(request, "projects/_panel.html", {"panel": panel})


@require_http_methods(["GET", "HEAD", "POST"])
def list_columns(request: SiteRequest) -> HttpResponse:
    """Choose the columns of one's own list, their order and how dense the rows are."""
    if request.method == "POST":
        return _keep(request)
    layout = layout_of(request.user)
    context = {"layout": layout, "choices": choices(layout.columns), "query": _clean(request.GET.get("query", ""))}
    return render(request, "projects/_columns.html" if wants_part(request) else "projects/columns.html", context)


def _keep(request: SiteRequest) -> HttpResponse:
    query = _clean(request.POST.get("query", ""))
    step, _, key = request.POST.get("move", "").partition(":")
    if step in STEPS:
        keep_layout(columns=moved(layout_of(request.user).columns, key, STEPS[step]), by=request.user)
        return redirect(f"{reverse('list-columns')}?{urlencode({'query': query})}" if query else "list-columns")
    chosen = [] if "reset" in request.POST else ["name", *request.POST.getlist("column")]
    keep_layout(columns=chosen, is_compact="compact" in request.POST, by=request.user)
    return redirect(f"{reverse('project-list')}?{query}" if query else "project-list")


@require_POST
def list_density(request: SiteRequest) -> HttpResponse:
    """Keep how dense the rows of one's own list are."""
    keep_layout(is_compact=request.POST.get("compact") == "1", by=request.user)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _clean(query: str) -> str:
    """A list's query as this site writes it."""
    return QueryDict(query).urlencode()
