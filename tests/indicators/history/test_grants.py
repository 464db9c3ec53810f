"""The lines of docs/operations.md that keep the site's database role from changing history: run, and tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from imports.actions import Options, import_file
from indicators.history.actions import restore
from indicators.state import load_state, version_of
from perfgoals.history import Event
from perfgoals.models import User
from projects.models import Project, ProjectEvent
from tests.imports import texts
from tests.indicators.history.conftest import Editor

HISTORY = [model._meta.db_table for model in apps.get_models() if issubclass(model, Event)]
ROLE = "perfgoals_site"


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def site_role(db: None) -> None:
    """What follows is done by the site's role. Everything ends with the test's transaction."""
    documented = Path(settings.BASE_DIR, "docs", "operations.md").read_text()
    lines = re.search(r"```sql\n(.*?FROM PUBLIC, perfgoals_site;\n)```", documented, re.DOTALL)
    assert lines
    execute(f"CREATE ROLE {ROLE} NOLOGIN")
    execute(lines[1])
    execute(f"SET LOCAL ROLE {ROLE}")


def refused(write: Callable[[], object]) -> None:
    """By the database, for want of the right to do it."""
    with pytest.raises(ProgrammingError) as caught, transaction.atomic():
        write()
    assert isinstance(caught.value.__cause__, InsufficientPrivilege)


@pytest.mark.usefixtures("site_role")
def test_the_site_works(clerk: User, project: Project, edit: Editor) -> None:
    first, before = version_of(project.pk), load_state(project.pk)
    seen = edit(project, name="新名称")
    restore(project=project, version=first, seen=seen, by=clerk, reason="误改")
    assert load_state(project.pk) == before
    report = import_file(texts.form("导入的项目").encode(), name="教育局.txt", options=Options(), by=clerk)
    assert report.counts.created == 1
    assert ProjectEvent.objects.filter(pgh_context__metadata__run=report.run).exists()


@pytest.mark.usefixtures("site_role")
def test_history_is_neither_changed_nor_deleted_nor_emptied(project: Project) -> None:
    assert ProjectEvent.objects.filter(pgh_obj=project).exists()
    refused(lambda: ProjectEvent.objects.update(name="别的"))
    refused(lambda: ProjectEvent.objects.all().delete())
    for table in HISTORY:
        for statement in (f"UPDATE {table} SET pgh_label = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}"):  # noqa: S608
            refused(partial(execute, statement))
    refused(lambda: execute("DELETE FROM pghistory_context"))
    refused(lambda: execute("TRUNCATE pghistory_context"))


@pytest.mark.usefixtures("site_role")
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE projects_projectevent DISABLE TRIGGER ALL",
        "ALTER TABLE projects_project DISABLE TRIGGER ALL",
        "DROP TABLE projects_projectevent",
        "DROP FUNCTION history_context_guard CASCADE",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
        "DELETE FROM django_migrations",
    ],
)
def test_nor_is_what_keeps_it_taken_away(statement: str) -> None:
    refused(lambda: execute(statement))
