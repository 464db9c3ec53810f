"""One input read as an import would read it, everything but the database, and held against what is promised of any file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec

from imports.content import Content
from imports.decoding import decode
from imports.drafts import ProjectDraft
from imports.layouts.gazette.drafts import DocumentDraft, IssueDraft
from imports.limits import refuse_unstorable
from imports.opening import OpenFile, open_text, open_workbook, rows_named
from imports.reading import Defaults, SourceError
from imports.recognise import TABLE
from imports.reporting import Report
from imports.spool import Spool
from imports.tables.grids import grids_of, grids_of_text, recognise, recognise_text
from imports.tables.problems import TableError
from imports.tables.table import read_table
from imports.workbooks import Workbook, is_workbook, read_workbook
from tests.fuzz.mutating import MARK

Outcome = Literal["read", "refused"]
DEFAULTS: Final = Defaults(region_code="140404", region_name="长治市上党区", year=2025, unit="万元")
_HEAD: Final = 64 * 1024
_CHINESE = re.compile("[\u4e00-\u9fff]")


class BrokenPromiseError(AssertionError):
    """A promise that was not kept; the message says which."""


@dataclass(slots=True)
class Tried:
    """What became of an input."""

    outcome: Outcome
    layout: str = ""
    message: str = ""


@dataclass(slots=True)
class Count:
    """What became of many inputs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)

    def add(self, tried: Tried) -> None:
        """One more."""
        self.outcomes[tried.outcome] += 1
        if tried.outcome == "refused":
            self.refusals[re.sub(r"[\d“”‘’\"].*", "…", tried.message)[:30]] += 1


def try_one(data: bytes | Content, layout: str | None = None) -> Tried:
    """Read an input. Raises `BrokenPromiseError`, or whatever the reader let out, where a promise is not kept."""
    try:
        return Tried("read", _read(data, layout))
    except SourceError as error:
        _check_refusal(error)
        return Tried("refused", "", error.message)


def _check_refusal(error: SourceError) -> None:
    if not _CHINESE.search(error.message) or "Traceback" in error.message:
        raise BrokenPromiseError(f"a refusal that is no Chinese sentence: {error.message!r}")
    if len(error.message) > 20_000 or (len(error.message) > 1_000 and not isinstance(error, TableError)):
        raise BrokenPromiseError(f"a refusal of {len(error.message)} characters: {error.message[:100]!r}…")
    if error.line is not None and error.line < 1:
        raise BrokenPromiseError(f"a refusal at line {error.line}")


def _read(data: bytes | Content, layout: str | None) -> str:
    """As `imports.actions.import_file` does before it stores."""
    content = Content.of(data)
    head = content.part(0, _HEAD)
    workbook = read_workbook(content.whole()) if is_workbook(head) else None
    if layout in (None, TABLE) and (recognise(workbook) if workbook else recognise_text(head)):
        _read_table(content.whole(), workbook)
        return TABLE
    file = open_workbook(workbook, layout) if workbook else open_text(content, layout)
    with rows_named(file.reading.sheets):
        _read_file(file)
    return file.layout


def _read_table(data: bytes, workbook: Workbook | None) -> None:
    table = read_table(grids_of(workbook) if workbook else grids_of_text(decode(data).text))
    if table.problems:
        raise TableError(table.problems)
    for target in (one for targets in table.targets.values() for one in targets):
        target.text("指标值")
    json.dumps([[notice.line, notice.message] for notice in table.notices]).encode()


def _read_file(file: OpenFile) -> None:
    report = Report("a.txt", "ab" * 32, file.encoding, file.layout, dry_run=True)
    given: list[Any] = []
    with Spool(ProjectDraft) as projects, Spool(DocumentDraft) as documents:
        for draft in file.drafts(DEFAULTS):
            given.append(draft)
            if isinstance(draft, ProjectDraft):
                refuse_unstorable(draft, draft.first_line)
                projects.append(draft)
                report.add_record(draft)
            elif isinstance(draft, DocumentDraft):
                documents.append(draft)
                report.texts.add_document(draft)
        report.add_reading(file.reading)
        _check_spool(projects, [one for one in given if isinstance(one, ProjectDraft)])
        _check_spool(documents, [one for one in given if isinstance(one, DocumentDraft)])
    json.dumps(report.as_json(), ensure_ascii=False).encode()
    report.as_text().encode()
    _check_lines(file, report)
    _check_mark(file, report, given)
    for draft in given:
        if isinstance(draft, ProjectDraft):
            _check_project(draft, len(file.reading.lines))


def _check_spool(spool: Spool[Any], drafts: Sequence[Any]) -> None:
    if len(spool) != len(drafts):
        raise BrokenPromiseError("the spool holds another number of drafts")
    if drafts and msgspec.json.encode(spool[0]) != msgspec.json.encode(drafts[0]):
        raise BrokenPromiseError("a draft comes out of the spool as another one")


def _check_lines(file: OpenFile, report: Report) -> None:
    """Every line is claimed or reported, counted again by other means."""
    lines, claims = list(file.reading.lines), file.reading.claims
    if len(lines) != len(file.reading.lines) or len(claims) != len(lines) + 1:
        raise BrokenPromiseError("the account has another length than the text")
    waiting = {number for number, line in enumerate(lines, start=1) if line.strip() and not claims[number]}
    reported = {entry["line"] for entry in report.unclaimed}
    if waiting != reported or report.counts.unclaimed != len(reported):
        raise BrokenPromiseError(f"lines that vanish: {sorted(waiting ^ reported)[:5]}")


def _check_mark(file: OpenFile, report: Report, given: Iterable[Any]) -> None:
    """The mark, a line that no reader can know, is reported or kept; a reader may not claim it and throw it away."""
    places = [number for number, line in enumerate(file.reading.lines, start=1) if MARK in line]
    if not places:
        return
    reported = {entry["line"] for entry in report.unclaimed}
    ranges = [(one.first_line, one.last_line) for one in given if isinstance(one, (DocumentDraft, IssueDraft))]
    kept = "".join(msgspec.json.encode(one).decode() for one in given if isinstance(one, ProjectDraft))
    told = MARK in kept or any(MARK in notice.message for notice in report.notices)
    for place in places:
        in_document = any(first <= place <= last for first, last in ranges)
        if place not in reported and not told and not in_document and file.layout != "interchange":
            raise BrokenPromiseError(f"line {place} was claimed and is nowhere")


def _check_project(draft: ProjectDraft, lines: int) -> None:
    if not 1 <= draft.first_line <= draft.last_line:
        raise BrokenPromiseError(f"a project on lines {draft.first_line} to {draft.last_line}")
    if draft.source_document is None and draft.last_line > lines:
        raise BrokenPromiseError(f"a project beyond the last line: {draft.last_line} of {lines}")
    for amount in [draft.amount.yuan, *(one.number for one in draft.indicators)]:
        if amount is not None and not Decimal(amount).is_finite():
            raise BrokenPromiseError(f"an amount that is no number: {amount}")
    if not draft.name.strip():
        raise BrokenPromiseError("a project without a name")
