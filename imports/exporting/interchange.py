"""Projects out as interchange JSON: a stream that memory does not have to hold."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F
from django.db.models.functions import Coalesce, Collate

from imports.gazettes.stored import stored_texts
from imports.layouts.interchange import file_head, file_tail, project_json
from imports.layouts.interchange_texts import texts_as_parts
from imports.stored import stored_drafts
from projects.querysets import ProjectQuerySet


def interchange_chunks(projects: ProjectQuerySet, *, texts: bool = False) -> Iterator[str]:
    """The interchange file of the projects, piece by piece; with ``texts`` also all gazettes and plans.

    The order follows from what is exported and from nothing else (no ids, no database collation), so that exporting,
    importing into an empty database and exporting again gives the same bytes.
    """
    ids = list(in_export_order(projects).values_list("pk", flat=True))
    yield file_head()
    for position, (_, draft) in enumerate(stored_drafts(ids)):
        yield ("," if position else "") + project_json(draft)
    yield from file_tail(not ids, texts_as_parts(list(stored_texts())) if texts else None)


def in_export_order(projects: ProjectQuerySet) -> ProjectQuerySet:
    """By region, year, serial, printed department and name; text by code point."""
    return projects.order_by(
        "region_id",
        "year",
        F("serial").asc(nulls_last=True),
        Collate("department_code", "C").asc(nulls_last=True),
        Collate(Coalesce("department_printed", "department__name"), "C").asc(nulls_last=True),
        Collate("name", "C"),
        "pk",
    )
