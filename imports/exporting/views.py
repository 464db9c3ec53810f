"""Exporting in the site: small files at once, larger ones as a job with a page of its own."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from imports.exporting.actions import ask_for, discard, exports_of, parts_of
from imports.exporting.asking import Wanted, file_name, query_of, wanted, wanted_totals
from imports.exporting.files import FORMATS, write_file
from imports.models import ExportKind
from perfgoals.jobs.model import JobState
from perfgoals.jobs.running import RefusedError
from perfgoals.jobs.showing import job_part
from perfgoals.models import User
from perfgoals.requests import SiteRequest, wants_part
from perfgoals.spreadsheets import CellTooLongError
from projects.querysets import ProjectQuerySet
from projects.totals import UnknownLayoutError

MOST_WITHIN_REQUEST: Final = {ExportKind.FORMS: 200}
"""Projects of a file that is made within the request, by kind; of other kinds `MOST_OF_TABLES`."""
MOST_OF_TABLES: Final = 2_000


@require_POST
def export_new(request: SiteRequest) -> HttpResponseBase:
    """A file of what the address's filters find: at once, or asked for where it is large."""
    kind = request.POST.get("kind", ExportKind.XLSX)
    if kind not in FORMATS:
        raise Http404("没有这种文件格式。")
    kind = ExportKind(kind)
    query, back = query_of(request.GET, kind, request.user, request.unit), _asked_at(kind, request.GET)
    try:
        if kind == ExportKind.TOTALS:
            return _totals_later(query, request.user, back)
        asked = wanted(query, request.user)
        if asked.projects is None:
            return redirect(back)  # where the list says what is wrong with the filters
        if not asked.takes_long and asked.projects.count() <= MOST_WITHIN_REQUEST.get(kind, MOST_OF_TABLES):
            return _at_once(kind, asked.projects, asked, file_name(kind, query))
        return redirect("export-detail", token=ask_for(kind=kind, query=query, by=request.user).pk)
    except (RefusedError, CellTooLongError) as error:
        messages.error(request, str(error))
        return redirect(back)


@require_safe
def export_list(request: SiteRequest) -> HttpResponse:
    """The person's own exports of the last week."""
    return render(request, "exports/list.html", {"exports": exports_of(request.user)})


@require_safe
def export_detail(request: SiteRequest, token: UUID) -> HttpResponse:
    """How far an export is, and then where to fetch it."""
    export = get_object_or_404(exports_of(request.user), pk=token)
    url = reverse("export-detail", kwargs={"token": token})
    if wants_part(request):
        return job_part(request, export, url)
    context = {"export": export, "job": export, "job_url": url, "back": _asked_at(export.kind, QueryDict(export.query))}
    return render(request, "exports/detail.html", context)


@require_safe
def export_file(request: SiteRequest, token: UUID) -> HttpResponseBase:
    """The file, once it is made."""
    export = get_object_or_404(exports_of(request.user).filter(state=JobState.DONE), pk=token)
    content_type = FORMATS[ExportKind(export.kind)].content_type
    response = StreamingHttpResponse(parts_of(export), content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, export.file_name) or "attachment"
    response.headers["Content-Length"] = str(export.size)
    return response


@require_POST
def export_discard(request: SiteRequest, token: UUID) -> HttpResponse:
    """Give an export up, or delete its file."""
    discard(export=get_object_or_404(exports_of(request.user), pk=token))
    messages.success(request, "已删除这个导出。")
    return redirect("export-list")


def _totals_later(query: str, by: User, back: str) -> HttpResponse:
    try:
        asked = wanted_totals(query, by)
    except UnknownLayoutError:
        raise Http404("没有这种汇总方式。") from None
    if asked is None:
        return redirect(back)  # where the page says what is wrong with the filters
    return redirect("export-detail", token=ask_for(kind=ExportKind.TOTALS, query=query, by=by).pk)


def _at_once(kind: ExportKind, projects: ProjectQuerySet, asked: Wanted, name: str) -> FileResponse:
    file = BytesIO()  # a few megabytes at most
    write_file(kind, projects, file, look=asked.look)
    size = file.tell()
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[kind].content_type)
    response.headers["Content-Length"] = str(size)
    return response


def _asked_at(kind: str, asked: QueryDict) -> str:
    """The page that a file was asked for at."""
    if kind == ExportKind.TOTALS:
        return f"{reverse('totals')}?{asked.urlencode()}"
    query = asked.copy()
    for name in ("columns", "public"):
        query.pop(name, None)
    return f"{reverse('project-list')}?{query.urlencode()}"
