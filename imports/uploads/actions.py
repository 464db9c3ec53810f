"""What becomes of an uploaded file: checked, then imported exactly as it was shown, or given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from imports.actions import Options, import_file, options_as_json, options_of
from imports.documents import send_bytes
from imports.models import ImportRun, Upload
from imports.reporting import Report
from imports.uploads.deciding import digest
from perfgoals.models import User

KEPT: Final = timedelta(days=2)
"""How long a file waits to be confirmed."""


class OtherwiseError(Exception):
    """The import would not do what was shown."""


@transaction.atomic
def check_upload(data: bytes, *, name: str, options: Options, by: User) -> Upload:
    """Keep a file with the report of its dry run. Raises `SourceError`, and keeps nothing, if it cannot be taken in.

    Uploads of anybody that waited too long are removed.
    """
    Upload.objects.filter(run=None, created_at__lt=timezone.now() - KEPT).delete()
    report = import_file(data, name=name, options=replace(options, dry_run=True), by=by)
    upload = Upload.objects.create(
        name=name, data=b"", options=options_as_json(options), report=report.as_json(), by=by
    )  # fmt: skip
    send_bytes("UPDATE imports_upload SET data = %b WHERE id = %b", [data, upload.pk])
    return upload


@transaction.atomic
def confirm_upload(*, pk: int, shown: str, by: User) -> ImportRun | None:
    """Import the upload if that does what was shown (``shown``: the digest of the report on the page).

    None, with a new report at the upload and nothing imported, if it would do anything else by now. The row is locked:
    a second confirmation waits and is given the run of the first. Raises `SourceError` for what is refused by now.
    """
    upload = _locked(pk)
    if upload.run is not None:
        return upload.run
    data, options = bytes(upload.data or b""), options_of(upload.options)

    def expect(report: Report) -> None:
        if digest(report.as_json()) != shown:
            raise OtherwiseError

    try:
        # The page may show a report that was replaced since: what is on no page any more need not be tried.
        if digest(upload.report) != shown:
            raise OtherwiseError
        report = import_file(data, name=upload.name, options=options, by=by, expect=expect)
    except OtherwiseError:
        again = import_file(data, name=upload.name, options=replace(options, dry_run=True), by=by)
        upload.report = again.as_json()
        upload.save(update_fields=["report"])
        return None
    upload.run_id, upload.data, upload.report = report.run, None, {}
    upload.save(update_fields=["run", "data", "report"])
    return upload.run


@transaction.atomic
def discard_upload(*, pk: int) -> ImportRun | None:
    """Give an upload up and forget its bytes. One that was imported meanwhile stays; its run is returned."""
    upload = _locked(pk)
    if upload.run is None:
        upload.delete()
    return upload.run


def _locked(pk: int) -> Upload:
    # Without its run: whoever waited for the lock would be given the row of today joined with the run of before.
    return get_object_or_404(Upload.objects.select_for_update(), pk=pk)
