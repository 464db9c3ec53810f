"""Fills an empty database with the projects of a plan, as imports would have left it.

Indexes, constraints and the triggers of history, review and searches stand aside meanwhile; what the triggers would have written
is written otherwise, and everything else is made again and proven by PostgreSQL. A database that was left half filled is
of no use and is to be thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Final

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, connections, models
from django.db.models import Max

from benchmarks.generating.country import store_country, store_groups
from benchmarks.generating.events import ORIGIN, PAIRS, last_event, write_department_events, write_events
from benchmarks.generating.indexes import make_keys, take_away
from benchmarks.generating.loading import load
from benchmarks.generating.plan import Plan
from benchmarks.generating.processes import Share, load_all
from imports.models import ImportRun, SourceDocument, SourceRecord
from indicators.models import Goal, Indicator
from perfgoals.history import SEQUENCE
from perfgoals.models import User
from projects.models import Department, DepartmentName, Funding, Project
from projects.permissions import AUDIT
from projects.rollups.checking import make_rollups

PERSON: Final = "auditor"
PASSWORD: Final = "auditor-auditor"  # noqa: S105  # of a database that holds nothing but made-up projects
DOCUMENTS: Final = 0.2
_LOADED: Final = (Project, Funding, Goal, Indicator, SourceRecord)
BLOCK: Final = 500
"""Projects stored at once, or those of one lot where it has more: what is in memory."""
_NUMBERED: Final = (*_LOADED, Department, DepartmentName, SourceDocument, ImportRun)
_PIECE: Final = 2_000
_GRAMS: Final = "project_text_grams"
_HISTORY: Final = "pgtrigger_insert_insert_%"
_OTHERS: Final = ["unchecked_after_insert", "texts_after_insert", "tallies_after_insert"]
"""Of the review, of searches and of totals."""
_TRIGGERS: Final = """
    SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
    WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal AND (tgname LIKE %s OR tgname = ANY(%s))
"""


class NotEmptyError(Exception):
    """The database holds something already."""


def fill(
    projects: int, indicators: int = 18, seed: int = 1, jobs: int = 2, *, history: bool = True, pending: bool = True,
    documents: float = DOCUMENTS, block: int = BLOCK, most_regions: int | None = None, tell: Callable[[str], None] = print,
) -> None:  # fmt: skip
    """Store so many projects with so many indicators each, the same for a seed whatever ``jobs`` and ``block`` are.

    ``documents`` is the share of regions and years whose source document is kept. Without ``history`` nothing has
    events; without ``pending`` nothing waits to be checked, though nothing was. Raises `NotEmptyError`.
    """
    call_command("migrate", verbosity=0)
    if Project.objects.exists() or Department.objects.exists():
        raise NotEmptyError("数据库里已有项目或部门：请换一个空的 PERFGOALS_HOME（中断过的数据库请删除其文件夹）。")
    plan, step = Plan(projects, seed, most_regions), Steps(tell)
    with _standing_aside(_tables(history), step), step("regions, departments, groups of changes"):
        store_country(plan)
        store_groups(plan, documents)
        with step("projects and their parts", projects * (14 + indicators)):
            share = Share(connection.settings_dict["NAME"], plan, indicators, documents, block)
            load_all(share, jobs) if jobs > 1 else load(share)
        if history:
            with step("history", projects * (13 + indicators)):
                _write_history(len(plan.departments), indicators, jobs)
    with step("texts for searches", projects):
        _write_texts(projects, jobs)
    with step("totals", projects):
        _write_totals(projects, jobs)
    with step("sequences, statistics, visibility"):
        _finish(len(plan.departments), projects, indicators, pending)
    step.say_all()


class Steps:
    """Says how long each step took, and rows a second where there are rows to count."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell, self._started = tell, time.perf_counter()

    @contextmanager
    def __call__(self, name: str, rows: int = 0) -> Iterator[None]:
        started = time.perf_counter()
        yield
        seconds = time.perf_counter() - started
        self._tell(f"{seconds:8.1f} s  {name}" + (f", {rows / seconds:,.0f} rows/s" if rows else ""))

    def say_all(self) -> None:
        """Say how long everything took, and how large the database is."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
        self._tell(f"{time.perf_counter() - self._started:8.1f} s  in all; the database has {size / 1e9:.2f} GB")


def _tables(history: bool) -> list[type[models.Model]]:
    return [*_LOADED, *((event for _, event in PAIRS) if history else ())]


@contextmanager
def _standing_aside(loaded: list[type[models.Model]], step: Steps) -> Iterator[None]:
    """Without indexes, constraints and the triggers that this module stands in for."""
    tables = [model._meta.db_table for model in loaded]
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS, [[*tables, Department._meta.db_table], _HISTORY, _OTHERS])
        triggers = cursor.fetchall()
        for table, name in triggers:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    taken = take_away(tables)
    yield
    with step("indexes"):
        _at_once([partial(_run, one) for one in taken.indexes.values()])
    with step("foreign keys"):
        make_keys(taken)
    _run([f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in triggers])


def _run(statements: Iterable[str], *, helpers: int = 0) -> None:
    """``helpers`` are further processes that make an index: none where two indexes are made at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '400MB'")
        cursor.execute("SELECT set_config('max_parallel_maintenance_workers', %s, false)", [str(helpers)])
        for statement in statements:
            cursor.execute(statement)


def _at_once(actions: list[Callable[[], None]], jobs: int = 2) -> None:
    """Two at a time, each with a connection of its own."""

    def alone(action: Callable[[], None]) -> None:
        try:
            action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(jobs) as pool:
        for done in [pool.submit(alone, action) for action in actions]:
            done.result()


def _write_history(departments: int, indicators: int, jobs: int) -> None:
    _run([f"ANALYZE {ORIGIN}", f"ANALYZE {Project._meta.db_table}"])
    tables = [partial(write_events, tracked, event, departments, indicators) for tracked, event in PAIRS]
    _at_once([*tables, write_department_events], jobs)


def _write_texts(projects: int, jobs: int) -> None:
    """What the triggers would have written; the index, which takes the longest, is made of all of it at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef(%s::regclass)", [_GRAMS])
        made = cursor.fetchone()[0]
    _run([f"DROP INDEX {_GRAMS}"])
    pieces = [
        f"SELECT indicators_write_texts(array(SELECT generate_series({first + 1}, {min(first + _PIECE, projects)})))"
        for first in range(0, projects, _PIECE)
    ]
    _at_once([partial(_run, [piece]) for piece in pieces], jobs)
    _run([made], helpers=max(1, jobs - 1))


def _write_totals(projects: int, jobs: int) -> None:
    later = "SELECT set_config('perfgoals.rollups', '{}', false)"
    pieces = [
        f"SELECT indicators_write_tallies(array(SELECT generate_series({first + 1}, {min(first + _PIECE, projects)})))"
        for first in range(0, projects, _PIECE)
    ]
    _at_once([partial(_run, [later.format("later"), piece, later.format("")]) for piece in pieces], jobs)
    _run(["ANALYZE projects_projecttally"])
    make_rollups()


def _finish(departments: int, projects: int, indicators: int, pending: bool) -> None:
    _run([f"DROP TABLE {ORIGIN}"])
    with connection.cursor() as cursor:
        for model in _NUMBERED:
            last = model._default_manager.aggregate(last=Max("pk"))["last"]
            if last:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last])
        cursor.execute("SELECT setval(%s, %s)", [SEQUENCE, last_event(departments, projects, indicators)])
    if pending:
        _run(["INSERT INTO indicators_uncheckedproject SELECT id, now() FROM projects_project ORDER BY 1"])
    user = User.objects.create_user(PERSON, password=PASSWORD, last_name="审计")
    user.groups.add(Group.objects.get(name=AUDIT))
    _run(["VACUUM (ANALYZE)"])
