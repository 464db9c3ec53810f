"""Regions, departments with their printed names, and the groups of changes to which everything belongs."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from benchmarks.generating.draws import mixed
from benchmarks.generating.events import ORIGIN
from benchmarks.generating.loading import has_document, moment_of_lot
from benchmarks.generating.plan import Lot, Plan
from benchmarks.generating.rows import body_code, body_name
from perfgoals.bulk import copy_into
from projects.models import Department, DepartmentName, Region
from projects.regions import RegionRef, region_by_code


def store_country(plan: Plan) -> None:
    """Regions that have projects with the divisions above them, and the bodies that have projects."""
    known: dict[str, RegionRef] = {}
    for place in sorted({lot.place for lot in plan.lots}):
        _add_with_above(plan.regions[place], known)
    regions = [
        Region(code=one.code, name=one.name, short_name=one.short_name, parent_id=one.parent) for one in known.values()
    ]
    Region.objects.bulk_create(regions, batch_size=1000, ignore_conflicts=True)
    bodies = [(number, plan.regions[place], body) for (place, body), (number, _) in plan.departments.items()]
    copy_into(
        Department, ("id", "region", "name", "code"),
        ((number, region.code, body_name(region, body), body_code(body)) for number, region, body in bodies),
    )  # fmt: skip
    copy_into(
        DepartmentName, ("id", "department", "region", "printed", "section"),
        ((number, number, region.code, body_name(region, body), "") for number, region, body in bodies),
    )  # fmt: skip


def _add_with_above(region: RegionRef, known: dict[str, RegionRef]) -> None:
    above = region_by_code(region.parent) if region.parent else None
    if above and above.code not in known:
        _add_with_above(above, known)
    known.setdefault(region.code, region)


def store_groups(plan: Plan, documents: float) -> None:
    """A group of changes for every lot: the import of its document, or whoever entered what has none."""
    _copy("pghistory_context", ("id", "created_at", "updated_at", "metadata"), _groups(plan, documents))
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE UNLOGGED TABLE {ORIGIN} (project_id bigint, context uuid, moment timestamptz)"
        )  # fmt: skip
    _copy(ORIGIN, ("project_id", "context", "moment"), _origins(plan))


def _groups(plan: Plan, documents: float) -> Iterator[tuple[Any, ...]]:
    for lot in plan.lots:
        moment, run = moment_of_lot(lot), {"run": lot.number + 1}
        facts = {"action": "import", **run} if has_document(plan, lot, documents) else {"action": "create"}
        yield group_of(plan, lot), moment, moment, Jsonb(facts)


def _origins(plan: Plan) -> Iterator[tuple[Any, ...]]:
    for lot in plan.lots:
        group, moment = group_of(plan, lot), moment_of_lot(lot)
        for project in range(lot.first + 1, lot.first + lot.size + 1):
            yield project, group, moment


def group_of(plan: Plan, lot: Lot) -> uuid.UUID:
    """The number of a lot's group of changes."""
    high, low = (mixed(plan.seed, part, lot.place, lot.year) for part in (10, 11))
    return uuid.UUID(int=high << 64 | low, version=4)


def _copy(table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
