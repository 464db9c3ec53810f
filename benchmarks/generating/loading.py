"""Stores the projects of a plan, block by block, by COPY of lines made here. Several processes share the blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from itertools import chain
from typing import Any, Final

from django.db import connection, models, transaction
from psycopg import sql

from benchmarks.generating.documents import (
    CONTENT_FIELDS,
    DOCUMENT_FIELDS,
    RECORD_FIELDS,
    RUN_FIELDS,
    Imported,
    imported,
)
from benchmarks.generating.draws import mixed
from benchmarks.generating.plan import Lot, Plan
from benchmarks.generating.processes import Share
from benchmarks.generating.rows import drafts_of
from imports.applying import (
    FUNDING_FIELDS,
    GOAL_FIELDS,
    INDICATOR_FIELDS,
    PROJECT_FIELDS,
    funding_rows,
    goal_rows,
    indicator_rows,
)
from imports.drafts import ProjectDraft
from imports.models import ImportRun, SourceContent, SourceDocument, SourceRecord
from imports.restating import moment as moment_of
from indicators.models import Goal, Indicator
from projects.models import Funding, Project

FUNDING_CELLS: Final = 10
GOALS: Final = 2
_NULL: Final = "\x01"
_CHINA: Final = timezone(timedelta(hours=8))


def moment_of_lot(lot: Lot) -> datetime:
    """When a lot was taken in: one after the other from the 20th of December before its year on."""
    return datetime(lot.year - 1, 12, 29, 9, tzinfo=_CHINA) + timedelta(seconds=30 * lot.place)


def has_document(plan: Plan, lot: Lot, part: float) -> bool:
    """Whether the lot came in as a document that is kept: that part of them did."""
    return mixed(plan.seed, 9, lot.place, lot.year) < part * 2**64


def load(share: Share) -> int:
    """Store the blocks of a share. How many projects they had."""
    done = 0
    for nth, lots in enumerate(blocks(share.plan.lots, share.block)):
        if nth % share.of == share.nth:
            done += _store(share, lots)
    return done


def blocks(lots: Iterable[Lot], size: int) -> Iterator[list[Lot]]:
    """Lots that follow one another, at least ``size`` projects together."""
    block: list[Lot] = []
    count = 0
    for lot in lots:
        block.append(lot)
        count += lot.size
        if count >= size:
            yield block
            block, count = [], 0
    if block:
        yield block


@transaction.atomic
def _store(share: Share, lots: Sequence[Lot]) -> int:
    drafts: list[tuple[int, Lot, ProjectDraft]] = []
    documents: list[Imported] = []
    for lot in lots:
        made: list[ProjectDraft] = list(drafts_of(share.plan, lot, share.indicators))
        if has_document(share.plan, lot, share.documents):
            made, rows = imported(lot, made, moment_of_lot(lot))
            documents.append(rows)
        drafts += ((lot.first + nth, lot, draft) for nth, draft in enumerate(made, start=1))
    _copy_documents(documents)
    _copy(Project, (*PROJECT_FIELDS, "created_at", "updated_at"), (_project_row(share.plan, *one) for one in drafts))
    _copy(Funding, ("id", *FUNDING_FIELDS), _numbered(drafts, FUNDING_CELLS, funding_rows))
    _copy(Goal, ("id", *GOAL_FIELDS), _numbered(drafts, GOALS, goal_rows))
    _copy(Indicator, ("id", *INDICATOR_FIELDS), _numbered(drafts, share.indicators, indicator_rows))
    _copy(SourceRecord, RECORD_FIELDS, chain.from_iterable(one.records for one in documents))
    return len(drafts)


def _copy_documents(documents: Sequence[Imported]) -> None:
    if documents:
        _copy(SourceDocument, DOCUMENT_FIELDS, (one.document for one in documents))
        _copy(ImportRun, RUN_FIELDS, (one.run for one in documents))
        with connection.cursor() as cursor, cursor.cursor.copy(_statement(SourceContent, CONTENT_FIELDS)) as copy:
            for one in documents:
                copy.write_row(one.content)


def _numbered(drafts: Iterable[tuple[int, Lot, ProjectDraft]], most: int, rows: Any) -> Iterator[tuple[Any, ...]]:
    """The rows that an import makes, with keys that follow from the project's."""
    for project, _, draft in drafts:
        for key, row in enumerate(rows(project, draft), start=(project - 1) * most + 1):
            yield (key, *row)


def _project_row(plan: Plan, project: int, lot: Lot, draft: ProjectDraft) -> tuple[Any, ...]:
    """As `imports.applying` makes it, with the moment of the import."""
    department, _ = plan.departments[lot.place, int(draft.department_code or 0) - 101]
    period, at = draft.funding["period"].total if draft.funding else None, moment_of_lot(lot)
    return (
        project, draft.region_code, draft.year, draft.serial, draft.name, department, draft.department_name,
        draft.department_code, "", draft.implementing_unit, draft.attribute, draft.duration, draft.amount.yuan,
        draft.amount.printed, period and period.yuan, period and period.printed, draft.funding is not None,
        draft.printed_unit, draft.basis, draft.content, draft.overview, draft.necessity, draft.safeguards, draft.plan,
        draft.contact_lead, draft.contact_handler, draft.contact_phone, moment_of(draft.filed_at), at, at,
    )  # fmt: skip


def _copy(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY lines. What would have to be escaped is refused, since nothing made here has it."""
    lines = [
        "\t".join([value if value.__class__ is str else _NULL if value is None else str(value) for value in row])
        for row in rows
    ]
    text = "\n".join(lines)
    if "\\" in text or text.count("\t") != len(lines) * (len(fields) - 1) or text.count("\n") != max(len(lines) - 1, 0):
        raise RuntimeError(f"a value of {model.__name__} would have to be escaped")
    with connection.cursor() as cursor, cursor.cursor.copy(_statement(model, fields, null=_NULL)) as copy:
        copy.write(text + "\n" if lines else "")


def _statement(model: type[models.Model], fields: Sequence[str], null: str | None = None) -> sql.Composed:
    columns = sql.SQL(", ").join([sql.Identifier(_column(model, name)) for name in fields])
    ending = sql.SQL(" (NULL {})").format(sql.Literal(null)) if null else sql.SQL("")
    return sql.SQL("COPY {} ({}) FROM STDIN{}").format(sql.Identifier(model._meta.db_table), columns, ending)


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field) or field.column is None:
        raise TypeError(f"{name} is no column of {model.__name__}")
    return field.column
