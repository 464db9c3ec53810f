"""One plan → the database: new projects by COPY, changed ones fact by fact, and every filing as a source record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from django.db.models import Q
from psycopg.types.json import Jsonb

from imports.documents import Documents
from imports.drafts import SCOPES, SOURCES, Amount, ProjectDraft
from imports.facts import ORDER, TABLE, IndicatorKey, Key, is_funding
from imports.models import ImportRun, Outcome, SourceRecord
from imports.planning import Planned, identity
from imports.restating import moment, positions, restated
from indicators.models import Goal, Indicator
from indicators.state import State, load_states, write_states
from perfgoals.bulk import copy_into, reserve_ids
from projects.models import Funding, Project
from projects.texts import written_once

PROJECT_FIELDS: Final = (
    "id", "region", "year", "serial", "name", "department", "department_printed", "department_code", "section",
    "implementing_unit", "attribute", "duration", "amount", "amount_printed", "period_amount", "period_amount_printed",
    "has_funding_table", "printed_unit", "basis", "content", "overview", "necessity", "safeguards", "plan",
    "contact_lead", "contact_handler", "contact_phone", "filed_at",
)  # fmt: skip
FUNDING_FIELDS: Final = ("project", "scope", "source", "amount", "printed")
GOAL_FIELDS: Final = ("project", "scope", "text")
INDICATOR_FIELDS: Final = (
    "project", "scope", "position", "category", "level2_label", "name", "value", "operator", "number", "unit",
)  # fmt: skip
RECORD_FIELDS: Final = (
    "run", "document", "project", "first_line", "last_line", "lines", "outcome", "is_current", "identity", "draft",
)  # fmt: skip
FILLED: Final = (Project, Funding, Goal, Indicator, SourceRecord)
"""The tables that new projects fill."""
_Place = tuple[int, int | None, int | None]
"""Project, document and first line: where a record was taken from."""


def apply(batch: Sequence[Planned], run: ImportRun, documents: Documents, *, dry_run: bool) -> int:
    """Store a batch; how many projects are new. Must run inside the transaction of its run; nothing here commits.

    Of a dry run, which is rolled back, everything that could be refused is stored as well.
    """
    new = [planned for planned in batch if planned.outcome is Outcome.CREATED]
    _create(new, dry_run=dry_run)
    _change(batch)
    _record(batch, run, documents)
    return len(new)


def _create(batch: Sequence[Planned], *, dry_run: bool) -> None:
    for planned, pk in zip(batch, reserve_ids(Project, len(batch)), strict=True):
        planned.project = Project(pk=pk)
    with written_once([_pk(planned) for planned in batch], never=dry_run):
        copy_into(Project, PROJECT_FIELDS, map(_project_row, batch))
        copy_into(Funding, FUNDING_FIELDS, _rows(batch, funding_rows))
        copy_into(Goal, GOAL_FIELDS, _rows(batch, goal_rows))
        copy_into(Indicator, INDICATOR_FIELDS, _rows(batch, indicator_rows))


def _rows(
    batch: Iterable[Planned], rows: Callable[[int, ProjectDraft], Iterable[tuple[Any, ...]]]
) -> Iterator[tuple[Any, ...]]:
    for planned in batch:
        yield from rows(_pk(planned), planned.filing.draft)


def _pk(planned: Planned) -> int:
    if planned.project is None:  # pragma: no cover - created just before, or found by the plan
        raise RuntimeError("a planned filing has no project")
    return planned.project.pk


def _project_row(planned: Planned) -> tuple[Any, ...]:
    draft = planned.filing.draft
    department = planned.place.department
    period = draft.funding["period"].total if draft.funding else Amount(None, None)
    return (
        _pk(planned), draft.region_code, draft.year, draft.serial, draft.name, department.pk if department else None,
        draft.department_name, draft.department_code, planned.place.section, draft.implementing_unit, draft.attribute,
        draft.duration, draft.amount.yuan, draft.amount.printed, period.yuan, period.printed,
        draft.funding is not None, draft.printed_unit, draft.basis, draft.content, draft.overview, draft.necessity,
        draft.safeguards, draft.plan, draft.contact_lead, draft.contact_handler, draft.contact_phone,
        moment(draft.filed_at),
    )  # fmt: skip


def funding_rows(project: int, draft: ProjectDraft) -> Iterator[tuple[Any, ...]]:
    """Rows of the funding table, blank cells included; none where the source has no table."""
    for scope in SCOPES if draft.funding else ():
        cells = draft.funding[scope].sources  # type: ignore[index]  # guarded by the line above
        for code in SOURCES:
            cell = cells.get(code, Amount(None, None))
            yield (project, scope, code, cell.yuan, cell.printed)


def goal_rows(project: int, draft: ProjectDraft) -> Iterator[tuple[Any, ...]]:
    """Rows of the goals that the source has."""
    if draft.goal_period is not None:
        yield (project, "period", draft.goal_period)
    if draft.goal_annual is not None:
        yield (project, "annual", draft.goal_annual)


def indicator_rows(project: int, draft: ProjectDraft) -> Iterator[tuple[Any, ...]]:
    """Rows of the indicator table."""
    for position, indicator in zip(draft.rows or positions(draft.indicators), draft.indicators, strict=True):
        yield (
            project, indicator.scope, position, indicator.category, indicator.level2, indicator.level3,
            indicator.value, indicator.operator, indicator.number, indicator.unit,
        )  # fmt: skip


def _change(batch: Iterable[Planned]) -> None:
    """Write the changed facts of existing projects; facts that did not change are not touched."""
    changed = [planned for planned in batch if planned.merge.changes]
    states = load_states([_pk(planned) for planned in changed]) if changed else {}
    write_states({_pk(planned): (states[_pk(planned)], _wanted(planned, states[_pk(planned)])) for planned in changed})


def _wanted(planned: Planned, current: State) -> State:
    keys = _changed_keys(planned)
    moves = any(isinstance(key, IndicatorKey) or key == ORDER for key in keys)
    return restated(current, planned.filing.draft, planned.place, keys, in_source_order=moves)


def _changed_keys(planned: Planned) -> set[Key]:
    keys = {change.key for change in planned.merge.changes}
    if planned.filing.draft.funding is None and any(map(is_funding, keys)):
        kept = {change.key for change in planned.merge.kept}
        return keys if any(map(is_funding, kept)) else {*keys, TABLE}
    return keys


def _record(batch: Sequence[Planned], run: ImportRun, documents: Documents) -> None:
    """Keep every filing of the batch; the one that counts becomes the project's current one."""
    known = _known_records(batch, documents)
    met: list[SourceRecord] = []
    # By place, since an interchange file may cite one place for one project twice; the filing that counts comes last.
    rows: dict[_Place, tuple[Any, ...]] = {}
    for planned in batch:
        for draft in (*(other for _, other in planned.filing.others), planned.filing.draft):
            current = draft is planned.filing.draft and not planned.superseded
            place = (_pk(planned), *_origin(draft, documents))
            if record := known.get(place):
                record.is_current = current
                _restate(record, draft, documents)
                met.append(record)
            else:
                rows[place] = _record_row(planned, draft, current, run, documents)
    # Old current records step back before new ones step in: one current record a project is a constraint.
    replaced = [_pk(p) for p in batch if p.outcome is not Outcome.CREATED and not p.superseded]
    SourceRecord.objects.filter(project__in=replaced, is_current=True).update(is_current=False)
    SourceRecord.objects.bulk_update(met, ["draft", "identity", "is_current"], batch_size=500)
    copy_into(SourceRecord, RECORD_FIELDS, rows.values())


def _restate(record: SourceRecord, draft: ProjectDraft, documents: Documents) -> None:
    """Keep what the place states now, as a better reader may read more. What an interchange file says about a place
    never replaces what was read there: it may carry people's edits, and those are told by the difference."""
    if documents.cites and record.run.document_id == record.document_id:
        return
    record.draft, record.identity = msgspec.to_builtins(draft), identity(draft)


def _known_records(batch: Sequence[Planned], documents: Documents) -> dict[_Place, SourceRecord]:
    """Records that an earlier run took from the same places of the same documents."""
    existing = [planned for planned in batch if planned.outcome is not Outcome.CREATED]
    drafts = [draft for p in existing for draft in (p.filing.draft, *(other for _, other in p.filing.others))]
    origins = {_origin(draft, documents)[0] for draft in drafts}
    same = Q(document__in=origins - {None}) | Q(document=None) if None in origins else Q(document__in=origins)
    records = SourceRecord.objects.filter(same, project__in=[_pk(planned) for planned in existing])
    # A run's report is as long as its file, and would be read for each of its records.
    records = records.select_related("run").defer("run__report", "run__options") if existing else records.none()
    return {(record.project_id, record.document_id, record.first_line): record for record in records}


def _origin(draft: ProjectDraft, documents: Documents) -> tuple[int | None, int | None]:
    document = documents.of(draft)
    return (document.pk, draft.first_line) if document else (None, None)


def _record_row(
    planned: Planned, draft: ProjectDraft, current: bool, run: ImportRun, documents: Documents
) -> tuple[Any, ...]:
    document, first_line = _origin(draft, documents)
    last_line = draft.last_line if document else None
    lines = draft.lines or ([(draft.first_line, draft.last_line)] if document else [])
    outcome = planned.outcome if draft is planned.filing.draft else Outcome.DUPLICATE
    return (
        run.pk, document, _pk(planned), first_line, last_line, Jsonb(lines), outcome.value, current, identity(draft),
        Jsonb(draft, dumps=msgspec.json.encode),
    )  # fmt: skip
