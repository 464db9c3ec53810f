"""Stored projects as drafts: the database's side of a comparison, and what an export writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple, cast

import msgspec
from django.db.models import Prefetch, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from imports.drafts import Amount, FundingDraft, IndicatorDraft, ProjectDraft, Scope
from imports.models import SourceRecord
from indicators.categories import level1_name
from indicators.models import Goal, Indicator
from projects.models import Department, Funding, Project, Region

BATCH = 500
_STATED: Final = msgspec.json.Decoder(ProjectDraft)
_INDICATOR: Final = ("scope", "level2_label", "category_id", "name", "value", "operator", "number", "unit")


class Filed(NamedTuple):
    """Where a project's facts come from: its current record, and the document of it (``None`` for an interchange file)."""

    document: str | None
    sha256: str | None
    first_line: int | None
    last_line: int | None
    stated: ProjectDraft | None
    """What that record states, where it was asked for."""


@dataclass(slots=True)
class Stored:
    """A project with its draft and what it was last filed as; ``None`` for one that was entered by hand."""

    project: Project
    department: Department | None
    draft: ProjectDraft
    filed: Filed | None


@dataclass(slots=True)
class _Parts:
    funding: list[tuple[str, str, Amount]] = field(default_factory=list)
    goals: dict[str, str] = field(default_factory=dict)
    indicators: list[IndicatorDraft] = field(default_factory=list)


def load_stored(projects: QuerySet[Project], *, stated: bool = False) -> list[Stored]:
    """The projects of a query in its order with their drafts and, if asked for, what their sources state.

    In seven statements. Rows are read as they are: of thousands of projects, objects for each cell, indicator and department
    would take longer than everything else that is done with them.
    """
    found = list(projects)
    numbers = [project.pk for project in found]
    filed, parts = _filed(numbers, stated=stated), _parts(numbers)
    regions = Region.objects.in_bulk({project.region_id for project in found})
    departments = Department.objects.in_bulk({project.department_id for project in found} - {None})

    def one(project: Project) -> Stored:
        department = departments.get(project.department_id or 0)
        own = filed.get(project.pk)
        draft = _draft(project, regions[project.region_id], department, parts[project.pk], own)
        return Stored(project, department, draft, own)

    return [one(project) for project in found]


def stored_drafts(ids: Sequence[int]) -> Iterator[tuple[Project, ProjectDraft]]:
    """The projects with these ids in the order given, each with its draft; memory holds one batch at a time."""
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = {one.project.pk: one for one in load_stored(Project.objects.filter(pk__in=batch).order_by())}
        for pk in batch:
            yield found[pk].project, found[pk].draft


def with_parts(projects: QuerySet[Project]) -> QuerySet[Project]:
    """The projects as `draft_of` and `current_record` want them, in a handful of queries; for a page's few."""
    return projects.select_related("region", "department").prefetch_related(
        "funding",
        "goals",
        Prefetch("indicators", Indicator.objects.order_by("position", "-scope")),
        Prefetch(
            "source_records",
            SourceRecord.objects.filter(is_current=True).select_related("document"),
            to_attr="current_records",
        ),
    )


def draft_of(project: Project) -> ProjectDraft:
    """A project fetched by `with_parts` as a draft."""
    record = current_record(project)
    parts = _Parts(
        [(cell.scope, cell.source_id, Amount(cell.amount, cell.printed)) for cell in project.funding.all()],
        {goal.scope: goal.text for goal in project.goals.all()},
        [indicator_draft(indicator) for indicator in project.indicators.all()],
    )
    return _draft(project, project.region, project.department, parts, _place(record) if record else None)


def current_record(project: Project) -> SourceRecord | None:
    """The filing that the project's facts come from, of a project fetched by `with_parts`."""
    records: list[SourceRecord] = project.current_records  # type: ignore[attr-defined]  # set by the prefetch
    return records[0] if records else None


def indicator_draft(indicator: Indicator) -> IndicatorDraft:
    """A stored indicator as a draft."""
    return _indicator(*(getattr(indicator, name) for name in _INDICATOR))


def local_time(moment: datetime | None) -> datetime | None:
    """A stored moment as local time without zone, as forms print it."""
    return None if moment is None else timezone.localtime(moment).replace(tzinfo=None)


def _place(record: SourceRecord) -> Filed:
    name, sha256 = (record.document.name, record.document.sha256) if record.document else (None, None)
    return Filed(name, sha256, record.first_line, record.last_line, None)


def _filed(numbers: Collection[int], *, stated: bool) -> dict[int, Filed]:
    # As text, which is decoded to drafts at once.
    draft = Cast("draft" if stated else Value(None), TextField())
    records = SourceRecord.objects.filter(project__in=numbers, is_current=True).order_by()
    rows = records.values_list("project_id", "document__name", "document__sha256", "first_line", "last_line", draft)
    return {
        pk: Filed(name, sha256, first, last, None if text is None else _STATED.decode(text))
        for pk, name, sha256, first, last, text in rows
    }


def _parts(numbers: Collection[int]) -> dict[int, _Parts]:
    parts: dict[int, _Parts] = defaultdict(_Parts)
    cells = Funding.objects.filter(project__in=numbers).order_by()
    for pk, scope, source, yuan, text in cells.values_list("project_id", "scope", "source_id", "amount", "printed"):
        parts[pk].funding.append((scope, source, Amount(yuan, text)))
    goals = Goal.objects.filter(project__in=numbers).order_by()
    for pk, scope, text in goals.values_list("project_id", "scope", "text"):
        parts[pk].goals[scope] = text
    indicators = Indicator.objects.filter(project__in=numbers).order_by("position", "-scope")
    for pk, *row in indicators.values_list("project_id", *_INDICATOR):
        parts[pk].indicators.append(_indicator(*row))
    return parts


def _indicator(scope: str, label: str, category: str, *target: Any) -> IndicatorDraft:
    return IndicatorDraft(cast("Scope", scope), level1_name(category), label, category, *target)


def _draft(
    project: Project, region: Region, department: Department | None, parts: _Parts, filed: Filed | None
) -> ProjectDraft:
    return ProjectDraft(
        region_code=project.region_id,
        region_name=region.name,
        year=project.year,
        name=project.name,
        first_line=(filed and filed.first_line) or 1,
        last_line=(filed and filed.last_line) or 1,
        serial=project.serial,
        department_code=project.department_code,
        department_name=_department_name(project, department),
        department_body=department.name if department else None,
        implementing_unit=project.implementing_unit,
        attribute=project.attribute,
        duration=project.duration,
        amount=Amount(project.amount, project.amount_printed),
        printed_unit=project.printed_unit,
        funding=_funding(project, parts) if project.has_funding_table else None,
        basis=project.basis,
        content=project.content,
        overview=project.overview,
        necessity=project.necessity,
        safeguards=project.safeguards,
        plan=project.plan,
        goal_period=parts.goals.get("period"),
        goal_annual=parts.goals.get("annual"),
        indicators=parts.indicators,
        filed_at=local_time(project.filed_at),
        contact_lead=project.contact_lead,
        contact_handler=project.contact_handler,
        contact_phone=project.contact_phone,
        source_document=filed and filed.document,
        source_sha256=filed and filed.sha256,
    )


def _department_name(project: Project, department: Department | None) -> str | None:
    """The printed name; a project that no source printed has its department's own."""
    if project.department_printed is not None or department is None:
        return project.department_printed
    return department.name


def _funding(project: Project, parts: _Parts) -> dict[Scope, FundingDraft]:
    columns: dict[Scope, FundingDraft] = {
        "period": FundingDraft(Amount(project.period_amount, project.period_amount_printed)),
        "annual": FundingDraft(Amount(project.amount, project.amount_printed)),
    }
    for scope, source, amount in parts.funding:
        columns[cast("Scope", scope)].sources[source] = amount
    return columns
