"""What the worker does with an upload: the dry run, and, once it was confirmed, the import, exactly as it was shown."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from imports.actions import import_file, options_of
from imports.models import Upload, UploadPart, UploadStep
from imports.reading import SourceError
from imports.reporting import Report
from imports.uploads.deciding import digest, shown_report
from imports.uploads.receiving import content_of
from imports.wording import in_site_words
from perfgoals.jobs.running import Progress, RefusedError
from perfgoals.models import User
from perfgoals.observing.lines import tell_refused_work
from perfgoals.observing.refusals import UPLOAD

LOCKED = "上传或确认这份文件的账号已经停用，没有导入。"


class OtherwiseError(Exception):
    """The import would not do what was shown, or the upload is gone by now."""


def work_on(upload: Upload, progress: Progress) -> None:
    """Check or import a file. Raises `RefusedError` with the sentence for whoever sent it.

    May be begun again at any time: a check writes nothing but its report, and the import is one transaction, at the end
    of which the upload has its run.
    """
    if upload.run_id is not None:
        return
    try:
        if upload.step == UploadStep.IMPORT:
            _import(upload, progress)
        else:
            _check(upload, upload.by, progress)
    except SourceError as error:
        tell_refused_work(UPLOAD, upload.pk, person=upload.by_id)
        where = f"第 {error.line} 行：" if error.line else ""
        raise RefusedError(in_site_words(f"{where}{error.message}")) from error


def _check(upload: Upload, by: User, progress: Progress) -> None:
    _refuse_locked(by)
    options = replace(options_of(upload.options), dry_run=True, take=frozenset())
    report = import_file(content_of(upload), name=upload.name, options=options, by=by, progress=progress)
    Upload.objects.filter(pk=upload.pk).update(report=report.as_json())


def _import(upload: Upload, progress: Progress) -> None:
    by = upload.confirmed_by or upload.by
    _refuse_locked(by)
    try:
        _import_as_shown(upload, by, progress)
    except OtherwiseError:
        if not Upload.objects.filter(pk=upload.pk, run=None).exists():
            return  # given up, or imported by another worker, which took this one for dead
        counts = shown_report(upload)["counts"]
        _check(upload, by, progress)
        Upload.objects.filter(pk=upload.pk).update(step=UploadStep.CHECK, before=counts, shown="")


@transaction.atomic
def _import_as_shown(upload: Upload, by: User, progress: Progress) -> None:
    def expect(report: Report) -> None:
        if digest(report.as_json()) != upload.shown:
            raise OtherwiseError

    report = import_file(
        content_of(upload), name=upload.name, options=options_of(upload.options), by=by, progress=progress,
        expect=expect,
    )  # fmt: skip
    # From here on the row is locked, and nobody says any more how far it is.
    if not Upload.objects.filter(pk=upload.pk, run=None).update(run_id=report.run, report={}):
        raise OtherwiseError
    UploadPart.objects.filter(upload=upload).delete()


def _refuse_locked(by: User) -> None:
    if not by.is_active:
        raise RefusedError(LOCKED)
