"""The pages of source documents and import runs."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from imports.models import ImportRun
from imports.permissions import documents_visible_to
from imports.reading import SourceError
from imports.texts import claims_of, lines_of, text_page
from perfgoals.pagination import Page
from perfgoals.requests import SiteRequest


@require_safe
def document_list(request: SiteRequest) -> HttpResponse:
    """The source documents that a person may read, the latest first."""
    documents = documents_visible_to(request.user)
    page = Page.asked(request.GET, documents.count())
    shown = documents.annotate(record_count=Count("records"))[page.span]
    return render(request, "imports/document_list.html", {"documents": shown, "page": page})


@require_safe
def document_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """A source document: where it came from, its runs, and its text with what each line became."""
    document = get_object_or_404(documents_visible_to(request.user).select_related("content"), pk=pk)
    runs = list(document.runs.select_related("by"))
    records = list(document.records.defer("draft").select_related("project"))
    unclaimed = {entry["line"] for entry in runs[0].report.get("unclaimed", ())} if runs else set()
    asked = request.GET.get("line", "")
    context = {"document": document, "runs": runs, "records": records, "unclaimed": sorted(unclaimed), "asked": asked}
    try:
        around = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 1
        context["text"] = text_page(lines_of(document), claims_of(records), unclaimed, around)
    except SourceError as error:
        context["missing"] = error.message
    return render(request, "imports/document_detail.html", context)


@require_safe
def run_list(request: SiteRequest) -> HttpResponse:
    """The import runs over documents that a person may read, the latest first."""
    runs = ImportRun.objects.filter(document__in=documents_visible_to(request.user).order_by().values("pk"))
    page = Page.asked(request.GET, runs.count())
    shown = runs.select_related("document", "by").defer("report")[page.span]
    return render(request, "imports/run_list.html", {"runs": shown, "page": page})


@require_safe
def run_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """One import run with its report."""
    documents = documents_visible_to(request.user).order_by().values("pk")
    runs = ImportRun.objects.filter(document__in=documents).select_related("document", "by")
    run = get_object_or_404(runs, pk=pk)
    return render(request, "imports/run_detail.html", {"run": run, "report": run.report})
