"""What the filter bar asks for by itself."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from perfgoals.requests import SiteRequest
from projects.filters.facets import documents_of, facets_of
from projects.filters.filterset import ProjectFilter
from projects.models import Project


@require_safe
def project_facets(request: SiteRequest) -> HttpResponse:
    """How many projects each choice would find, as JSON, and what the documents among the choices are called."""
    counted = facets_of(ProjectFilter(request.GET, Project.objects.visible_to(request.user)))
    return JsonResponse({"counts": counted, "documents": documents_of(counted)})
