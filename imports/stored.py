"""Stored projects as drafts: the database's side of a comparison, and what an export writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from imports.drafts import SCOPES, Amount, FundingDraft, IndicatorDraft, ProjectDraft, Scope
from imports.models import SourceRecord
from indicators.categories import level1_name
from indicators.models import Indicator
from projects.models import Project

BATCH = 500


def with_parts(projects: QuerySet[Project]) -> QuerySet[Project]:
    """The projects with everything that a draft is made of, in a handful of queries."""
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


def stored_drafts(ids: Sequence[int]) -> Iterator[tuple[Project, ProjectDraft]]:
    """The projects with these ids in the order given, each with its draft; memory holds one batch at a time."""
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = with_parts(Project.objects.all()).in_bulk(batch)
        for pk in batch:
            yield found[pk], draft_of(found[pk])


def draft_of(project: Project) -> ProjectDraft:
    """A project fetched by `with_parts` as a draft."""
    goals = {goal.scope: goal.text for goal in project.goals.all()}
    record = current_record(project)
    return ProjectDraft(
        region_code=project.region_id,
        region_name=project.region.name,
        year=project.year,
        name=project.name,
        first_line=(record and record.first_line) or 1,
        last_line=(record and record.last_line) or 1,
        serial=project.serial,
        department_code=project.department_code,
        department_name=_department_name(project),
        department_body=project.department.name if project.department else None,
        implementing_unit=project.implementing_unit,
        attribute=project.attribute,
        duration=project.duration,
        amount=Amount(project.amount, project.amount_printed),
        printed_unit=project.printed_unit,
        funding=_funding(project) if project.has_funding_table else None,
        basis=project.basis,
        content=project.content,
        overview=project.overview,
        necessity=project.necessity,
        safeguards=project.safeguards,
        plan=project.plan,
        goal_period=goals.get("period"),
        goal_annual=goals.get("annual"),
        indicators=[indicator_draft(indicator) for indicator in project.indicators.all()],
        filed_at=local_time(project.filed_at),
        contact_lead=project.contact_lead,
        contact_handler=project.contact_handler,
        contact_phone=project.contact_phone,
        source_document=record.document.name if record and record.document else None,
        source_sha256=record.document.sha256 if record and record.document else None,
    )


def current_record(project: Project) -> SourceRecord | None:
    """The filing that the project's facts come from, of a project fetched by `with_parts`."""
    records: list[SourceRecord] = project.current_records  # type: ignore[attr-defined]  # set by the prefetch
    return records[0] if records else None


def indicator_draft(indicator: Indicator) -> IndicatorDraft:
    """A stored indicator as a draft."""
    scope: Scope = "period" if indicator.scope == "period" else "annual"
    return IndicatorDraft(
        scope, level1_name(indicator.category_id), indicator.level2_label, indicator.category_id,
        indicator.name, indicator.value, indicator.operator, indicator.number, indicator.unit,
    )  # fmt: skip


def local_time(moment: datetime | None) -> datetime | None:
    """A stored moment as local time without zone, as forms print it."""
    return None if moment is None else timezone.localtime(moment).replace(tzinfo=None)


def _department_name(project: Project) -> str | None:
    """The printed name; a project that no source printed has its department's own."""
    if project.department_printed is not None or project.department is None:
        return project.department_printed
    return project.department.name


def _funding(project: Project) -> dict[Scope, FundingDraft]:
    columns: dict[Scope, FundingDraft] = {
        "period": FundingDraft(Amount(project.period_amount, project.period_amount_printed)),
        "annual": FundingDraft(Amount(project.amount, project.amount_printed)),
    }
    for cell in project.funding.all():
        for scope in SCOPES:
            if cell.scope == scope:
                columns[scope].sources[cell.source_id] = Amount(cell.amount, cell.printed)
    return columns
