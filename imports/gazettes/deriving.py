"""Plan projects and plan indicators of a table: what its rows say now, mended by people or not.

The same pure functions read a table that was just found and one that somebody mended, so that both give the same facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from imports.gazettes.bodies import Bodies, Regional
from imports.gazettes.models import (
    DocumentTable,
    PlanBody,
    PlanIndicator,
    PlanProject,
    PlanValue,
    TableKind,
    TableRow,
)
from imports.gazettes.renewing import take
from imports.layouts.gazette.drafts import PlanIndicatorDraft, PlanProjectDraft, RowDraft, TableDraft
from imports.layouts.gazette.plan_indicators import plan_indicators
from imports.layouts.gazette.plan_projects import plan_projects
from imports.layouts.gazette.responsible import responsible_bodies
from imports.layouts.gazette.years import plan_end, years_in
from perfgoals.bulk import copy_new

MOST_DIGITS: Final = Decimal(10) ** 18
"""Figures of this size and above are misreadings; as printed they stay."""


class TableOfRows(NamedTuple):
    """A stored table and its rows, by line."""

    table: DocumentTable
    rows: Sequence[TableRow]


def table_draft(table: DocumentTable, rows: Iterable[TableRow]) -> TableDraft:
    """A stored table as readers know one."""
    return TableDraft(
        caption=table.caption,
        caption_line=table.caption_line,
        kind=table.kind,  # type: ignore[arg-type]  # the database admits no other
        header=tuple(table.header),
        header_lines=list(table.header_lines),
        unit=table.unit or None,
        first_line=table.first_line,
        last_line=table.last_line,
        rows=[
            RowDraft(
                line=row.line,
                kind=row.kind,  # type: ignore[arg-type]  # the database admits no other
                printed=tuple(row.printed),
                cells=tuple(row.cells),
                filled=tuple(row.filled),
                group=row.group or None,
                mended=row.mended or None,
                damage=row.damage or None,
            )
            for row in rows
        ],
    )


def derive(tables: Sequence[TableOfRows], regional: Regional | None = None) -> None:
    """Let the plan projects and indicators of tables be what their rows say. Those that stay keep their numbers."""
    _store_projects([one for one in tables if one.table.kind == TableKind.PROJECTS], regional or Regional())
    _store_indicators([one for one in tables if one.table.kind == TableKind.INDICATORS])


def _store_projects(tables: Sequence[TableOfRows], regional: Regional) -> None:
    stored = PlanProject.objects.filter(table__in=[one.table for one in tables])
    known = {one.row_id: one for one in stored.prefetch_related("bodies")}
    former: dict[int, list[PlanBody]] = {one.pk: list(one.bodies.all()) for one in known.values()}
    new: list[PlanProject] = []
    read: list[tuple[PlanProject, Bodies]] = []
    for table, rows in tables:
        by_line = {row.line: row for row in rows}
        for draft in plan_projects(table_draft(table, rows)):
            row, values = by_line[draft.line], _project_values(draft)
            project = known.pop(row.pk, None)
            if project is None:
                project = PlanProject(row=row, table=table, document=table.document, **values)
                new.append(project)
            elif take(project, values):
                project.save()
            read.append((project, regional.of(table.document.region_id)))
    stored.filter(pk__in=[one.pk for one in known.values()]).delete()
    copy_new(new)
    copy_new([body for project, bodies in read for body in _bodies(project, former.get(project.pk, []), bodies)])


def _years(period: str) -> tuple[int | None, int | None]:
    """The first and last year of a printed period; “十四五”期间 is the five years of that plan."""
    if years := years_in(period):
        return min(years), max(years)
    end = plan_end(period)
    return (None, None) if end is None else (end - 4, end)


def _project_values(draft: PlanProjectDraft) -> dict[str, Any]:
    first, last = _years(draft.period or "")
    stated = draft.investment_in_text
    return {
        "serial": draft.serial or "", "category": draft.category or "", "name": draft.name,
        "content": draft.content or "", "investment": draft.investment.yuan,
        "investment_printed": draft.investment.printed or "", "investment_unit": draft.investment_unit or "",
        "investment_in_text": stated.yuan if stated else None,
        "investment_in_text_printed": (stated.printed or "") if stated else "", "location": draft.location or "",
        "period": draft.period or "", "first_year": first, "last_year": last,
        "responsible": draft.responsible or "", "other": draft.other,
        "damage": draft.damage or ("" if draft.name else "这一行没有项目名称"),
    }  # fmt: skip


def _bodies(project: PlanProject, former: Sequence[PlanBody], bodies: Bodies) -> list[PlanBody]:
    """The bodies of a project that are yet to be stored; those of another cell than now are taken away."""
    printed = [body.name for body in responsible_bodies(project.responsible)]
    if [body.printed for body in former] == printed:
        return []
    if former:
        project.bodies.all().delete()
    return [
        PlanBody(plan_project=project, position=position, printed=name, department=bodies.department(name))
        for position, name in enumerate(printed)
    ]


def _store_indicators(tables: Sequence[TableOfRows]) -> None:
    stored = PlanIndicator.objects.filter(table__in=[one.table for one in tables])
    known = {(one.row_id, one.position): one for one in stored.prefetch_related("values")}
    former: dict[int, list[PlanValue]] = {one.pk: list(one.values.all()) for one in known.values()}
    places: Counter[int] = Counter()
    new: list[PlanIndicator] = []
    read: list[tuple[PlanIndicator, PlanIndicatorDraft]] = []
    for table, rows in tables:
        by_line = {row.line: row for row in rows}
        for draft in plan_indicators(table_draft(table, rows), table.document.horizon):
            row, values = by_line[draft.line], _indicator_values(draft)
            position = places[row.pk]
            places[row.pk] += 1
            indicator = known.pop((row.pk, position), None)
            if indicator is None:
                indicator = PlanIndicator(row=row, position=position, table=table, document=table.document, **values)
                new.append(indicator)
            elif take(indicator, values):
                indicator.save()
            read.append((indicator, draft))
    stored.filter(pk__in=[one.pk for one in known.values()]).delete()
    copy_new(new)
    copy_new([value for one, draft in read for value in _values(one, former.get(one.pk, []), draft)])


def _indicator_values(draft: PlanIndicatorDraft) -> dict[str, Any]:
    return {
        "serial": draft.serial or "", "group": draft.group or "", "name": draft.name,
        "name_printed": draft.name_printed, "unit": draft.unit or "", "qualifier": draft.qualifier or "",
        "base_year": draft.base_year, "target_year": draft.target_year, "nature": draft.nature or "",
        "direction": draft.direction or "", "damage": draft.damage or "",
    }  # fmt: skip


def _values(indicator: PlanIndicator, former: Sequence[PlanValue], draft: PlanIndicatorDraft) -> list[PlanValue]:
    """The values of an indicator that are yet to be stored; former ones that differ are taken away."""
    stated = [
        PlanValue(
            indicator=indicator, position=position, label=value.label, year=value.year, printed=value.printed,
            operator=value.operator or "", number=storable(value.number),
        )
        for position, value in enumerate(draft.values)
    ]  # fmt: skip
    if list(map(_facts, former)) == list(map(_facts, stated)):
        return []
    if former:
        indicator.values.all().delete()
    return stated


def _facts(value: PlanValue) -> tuple[object, ...]:
    return value.label, value.year, value.printed, value.operator, value.number


def storable(number: Decimal | None) -> Decimal | None:
    """A number if the database can keep it exactly; otherwise it stays as printed only."""
    if number is None or not number.is_finite() or abs(number) >= MOST_DIGITS:
        return None
    kept = number.quantize(Decimal("0.000001"))
    return kept if kept == number else None
