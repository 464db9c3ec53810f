"""What the import of one lot's document leaves beside its projects: document, bytes, run with its report, and records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from benchmarks.generating.forms import text_of
from benchmarks.generating.plan import Lot
from imports.actions import Options, options_as_json
from imports.documents import sha256_of
from imports.drafts import ProjectDraft
from imports.line_marks import line_marks
from imports.models import Outcome
from imports.opening import OpenFile, open_text
from imports.planning import identity
from imports.reading import Defaults
from imports.reporting import Report

DOCUMENT_FIELDS = ("id", "name", "sha256", "size", "encoding", "layout", "line_count", "created_at")
CONTENT_FIELDS = ("document", "data", "marks", "line_count")
RUN_FIELDS = (
    "id", "document", "file_name", "layout", "options", "started_at", "finished_at", "found", "created", "changed",
    "unchanged", "duplicates", "conflicts", "unclaimed", "total", "report",
)  # fmt: skip
RECORD_FIELDS = (
    "id", "run", "document", "project", "first_line", "last_line", "lines", "outcome", "is_current", "identity", "draft",
)  # fmt: skip


class Imported(NamedTuple):
    """Rows of one document, in the order of the fields above."""

    document: tuple[Any, ...]
    content: tuple[Any, ...]
    run: tuple[Any, ...]
    records: list[tuple[Any, ...]]


def imported(lot: Lot, made: Sequence[ProjectDraft], moment: datetime) -> tuple[list[ProjectDraft], Imported]:
    """The drafts that the site's reader takes from the lot's document, and what its import leaves beside them."""
    data = text_of(made).encode()
    file = open_text(data, None)
    drafts = [draft for draft in file.drafts(Defaults()) if isinstance(draft, ProjectDraft)]
    if len(drafts) != len(made):
        raise RuntimeError(f"the reader found {len(drafts)} of {len(made)} forms")
    name, number = f"{drafts[0].region_name}{lot.year}年部门项目支出绩效目标表.txt", lot.number + 1
    report = _report(name, data, file, drafts, number)
    marks = line_marks(data, file.encoding)
    counts, finished = report.counts, moment + timedelta(seconds=1 + len(drafts) // 200)
    document = (
        number, name, report.sha256, len(data), file.encoding, file.layout, len(file.reading.lines), moment
    )  # fmt: skip
    run = (
        number, number, name, file.layout, _json(options_as_json(Options())), moment, finished, counts.found,
        counts.created, 0, 0, 0, 0, counts.unclaimed, report.total, _json(report.as_json()),
    )  # fmt: skip
    content = (number, data, marks.starts, marks.line_count)
    records = [_record(number, lot.first + nth, draft) for nth, draft in enumerate(drafts, start=1)]
    return drafts, Imported(document, content, run, records)


def _report(name: str, data: bytes, file: OpenFile, drafts: Sequence[ProjectDraft], number: int) -> Report:
    report = Report(name, sha256_of(data), file.encoding, file.layout, run=number)
    for draft in drafts:
        report.add_record(draft)
        report.counts.created += 1
    report.total = report.created_total = report.rows_total
    report.add_reading(file.reading)
    return report


def _record(number: int, project: int, draft: ProjectDraft) -> tuple[Any, ...]:
    lines = draft.lines or [(draft.first_line, draft.last_line)]
    return (
        project, number, number, project, draft.first_line, draft.last_line, _json(lines), Outcome.CREATED.value, True,
        identity(draft), _json(draft),
    )  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
