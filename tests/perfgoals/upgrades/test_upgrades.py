"""A backup of the first tables that ever held data is brought back and becomes today's, with everything that stood in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from imports.keeping import sums_of_sources
from imports.models import ImportRun, SourceDocument
from indicators.history.keeping import replayed
from perfgoals.health.schema import misfit, schema_of
from perfgoals.keeping.backing_up import back_up
from perfgoals.keeping.lent import WARNING
from perfgoals.keeping.restoring import restore
from perfgoals.models import User
from projects.models import Project
from tests.databases import Database, at, database

OLDEST = {("perfgoals", "0001"), ("projects", "0002"), ("indicators", "0002"), ("imports", "0001")}
"""Where the tables stood when the program could first import and show."""
DATA = Path(__file__).with_name("oldest.sql")

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
"""By table: its columns, and its rows as texts."""


class Upgraded(NamedTuple):
    """A database that was upgraded, and what stood in it before."""

    database: Database
    before: Rows
    missing: Collection[str]
    """Migrations that the backup's tables lacked."""


@pytest.fixture(scope="module")
def oldest(migrated: Database, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """The oldest tables with the data of their time. Nobody uses it: to be copied."""
    with django_db_blocker.unblock(), database() as made:
        with at(made):
            # All at once: every call of the command makes the whole graph of migrations and their states anew.
            executor = MigrationExecutor(connection)
            executor.migrate([key for key in executor.loader.disk_migrations if (key[0], key[1][:4]) in OLDEST])
        ContentType.objects.clear_cache()
        made.execute(DATA.read_text(encoding="utf-8"))
        yield made


@pytest.fixture(scope="module")
def upgraded(
    oldest: Database, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Upgraded]:
    """A backup of it, brought back and up to date. Tests only look."""
    with django_db_blocker.unblock():
        before = rows_of(oldest)
        with at(oldest):
            backup = back_up(tmp_path_factory.mktemp("backup") / "oldest.tar")
        with database() as made, at(made):
            _manifest, schema = restore(backup.path, replace=False)
            call_command("migrate", verbosity=0)
            ContentType.objects.clear_cache()
            yield Upgraded(made, before, schema.missing)
            ContentType.objects.clear_cache()


@pytest.fixture
def client(upgraded: Upgraded) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(username="oldest"))
    return browser


COLUMNS = """
    SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) FROM information_schema.columns
    WHERE table_schema = 'public' GROUP BY table_name
"""


def rows_of(there: Database, known: Rows | None = None) -> Rows:
    """Rows of every table that holds any; of the ``known`` tables and columns only, where some are given."""
    found: Rows = {}
    with there.connect() as link:
        columns_of = {
            name: known[name][0] if known else columns
            for name, columns in link.execute(COLUMNS)
            if known is None or name in known
        }
        for name, columns in columns_of.items():
            texts = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(column)) for column in columns)
            rows = link.execute(sql.SQL("SELECT {} FROM {} ORDER BY 1").format(texts, sql.Identifier(name))).fetchall()
            if rows:
                found[name] = (columns, rows)
    return found


def test_the_oldest_tables_are_the_oldest(upgraded: Upgraded) -> None:
    assert "projects_projectevent" not in upgraded.before
    assert "projects_project" in upgraded.before
    assert len(upgraded.before["indicators_indicator"][1]) == 18
    assert upgraded.missing


def test_no_row_and_no_value_is_lost_or_changed(upgraded: Upgraded) -> None:
    after = rows_of(upgraded.database, upgraded.before)
    assert set(after) == set(upgraded.before)
    for name, (_columns, rows) in upgraded.before.items():
        lost = set(rows) - set(after[name][1])
        assert not lost, name


def test_the_tables_are_todays(upgraded: Upgraded) -> None:
    assert misfit(schema_of(connection)) is None


def test_history_begins_with_what_stood_and_replays_to_it(upgraded: Upgraded) -> None:
    found = replayed()
    assert found["projects"] == "4"
    assert WARNING not in found


def test_sources_are_what_they_were(upgraded: Upgraded) -> None:
    assert all(name == of_bytes for name, of_bytes in sums_of_sources().items())
    assert len(sums_of_sources()) == SourceDocument.objects.count() == 2


@pytest.mark.parametrize(
    "name",
    ["project-list", "totals", "charts", "document-list", "run-list", "history-list", "difference-list", "finding-list",
     "department-list", "user-list", "draft-list", "upload-list", "project-facets", "api-project-list"],
)  # fmt: skip
def test_lists_answer(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name", ["project-detail", "project-edit", "project-history", "project-form", "sheet-detail", "api-project-detail"]
)
def test_every_projects_pages_answer(client: Client, name: str) -> None:
    for pk in Project.objects.values_list("pk", flat=True):
        assert client.get(reverse(name, args=[pk])).status_code == 200


def test_every_documents_and_imports_pages_answer(client: Client) -> None:
    for pk in SourceDocument.objects.values_list("pk", flat=True):
        assert client.get(reverse("document-detail", args=[pk])).status_code == 200
    for pk in ImportRun.objects.values_list("pk", flat=True):
        assert client.get(reverse("run-detail", args=[pk])).status_code == 200


def test_what_people_changed_since_the_source_is_still_told(client: Client) -> None:
    page = client.get(reverse("project-detail", args=[Project.objects.get(name="校门改造").pk])).content.decode()
    assert "人改过的依据" in page
    assert "区政府常务会议纪要〔2024〕8次" in page  # beside it, what the source prints
