"""What PostgreSQL does for the statements that the program runs, and a database with enough rows for it to matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import connection

MANY: Final = 100_000
"""Rows of each table that grows with the projects."""
LARGE: Final = (
    "projects_project", "projects_projecttext", "projects_projecttally", "projects_rollup", "projects_funding",
    "projects_department", "projects_projectevent", "indicators_indicator", "indicators_indicatorevent",
    "indicators_projectfinding", "imports_sourcerecord", "procrastinate_jobs",
)  # fmt: skip
"""The tables that hold so many."""

# Nothing is drawn: whatever a plan depends on is the same in every run.
_FILLING: Final = (
    "INSERT INTO projects_region (code, name, short_name) SELECT n::text, n || '县', n || '县' FROM generate_series(110000, 110999) n",
    "INSERT INTO projects_department (region_id, name) SELECT (110000 + n %% 1000)::text, '单位' || n FROM generate_series(1, %(many)s) n",
    """INSERT INTO projects_project (id, region_id, year, department_id, name, section, amount, serial, has_funding_table, printed_unit)
        SELECT n, (110000 + n %% 1000)::text, 2016 + n %% 10, n, '项目' || n, '', n %% 977, n %% 300, true, '元' FROM generate_series(1, %(many)s) n""",
    "INSERT INTO projects_funding (project_id, scope, source_id, amount) SELECT n, 'annual', 'local', n %% 977 FROM generate_series(1, %(many)s) n",
    """INSERT INTO indicators_indicator (project_id, scope, position, category_id, level2_label, name, value)
        SELECT (n + 1) / 2, 'annual', n, 'output.quantity', '数量指标', '指标', '≥1' FROM generate_series(1, %(many)s) n""",
    """INSERT INTO projects_projecttext (project_id, text)
        SELECT n, '项目' || n %% 100 || CASE WHEN n %% 20000 = 0 THEN '麒麟' ELSE '' END FROM generate_series(1, %(many)s) n""",
    """INSERT INTO projects_projectevent (pgh_created_at, pgh_label, id, year, name, section, has_funding_table, printed_unit,
         funding_note, archive_reason, department_id, pgh_obj_id, region_id)
       SELECT now(), 'insert', id, year, name, '', true, '元', '', '', department_id, id, region_id FROM projects_project""",
    """INSERT INTO indicators_indicatorevent (pgh_created_at, pgh_label, id, scope, position, level2_label, name, value, category_id,
         pgh_obj_id, project_id)
       SELECT now(), 'insert', id, scope, position, level2_label, name, value, category_id, id, project_id FROM indicators_indicator""",
    """INSERT INTO indicators_projectfinding (project_id, rule, severity, fields, message, corrections, digest)
        SELECT n, 'money.sum', 1 + n %% 3, '{amount}', '合计不符', '[]', n FROM generate_series(1, %(many)s) n""",
    """INSERT INTO imports_sourcerecord (project_id, run_id, lines, outcome, is_current, identity, draft)
        SELECT n, 1, '[]', 'created', true, md5(n::text), '{}' FROM generate_series(1, %(many)s) n""",
    """INSERT INTO procrastinate_jobs (queue_name, task_name, status)
        SELECT 'default', 'work', CASE WHEN n > 99990 THEN 'todo' ELSE 'succeeded' END::procrastinate_job_status FROM generate_series(1, %(many)s) n""",
)  # fmt: skip


def fill() -> None:
    """Many projects of a thousand regions and ten years with what belongs to them, and statistics; no trigger fires."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        for statement in _FILLING:
            cursor.execute(statement, {"many": MANY})
        # Without statistics each project's parts may be looked for in whole tables, which takes a quarter of an hour.
        cursor.execute(f"ANALYZE projects_region, {', '.join(LARGE)}")
        cursor.execute("SELECT indicators_write_tallies(array(SELECT id FROM projects_project))")
        cursor.execute("SELECT projects_make_rollups()")
        cursor.execute("SET session_replication_role = origin; RESET synchronous_commit")
        cursor.execute(f"VACUUM ANALYZE projects_region, {', '.join(LARGE)}")


def plans(ask: Callable[[], object]) -> str:
    """The plans of the statements that are run, one after the other."""
    said: list[str] = []

    def explain(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            with context["cursor"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {statement}", values)
                said.extend(line for (line,) in cursor.fetchall())
        return execute(statement, values, many, context)

    with connection.execute_wrapper(explain):
        ask()
    return "\n".join(said)


def read_whole(plan: str) -> set[str]:
    """Large tables that a plan reads from one end to the other."""
    return {table for table in LARGE if f"Seq Scan on {table} " in plan}


def scans(ask: Callable[[], object], *relations: str) -> list[int]:
    """How often something reads each of the relations: a table from end to end, an index by a key. Unlike plans, it sees
    into functions of the database."""
    before = _scans(relations)
    ask()
    return [after - former for former, after in zip(before, _scans(relations), strict=True)]


def _scans(relations: tuple[str, ...]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_get_xact_numscans(name::regclass) FROM unnest(%s::text[]) name", [list(relations)]
        )
        return [number for (number,) in cursor.fetchall()]
