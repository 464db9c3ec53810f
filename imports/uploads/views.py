"""The pages of importing: choosing a file, what would become of it, and doing it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from imports.models import ImportRun, SourceDocument, Upload
from imports.reading import SourceError
from imports.uploads.actions import check_upload, confirm_upload, discard_upload
from imports.uploads.deciding import digest
from imports.uploads.forms import UploadForm
from imports.wording import in_site_words
from perfgoals.models import User
from perfgoals.requests import SiteRequest
from perfgoals.uploads import is_too_large
from projects.permissions import manages_people, require

CLOSED: Final = "文件由管理员导入。"
OTHERWISE: Final = "预检之后库中的数据有变化，还没有导入。请看过下面的新预检结果再确认。"
COUNTS: Final = {
    "created": "新增", "changed": "变更", "unchanged": "未变", "duplicates": "重复填报", "conflicts": "冲突",
}  # fmt: skip
shown_and_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_and_sent
def run_new(request: SiteRequest) -> HttpResponse:
    """Choose a file; it is checked, and kept until somebody confirms or discards it."""
    require(manages_people(request.user), CLOSED)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES, too_large=is_too_large(request)) if sent else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            # Django took the last part of the name's path and cut it to 255 characters.
            upload = check_upload(file.read(), name=file.name, options=form.options(), by=request.user)
        except SourceError as error:
            form.add_error("file", f"{file.name}：{_sentence(error)}")
        else:
            return redirect(upload)
    return render(request, "imports/upload_form.html", {"form": form})


@shown_and_sent
def upload_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """What the import of an upload would do; sent back, it does exactly that, or shows what it would do by now."""
    upload = _upload(request.user, pk)
    before, problem = upload.report.get("counts", {}), ""
    if request.method == "POST":
        try:
            run = confirm_upload(pk=pk, shown=request.POST.get("shown", ""), by=request.user)
        except SourceError as error:
            problem = f"没有导入：{_sentence(error)}"
        else:
            if run is not None:
                messages.success(request, _acknowledgement(run))
                return redirect(run)
            problem = OTHERWISE
            upload = _upload(request.user, pk)
    if upload.run is not None:
        return redirect(upload.run)
    counts = upload.report["counts"]
    context = {
        "upload": upload, "report": upload.report, "run": _as_run(upload), "problem": problem,
        "shown": digest(upload.report), "differing": _differing(before, counts) if problem else [],
        "projects": counts["created"] + counts["changed"] + counts["unchanged"] + counts["conflicts"],
        "overwritten": len(upload.report["conflicts"]) if upload.options["take_source"] else 0,
    }  # fmt: skip
    return render(
        request, "imports/upload_detail.html", context, status=HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    )


@require_POST
def upload_discard(request: SiteRequest, pk: int) -> HttpResponse:
    """Give an upload up."""
    upload = _upload(request.user, pk)
    run = discard_upload(pk=pk)
    if run is not None:
        messages.error(request, f"“{upload.name}”已经导入，不能再放弃。")
        return redirect(run)
    messages.success(request, f"已放弃“{upload.name}”，没有导入任何内容。")
    return redirect("run-list")


def _upload(user: User, pk: int) -> Upload:
    """The upload, without its bytes. For everybody but administrators there are none (404)."""
    if not manages_people(user):
        raise Http404
    return get_object_or_404(Upload.objects.defer("data").select_related("by", "run"), pk=pk)


def _as_run(upload: Upload) -> ImportRun:
    """The run that the report would belong to, not stored, so that both pages show the same report."""
    report, declared = upload.report, upload.report["declared_total"]
    document = SourceDocument.objects.filter(sha256=report["sha256"]).first()
    return ImportRun(
        document=document, file_name=upload.name, layout=report["layout"], by=upload.by, total=Decimal(report["total"]),
        declared_total=None if declared is None else Decimal(declared), **report["counts"],
    )  # fmt: skip


def _differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [f"{name} {before[key]} → {now[key]}" for key, name in COUNTS.items() if before.get(key) != now[key]]


def _sentence(error: SourceError) -> str:
    where = f"第 {error.line} 行：" if error.line else ""
    return in_site_words(f"{where}{error.message}")


def _acknowledgement(run: ImportRun) -> str:
    return (
        f"已导入“{run.file_name}”：新增 {run.created} 个，变更 {run.changed} 个，未变 {run.unchanged} 个"
        + (f"，冲突 {run.conflicts} 个" if run.conflicts else "")
        + "。"
    )
