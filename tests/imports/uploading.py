"""Importing in the site as a browser does it."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from imports.models import ImportRun, SourceContent, SourceDocument, SourceRecord, Upload
from imports.tasks import do_upload
from projects.models import Department, Project, ProjectEvent, Region
from tests.conftest import words_of
from tests.imports import texts

NEW = "/runs/new/"


def send(client: Client, data: bytes | str | None = None, name: str = "教育局.txt", **asked: Any) -> HttpResponse:
    """Choose a file and send the form."""
    content = texts.form() if data is None else data
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(NEW, {"file": file, **asked})


def work(upload: Upload) -> Upload:
    """Do what the queue would do."""
    do_upload(pk=str(upload.pk))
    return Upload.objects.get(pk=upload.pk)


def preview(client: Client, data: bytes | str | None = None, **asked: Any) -> Upload:
    """An upload that was checked and waits to be confirmed."""
    response = send(client, data, **asked)
    assert response.status_code == 302, words_of(response)
    return work(Upload.objects.latest("pk"))


def confirm(client: Client, upload: Upload, shown: str | None = None) -> HttpResponse:
    """Press the button of the page as it stands now, or of one that was opened earlier, and wait: the page after it."""
    response = client.post(upload.get_absolute_url(), {"shown": shown or shown_on(client, upload)})
    if response.status_code != 302:
        return response
    work(upload)
    return client.get(response["Location"])


def shown_on(client: Client, upload: Upload) -> str:
    page = client.get(upload.get_absolute_url()).content.decode()
    return re.search(r'name="shown" value="([0-9a-f]{64})"', page)[1]


def stored() -> list[int]:
    """How much there is of everything that an import makes."""
    kinds = (Project, Department, Region, SourceDocument, SourceContent, SourceRecord, ImportRun, ProjectEvent)
    return [kind.objects.count() for kind in kinds]


def edit(overview: str = "人工改写。") -> None:
    Project.objects.update(overview=overview)
