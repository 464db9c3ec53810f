"""One plan → the database: new projects by COPY, changed ones fact by fact, and every filing as a source record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from django.utils import timezone
from psycopg.types.json import Jsonb

from imports.documents import Documents
from imports.drafts import SCOPES, SOURCES, Amount, FundingDraft, IndicatorDraft, ProjectDraft
from imports.facts import ORDER, Change, IndicatorKey, keyed
from imports.models import ImportRun, Outcome, SourceRecord
from imports.planning import Planned, identity
from imports.stored import indicator_draft
from indicators.models import Goal, Indicator
from perfgoals.bulk import copy_into, reserve_ids
from projects.models import Funding, Project

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
_Place = tuple[int, int | None, int | None]
"""Project, document and first line: where a record was taken from."""


def apply(batch: Sequence[Planned], run: ImportRun, documents: Documents) -> None:
    """Store a batch. Must run inside the transaction of its run; nothing here commits."""
    new = [planned for planned in batch if planned.outcome is Outcome.CREATED]
    _create(new)
    for planned in batch:
        if planned.merge.changes:
            _change(planned)
    _record(batch, run, documents)


def _create(batch: Sequence[Planned]) -> None:
    for planned, pk in zip(batch, reserve_ids(Project, len(batch)), strict=True):
        planned.project = Project(pk=pk)
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
    for position, indicator in zip(positions(draft.indicators), draft.indicators, strict=True):
        yield (
            project, indicator.scope, position, indicator.category, indicator.level2, indicator.level3,
            indicator.value, indicator.operator, indicator.number, indicator.unit,
        )  # fmt: skip


def positions(indicators: Iterable[IndicatorDraft]) -> Iterator[int]:
    """The form's row of each indicator of a list in source order: a period half begins a row, the annual half that
    follows it directly shares it."""
    row, halves = 0, frozenset({"annual"})
    for indicator in indicators:
        if indicator.scope in halves or "annual" in halves:
            row, halves = row + 1, frozenset()
        halves |= {indicator.scope}
        yield row


def moment(local: datetime | None) -> datetime | None:
    """A form's local time as a moment."""
    return None if local is None else timezone.make_aware(local)


def _change(planned: Planned) -> None:
    """Write the changed facts of an existing project; facts that did not change are not touched."""
    project, draft, changes = planned.project, planned.filing.draft, planned.merge.changes
    if project is None:  # pragma: no cover - a plan with changes has a project
        return
    fields = {field for change in changes for field in _write(change, project, planned)}
    if draft.funding is None and any(map(_is_funding, changes)) and not any(map(_is_funding, planned.merge.kept)):
        Funding.objects.filter(project=project).delete()
        fields.update(_set(project, has_funding_table=False))
    if any(change.key == "printed_unit" for change in changes):
        fields.update(_write_printed_amounts(project, draft))
    project.updated_at = timezone.now()
    project.save(update_fields=[*fields, "updated_at"])
    if any(isinstance(change.key, IndicatorKey) or change.key == ORDER for change in changes):
        _change_indicators(project, draft, changes)


def _is_funding(change: Change) -> bool:
    return isinstance(change.key, str) and change.key.startswith("funding.")


def _write_printed_amounts(project: Project, draft: ProjectDraft) -> Iterator[str]:
    """Amounts that are the same yuan in another printed unit are printed otherwise: keep the new printing."""
    if project.amount == draft.amount.yuan:
        yield from _set(project, amount_printed=draft.amount.printed)
    for scope in SCOPES if draft.funding else ():
        column = draft.funding[scope]  # type: ignore[index]  # guarded by the line above
        if scope == "period" and project.period_amount == column.total.yuan:
            yield from _set(project, period_amount_printed=column.total.printed)
        for code, cell in column.sources.items():
            Funding.objects.filter(project=project, scope=scope, source=code, amount=cell.yuan).update(
                printed=cell.printed
            )


def _write(change: Change, project: Project, planned: Planned) -> Iterator[str]:
    """Write one fact; the project's own fields are set and named, to be saved together."""
    key, draft = change.key, planned.filing.draft
    if isinstance(key, IndicatorKey) or key == ORDER:
        return
    if key.startswith("funding."):
        yield from _write_funding(key, project, draft)
    elif key.startswith("goal_"):
        _write_goal(key.removeprefix("goal_"), project, change.new)
    elif key == "department":
        yield from _set(project, department=planned.place.department, section=planned.place.section)
    elif key == "department_name":
        yield from _set(project, department_printed=draft.department_name, section=planned.place.section)
    elif key == "amount":
        yield from _set(project, amount=draft.amount.yuan, amount_printed=draft.amount.printed)
    elif key == "filed_at":
        yield from _set(project, filed_at=moment(draft.filed_at))
    else:
        yield from _set(project, **{key: getattr(draft, key)})


def _set(project: Project, **values: Any) -> Iterator[str]:
    for name, value in values.items():
        setattr(project, name, value)
        yield name


def _write_funding(key: str, project: Project, draft: ProjectDraft) -> Iterator[str]:
    _, scope, code = key.split(".")
    column = draft.funding["period" if scope == "period" else "annual"] if draft.funding else FundingDraft()
    if draft.funding:
        yield from _set(project, has_funding_table=True)
    if code == "total":
        yield from _set(project, period_amount=column.total.yuan, period_amount_printed=column.total.printed)
        return
    cell = column.sources.get(code, Amount(None, None))
    Funding.objects.update_or_create(
        project=project, scope=scope, source_id=code, defaults={"amount": cell.yuan, "printed": cell.printed}
    )


def _write_goal(scope: str, project: Project, text: object) -> None:
    if text is None:
        Goal.objects.filter(project=project, scope=scope).delete()
    else:
        Goal.objects.update_or_create(project=project, scope=scope, defaults={"text": str(text)})


def _change_indicators(project: Project, draft: ProjectDraft, changes: Iterable[Change]) -> None:
    """Bring the tree to the source's order, with the changed facts applied; rows that people added come last."""
    changed = {change.key: change for change in changes}
    stored = list(project.indicators.all())
    rows = dict(zip((key for key, _ in keyed(map(indicator_draft, stored))), stored, strict=True))
    stated = dict(keyed(draft.indicators))
    kept: list[tuple[int, Indicator]] = []
    for position, (key, indicator) in zip(positions(draft.indicators), stated.items(), strict=True):
        row = rows.pop(key, None)
        if key in changed:
            row = _indicator(project, indicator, row)
        if row is not None:
            kept.append((position, row))
    last = max((position for position, _ in kept), default=0)
    removed = [row.pk for key, row in rows.items() if key in changed]
    kept += [(last + nth, row) for nth, row in enumerate((r for k, r in rows.items() if k not in changed), start=1)]
    Indicator.objects.filter(pk__in=removed).delete()
    for position, row in kept:
        row.position = position
        row.save()


def _indicator(project: Project, draft: IndicatorDraft, row: Indicator | None) -> Indicator:
    row = row or Indicator(project=project, scope=draft.scope, category_id=draft.category, name=draft.level3)
    row.level2_label, row.value = draft.level2, draft.value
    row.operator, row.number, row.unit = draft.operator, draft.number, draft.unit
    return row


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
    ids = {_origin(draft, documents)[0] for draft in drafts}
    records = SourceRecord.objects.filter(project__in=[_pk(planned) for planned in existing]).select_related("run")
    return {
        (record.project_id, record.document_id, record.first_line): record
        for record in (records if existing else ())
        if record.document_id in ids
    }


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
