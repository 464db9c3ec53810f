"""Sums counted from the tallies of some projects: one narrow row each, whatever a table is totalled by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection

from perfgoals.prepared import as_array
from projects.querysets import ProjectQuerySet
from projects.rollups.parts import EVERY, Condition, Part
from projects.rollups.reading import Group, Values

OWN: Final = frozenset({"region", "own", "year", "attribute", "archived"})
"""Filters by what tallies have themselves."""
_COLUMNS: Final = {
    "top": "tally.top", "region": "tally.region", "department": "coalesce(nullif(tally.department, 0)::text, 'none')",
    "section": "coalesce(nullif(tally.section, ''), 'none')", "attribute": "tally.attribute", "year": "tally.year::text",
    "source": "source.code", "category": "class.code",
}  # fmt: skip
_SOURCES: Final = """
    CROSS JOIN LATERAL (
        SELECT '' AS code, 1 AS counted, tally.amount AS annual, tally.period_amount AS period
        UNION ALL SELECT code, coalesce(annual > 0, false)::integer, annual, period
            FROM unnest(tally.sources, tally.annual_money, tally.period_money) AS own (code, annual, period)
        UNION ALL SELECT 'none', 1, NULL, NULL WHERE tally.is_unlisted
    ) source
"""
_NO_SOURCES: Final = """
    CROSS JOIN LATERAL (SELECT 1 AS counted, tally.amount AS annual, tally.period_amount AS period) source
"""
_CLASSES: Final = """
    CROSS JOIN LATERAL (
        SELECT '' AS code, tally.indicators AS number
        UNION ALL SELECT code, number FROM unnest(tally.classes, tally.class_numbers) AS own (code, number)
        UNION ALL SELECT 'none', 0 WHERE tally.indicators = 0
    ) class
"""
_NO_CLASSES: Final = "CROSS JOIN LATERAL (SELECT tally.indicators AS number) class"


def counted_groups(
    projects: ProjectQuerySet, dimensions: Collection[str], part: Part = EVERY
) -> list[tuple[Values, Group]]:
    """The sums of some projects, grouped by the dimensions, as `projects.rollups.reading.kept_groups` gives them."""
    try:
        found, values = projects.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    return _counted(list(dimensions), (f"tally.project_id IN ({found})", values), *part.of_tallies())


def counted_among(
    numbers: Collection[int], dimensions: Collection[str], part: Part = EVERY
) -> list[tuple[Values, Group]]:
    """The same of the projects with some numbers: their tallies are met in the order of the numbers."""
    own = ("tally.project_id = ANY(%s::bigint[])", (as_array(numbers),))
    return _counted(list(dimensions), own, *part.of_tallies())


def counted_by_tally(
    asked: Mapping[str, Any], regions: Collection[str] | None, dimensions: Collection[str], *also: Condition
) -> list[tuple[Values, Group]]:
    """The same of all projects by region (the codes of those meant; ``None``: all), year, kind and archive, which tallies
    have themselves: no project is read. ``also`` are conditions on ``tally.project_id``."""
    conditions: dict[str, Any] = {name: asked[name] for name in ("year", "attribute") if name in asked}
    if asked.get("archived") != "all":
        conditions["is_archived"] = asked.get("archived") == "only"
    own: list[Condition] = [(f"tally.{name} = %s", (value,)) for name, value in conditions.items()]
    if regions is not None:
        own.append(("tally.region = ANY(%s)", (list(regions),)))
    return _counted(list(dimensions), *own, *also)


def _counted(names: list[str], *conditions: Condition) -> list[tuple[Values, Group]]:
    by = ", ".join(str(at) for at in range(1, len(names) + 1))
    # Every name is one of the columns above.
    statement = f"""
        SELECT {"".join(f"{_COLUMNS[name]}, " for name in names)} count(*), sum(source.counted), count(source.annual),
            sum(source.annual), count(source.period), sum(source.period), sum(source.counted * class.number)
        FROM projects_projecttally tally
        {_SOURCES if "source" in names else _NO_SOURCES} {_CLASSES if "category" in names else _NO_CLASSES}
        WHERE {" AND ".join(condition for condition, _ in conditions) or "true"}
        {f"GROUP BY {by}" if by else "HAVING count(*) > 0"}
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _, values in conditions for value in values])
        return [(row[: len(names)], Group.of(row[len(names) :])) for row in cursor.fetchall()]
