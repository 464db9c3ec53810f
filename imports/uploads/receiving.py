"""Taking a file in: its bytes are kept piece by piece, and its check is put into the queue."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from imports.actions import Options, options_as_json
from imports.content import Content
from imports.documents import send_bytes
from imports.models import SourceDocument, Upload, UploadPart
from imports.tasks import do_upload
from perfgoals.jobs.model import JobState
from perfgoals.models import User

KEPT: Final = timedelta(days=7)
"""How long a file waits to be confirmed."""
PART: Final = 1024 * 1024


@transaction.atomic
def receive(chunks: Iterable[bytes], *, name: str, options: Options, by: User, batch: uuid.UUID) -> Upload:
    """Keep a file and have it checked; memory holds one piece of it at a time.

    Uploads of anybody that waited too long are removed.
    """
    stale = Upload.objects.filter(run=None, asked_at__lt=timezone.now() - KEPT).exclude(state=JobState.RUNNING)
    stale.delete()
    upload = Upload.objects.create(name=name, options=options_as_json(options), by=by, batch=batch)
    digest = hashlib.sha256()
    for number, data in enumerate(chunks, start=1):
        digest.update(data)
        upload.size += len(data)
        send_bytes(
            "INSERT INTO imports_uploadpart (upload_id, number, data) VALUES (%b, %b, %b)", [upload.pk, number, data]
        )
    upload.sha256 = digest.hexdigest()
    upload.save(update_fields=["size", "sha256"])
    do_upload.defer(pk=str(upload.pk))
    return upload


def content_of(upload: Upload) -> Content:
    """The whole file, out of the database."""
    return Content.collected(_pieces(upload))


def same_files(upload: Upload) -> QuerySet[Upload]:
    """Other waiting uploads with the same bytes."""
    return Upload.objects.filter(sha256=upload.sha256, run=None).exclude(pk=upload.pk)


def known_document(upload: Upload) -> SourceDocument | None:
    """The document with the same bytes, if the file was imported before."""
    return SourceDocument.objects.filter(sha256=upload.sha256, runs__isnull=False).first()


def _pieces(upload: Upload) -> Iterator[bytes]:
    parts = UploadPart.objects.filter(upload=upload).order_by("number").values_list("data", flat=True)
    return (bytes(data) for data in parts.iterator(chunk_size=2))
