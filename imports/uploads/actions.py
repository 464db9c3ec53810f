"""What people do with an upload: decide its conflicts, confirm what it shows, or give it up."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from django.db import transaction
from django.shortcuts import get_object_or_404

from imports.models import ImportRun, Upload, UploadStep
from imports.tasks import do_upload
from imports.uploads.deciding import conflict_ids, digest, shown_report
from perfgoals.jobs.model import JobState
from perfgoals.models import User


class Confirmed(Enum):
    """What became of a confirmation."""

    YES = "yes"
    """It is being imported, or was."""
    OTHERWISE = "otherwise"
    """What was confirmed is not what the upload shows by now; nothing was imported."""
    TOO_EARLY = "too early"
    """It is being checked, or could not be read."""


@transaction.atomic
def confirm_upload(*, pk: int, shown: str, by: User) -> Confirmed:
    """Have the upload imported if ``shown``, the digest of the report on the page, is what it shows.

    The import itself compares again. The row is locked: a second confirmation changes nothing.
    """
    upload = _locked(pk)
    if upload.run_id is not None or upload.is_importing:
        return Confirmed.YES
    if not upload.is_checked:
        return Confirmed.TOO_EARLY
    if digest(shown_report(upload)) != shown:
        return Confirmed.OTHERWISE
    upload.step, upload.state, upload.shown, upload.confirmed_by = UploadStep.IMPORT, JobState.WAITING, shown, by
    upload.stage, upload.done, upload.total, upload.attempts, upload.problem = "", 0, 0, 0, ""
    upload.finished_at = None
    upload.save()
    do_upload.defer(pk=str(pk))
    return Confirmed.YES


@transaction.atomic
def decide_conflicts(*, pk: int, take: Iterable[str] = (), keep: Iterable[str] = ()) -> bool:
    """Take the file's value in some conflicts, keep the current one in others. False where nothing can be decided now."""
    upload = _locked(pk)
    if not upload.is_checked or upload.options.get("take_source"):
        return False
    known = set(conflict_ids(upload.report))
    taken = (set(upload.options.get("take", ())) | set(take)) - set(keep)
    upload.options = {**upload.options, "take": sorted(taken & known)}
    upload.save(update_fields=["options"])
    return True


@transaction.atomic
def discard_upload(*, pk: int) -> ImportRun | bool:
    """Give an upload up and forget its bytes: True. One that was imported stays (its run), and one that is just being
    imported (False)."""
    upload = _locked(pk)
    if upload.run is not None:
        return upload.run
    if upload.is_importing and upload.state == JobState.RUNNING:
        return False
    upload.delete()
    return True


def _locked(pk: int) -> Upload:
    # Without its run: whoever waited for the lock would be given the row of today joined with the run of before.
    return get_object_or_404(Upload.objects.select_for_update(), pk=pk)
