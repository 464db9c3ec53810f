"""Lists of projects and target forms inside a document: which of its lines were read as which budget projects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from imports.gazettes.models import OfficialDocument
from imports.gazettes.reading.blocks import Block
from imports.models import SourceRecord
from perfgoals.models import User
from projects.models import Project


def read_projects(document: OfficialDocument, user: User) -> list[SourceRecord]:
    """The filings that stand on a document's lines, in their order; only of projects that the person may see."""
    records = SourceRecord.objects.filter(
        document_id=document.source_id, first_line__range=(document.first_line, document.last_line)
    )
    seen = records.filter(project__in=Project.objects.visible_to(user).order_by().values("pk"))
    return list(seen.defer("draft").select_related("project").order_by("first_line", "pk"))


def with_projects(blocks: Sequence[Block], records: Sequence[SourceRecord]) -> list[Block]:
    """The blocks of a page, with a note before those that were read as budget projects; one before several of a block."""
    found: list[Block] = []
    notes = {
        place: list(some) for place, some in groupby(records, lambda record: _place(blocks, record.first_line or 0))
    }
    for place, block in enumerate(blocks):
        if place in notes:
            first, last = notes[place][0], notes[place][-1]
            found.append(Block("projects", first.first_line or 0, last.last_line or 0, records=notes[place]))
        found.append(block)
    return found


def _place(blocks: Sequence[Block], line: int) -> int:
    """The block on which a line stands, or before which it would."""
    return next((place for place, block in enumerate(blocks) if block.last_line >= line), len(blocks) - 1)
