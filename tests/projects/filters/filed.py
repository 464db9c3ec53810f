"""More source documents than a list would offer."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from imports.models import ImportRun, Outcome, SourceDocument, SourceRecord
from projects.models import Project


def filed(run: ImportRun, project: Project, names: Iterable[str]) -> list[SourceDocument]:
    """Documents with these names, each of which states the project."""
    begin = SourceDocument.objects.count()
    documents = SourceDocument.objects.bulk_create(
        SourceDocument(name=name, sha256=sha256(str(at).encode()).hexdigest()) for at, name in enumerate(names, begin)
    )
    SourceRecord.objects.bulk_create(
        SourceRecord(run=run, document=document, project=project, outcome=Outcome.UNCHANGED, draft={})
        for document in documents
    )
    return documents
