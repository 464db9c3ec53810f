"""The pages of source documents and import runs."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from imports.differing import differing, rows_of
from imports.permissions import documents_visible_to, require_runs, require_sources, runs_visible_to, uploads_of
from imports.reading import SourceError
from imports.restoring import restore_printed
from imports.showing import sections_of
from imports.texts import claims_of, lines_around, ranges_of, text_page
from perfgoals.pagination import SIZES, Page
from perfgoals.requests import SiteRequest, wants_part
from projects.access import project_to_edit
from projects.actions import ActionError
from projects.filters import ProjectFilter
from projects.models import Project

MOST_NAMED: Final = 5


@require_safe
def document_list(request: SiteRequest) -> HttpResponse:
    """The source documents that a person may read, the latest first."""
    require_sources(request.user)
    documents = documents_visible_to(request.user)
    page = Page.asked(request.GET, documents.count())
    shown = documents.annotate(record_count=Count("records"))[page.span]
    return render(request, "imports/document_list.html", {"documents": shown, "page": page})


@require_safe
def document_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """A source document: where it came from, its runs, and its text with what each line became."""
    document = get_object_or_404(documents_visible_to(request.user), pk=pk)
    runs = list(document.runs.select_related("by"))
    records = list(document.records.defer("draft").select_related("project"))
    record = next((record for record in records if str(record.pk) == request.GET.get("record")), None)
    unclaimed = {entry["line"] for entry in runs[0].report.get("unclaimed", ())} if runs else set()
    asked = request.GET.get("line", "")
    ranges = ranges_of(record) if record else []
    context = {
        "document": document, "runs": runs, "records": records, "unclaimed": sorted(unclaimed), "asked": asked,
        "asked_record": record, "asked_ranges": ranges,
    }  # fmt: skip
    try:
        around = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 1
        page = text_page(lines_around(document, around), claims_of(records), unclaimed, around)
        context |= {"text": page, "asked_lines": page.numbers_within(ranges)}
    except SourceError as error:
        context["missing"] = error.message
    return render(request, "imports/document_detail.html", context)


@require_safe
def run_list(request: SiteRequest) -> HttpResponse:
    """The import runs over documents that a person may read, and their own, the latest first."""
    require_runs(request.user)
    runs = runs_visible_to(request.user)
    page = Page.asked(request.GET, runs.count())
    shown = runs.select_related("document", "by").defer("report")[page.span]
    context = {"runs": shown, "page": page, "waiting": uploads_of(request.user).filter(run=None).count()}
    return render(request, "imports/run_list.html", context)


@require_safe
def run_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """One import run with its report."""
    run = get_object_or_404(runs_visible_to(request.user).select_related("document", "by"), pk=pk)
    context = {
        "run": run, "report": run.report, "sections": sections_of(run.report, request.GET),
        "unlinked": not documents_visible_to(request.user).filter(pk=run.document_id).exists(),
    }  # fmt: skip
    return render(request, "imports/run_detail.html", context)


@require_POST
def restore_printed_values(request: SiteRequest, pk: int) -> HttpResponse:
    """Make the chosen fields of a project what its source prints."""
    project = project_to_edit(request.user, pk)
    try:
        restored = restore_printed(pk=pk, tokens=request.POST.getlist("key"), by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        names = "、".join(one.label for one in restored[:MOST_NAMED])
        more = f" 等 {len(restored)} 处" if len(restored) > MOST_NAMED else ""
        messages.success(request, f"已恢复为来源印刷值：{names}{more}。")
    return redirect(f"{project.get_absolute_url()}?differences=open#differences")


@require_safe
def difference_list(request: SiteRequest) -> HttpResponse:
    """The projects that differ from their source."""
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    projects = differing(found.qs)
    page = Page.asked(request.GET, len(projects))
    context = {"found": found, "page": page, "sizes": SIZES, "rows": rows_of(projects[page.span])}
    part = "imports/_difference_list.html" if wants_part(request) else "imports/difference_list.html"
    return render(request, part, context)
