"""The pages of importing: sending files, what would become of each, deciding, and doing it."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.db.models import F, QuerySet
from django.db.models.fields.json import KT
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imports.models import ImportRun, Upload
from imports.permissions import imports_files, uploads_of
from imports.recognise import TABLE
from imports.uploads.actions import Confirmed, confirm_upload, decide_conflicts, discard_upload
from imports.uploads.deciding import conflict_ids
from imports.uploads.forms import UploadForm
from imports.uploads.preview import preview_of
from imports.uploads.receiving import PART, receive
from perfgoals.jobs.showing import job_part
from perfgoals.models import User
from perfgoals.observing.refusals import UPLOAD, note
from perfgoals.pagination import Page
from perfgoals.requests import SiteRequest, wants_part
from perfgoals.uploads import MAX_BYTES, is_too_large
from projects.permissions import require

CLOSED: Final = "您的角色不能导入文件。"
OTHERWISE: Final = "预检之后内容有变化，还没有导入。请看过下面的新预检结果再确认。"
TOO_EARLY: Final = "这份文件还没有通过预检，不能导入。"
BUSY: Final = "这份文件正在入库，不能放弃。"
shown_and_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_and_sent
def run_new(request: SiteRequest) -> HttpResponse:
    """Choose files; each is kept and checked until somebody confirms or discards it."""
    require(imports_files(request.user), CLOSED)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES, too_large=is_too_large(request)) if sent else UploadForm()
    valid = form.is_valid()
    address = _receive(request, form) if valid else ""
    if sent and not valid:
        note(UPLOAD)
    if sent and request.accepts("text/html") is False:
        return JsonResponse({"address": address, "problems": _problems(form)}, status=200 if valid else 422)
    if valid:
        return redirect(address)
    return render(request, "imports/upload_form.html", {"form": form, "batch": uuid.uuid4(), "most": MAX_BYTES})


@require_safe
def upload_list(request: SiteRequest) -> HttpResponse:
    """The files that wait to be confirmed: one's own, for administrators everybody's."""
    require(imports_files(request.user), CLOSED)
    uploads = uploads_of(request.user).filter(run=None)
    page = Page.asked(request.GET, uploads.count())
    shown = list(_light(uploads)[page.span])
    return _rows(request, "imports/upload_list.html", shown, {"uploads": shown, "page": page})


@require_safe
def upload_batch(request: SiteRequest, batch: uuid.UUID) -> HttpResponse:
    """Files that were sent together: how far each is, and what would become of it."""
    uploads = list(_light(uploads_of(request.user).filter(batch=batch).order_by("pk")))
    if not uploads:
        raise Http404
    return _rows(request, "imports/upload_batch.html", uploads, {"uploads": uploads})


@shown_and_sent
def upload_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """What the import of an upload would do; sent back, exactly that is put to work, or shown what it would do by now."""
    upload = _upload(request.user, pk)
    problem = ""
    if request.method == "POST":
        confirmed = confirm_upload(pk=pk, shown=request.POST.get("shown", ""), by=request.user)
        if confirmed is Confirmed.YES:
            return redirect(upload)
        problem = OTHERWISE if confirmed is Confirmed.OTHERWISE else TOO_EARLY
        upload = _upload(request.user, pk)
    if wants_part(request) and "part" in request.GET:
        return job_part(request, upload, f"{upload.get_absolute_url()}?part")
    return _page(request, upload, problem)


def _page(request: SiteRequest, upload: Upload, problem: str = "") -> HttpResponse:
    if upload.run is not None:
        messages.success(request, _acknowledgement(upload.run))
        return redirect(upload.run)
    context = {"upload": upload, "job": upload, "job_url": f"{upload.get_absolute_url()}?part", "problem": problem}
    if upload.is_checked:
        context |= preview_of(upload, request.GET)
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return render(request, "imports/upload_detail.html", context, status=status)


@require_POST
def upload_decide(request: SiteRequest, pk: int) -> HttpResponse:
    """Decide conflicts: ``take`` or ``keep`` with an id, ``all``, or ``project-`` and its place in the report."""
    upload = _upload(request.user, pk)
    chosen = {name: _ids(upload, request.POST.getlist(name)) for name in ("take", "keep")}
    if not decide_conflicts(pk=pk, **chosen):
        messages.error(request, "这份文件现在不能改变选择。")
    elif wants_part(request):
        return _page(request, _upload(request.user, pk))
    query = request.GET.urlencode()
    return redirect(f"{upload.get_absolute_url()}{'?' if query else ''}{query}#conflicts")


@require_POST
def upload_discard(request: SiteRequest, pk: int) -> HttpResponse:
    """Give an upload up."""
    upload = _upload(request.user, pk)
    left = discard_upload(pk=pk)
    if isinstance(left, ImportRun):
        messages.error(request, f"“{upload.name}”已经导入，不能再放弃。")
        return redirect(left)
    if not left:
        messages.error(request, BUSY)
        return redirect(upload)
    messages.success(request, f"已放弃“{upload.name}”，没有导入任何内容。")
    return redirect("upload-list")


def _light(uploads: QuerySet[Upload]) -> QuerySet[Upload]:
    """With the counts of their reports alone: a report may be long."""
    return uploads.defer("report").annotate(counts=F("report__counts"), layout=KT("report__layout"))


def _receive(request: SiteRequest, form: UploadForm) -> str:
    """Keep the files of a valid form; the address where they can be watched."""
    said = form.cleaned_data
    batch = said["batch"] or uuid.uuid4()
    kept = [
        receive(file.chunks(PART), name=file.name, options=form.options(), by=request.user, batch=batch)
        for file in said["file"]
    ]
    if len(kept) == 1 and not said["batch"]:
        return kept[0].get_absolute_url()
    return reverse("upload-batch", args=[batch])


def _problems(form: UploadForm) -> list[str]:
    return [
        str(problem) if name == "file" else f"{form.fields[name].label}：{problem}"
        for name, problems in form.errors.items()
        for problem in problems
    ]


def _rows(request: SiteRequest, template: str, uploads: list[Upload], context: dict[str, object]) -> HttpResponse:
    """A page of uploads, or, while any of them is worked on, its rows alone.

    These have an address of their own: whoever comes back to the page would else be given them from the browser's store.
    """
    part = "imports/_uploads.html" if wants_part(request) and "part" in request.GET else template
    return render(request, part, {**context, "working": any(not upload.is_over for upload in uploads)})


def _ids(upload: Upload, values: list[str]) -> list[str]:
    ids: list[str] = []
    for value in values:
        if value == "all":
            ids += conflict_ids(upload.report)
        elif value.startswith("project-") and value[8:].isascii() and value[8:].isdigit():
            ids += conflict_ids(upload.report, project=int(value[8:]))
        else:
            ids.append(value)
    return ids


def _upload(user: User, pk: int) -> Upload:
    """An upload that the person may see. Raises `Http404`."""
    return get_object_or_404(uploads_of(user), pk=pk)


def _acknowledgement(run: ImportRun) -> str:
    return (
        f"已导入“{run.file_name}”："
        + ("" if run.layout == TABLE else f"新增 {run.created} 个，")
        + f"变更 {run.changed} 个，未变 {run.unchanged} 个"
        + (f"，冲突 {run.conflicts} 个" if run.conflicts else "")
        + "。"
    )
