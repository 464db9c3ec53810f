"""The history of everything that was stored, in the form in which the triggers write it (ADR 9), a statement a table.

Triggers would write the same rows, an insert a row, but while the indexes are there and by one process at a time.
Numbers of events follow from the projects': each project's stand together, in the order in which an import writes them.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connection, models
from psycopg import sql

from benchmarks.generating.loading import FUNDING_CELLS, GOALS
from indicators.models import Goal, GoalEvent, Indicator, IndicatorEvent
from projects.models import Department, DepartmentEvent, Funding, FundingEvent, Project, ProjectEvent

ORIGIN: Final = "generating_origin"
"""A table of this module's own: each project's group of changes, and when it was taken in."""
PAIRS: Final[tuple[tuple[Any, Any], ...]] = (
    (Indicator, IndicatorEvent), (Funding, FundingEvent), (Project, ProjectEvent), (Goal, GoalEvent),
)  # fmt: skip


def write_events(tracked: type[models.Model], event: Any, departments: int, indicators: int) -> None:
    """One event of insertion for every row of a table."""
    project = sql.SQL("s.id" if tracked is Project else "s.project_id")
    _insert(
        event, tracked, _number(tracked, departments, indicators),
        sql.SQL("JOIN {} o ON o.project_id = {}").format(sql.Identifier(ORIGIN), project),
    )  # fmt: skip


def write_department_events() -> None:
    """Departments came in with the first project that they have."""
    _insert(
        DepartmentEvent, Department, sql.SQL("s.id"),
        sql.SQL(
            "JOIN (SELECT department_id, min(id) AS first FROM projects_project GROUP BY 1) f ON f.department_id = s.id"
            " JOIN {} o ON o.project_id = f.first"
        ).format(sql.Identifier(ORIGIN)),
    )  # fmt: skip


def last_event(departments: int, projects: int, indicators: int) -> int:
    """A number that no event is above."""
    return departments + projects * _stride(indicators)


def _stride(indicators: int) -> int:
    return 1 + FUNDING_CELLS + GOALS + indicators


def _number(tracked: type[models.Model], departments: int, indicators: int) -> sql.Composed:
    """The event's number: departments first, then projects one after the other, each with its parts."""
    before, each, column = {
        Project: (1, 1, "id"),
        Funding: (2, FUNDING_CELLS, "project_id"),
        Goal: (2 + FUNDING_CELLS, GOALS, "project_id"),
        Indicator: (2 + FUNDING_CELLS + GOALS, indicators, "project_id"),
    }[tracked]
    return sql.SQL("{} + (s.{} - 1) * {} + {} + (s.id - 1) % {}").format(
        departments, sql.Identifier(column), _stride(indicators), before, each
    )


def _insert(event: Any, tracked: type[models.Model], number: sql.Composable, join: sql.Composable) -> None:
    own = {
        "pgh_id": number, "pgh_created_at": sql.SQL("o.moment"), "pgh_label": sql.Literal("insert"),
        "pgh_obj_id": sql.SQL("s.id"), "pgh_context_id": sql.SQL("o.context"),
    }  # fmt: skip
    columns = [field.column for field in event._meta.concrete_fields]
    values = [own.get(column, sql.SQL("s.{}").format(sql.Identifier(column))) for column in columns]
    statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} s {}").format(
        sql.Identifier(event._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(values), sql.Identifier(tracked._meta.db_table), join,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement)
