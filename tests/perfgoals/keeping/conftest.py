"""Databases that hold something, and empty ones, with Django's connection going there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from imports.actions import Options, import_file
from perfgoals.history import change
from perfgoals.keeping.backing_up import back_up
from perfgoals.keeping.contents import Contents, contents
from projects.models import Project
from tests.databases import Database, at, database
from tests.imports import texts


@pytest.fixture(scope="session")
def filled(migrated: Database, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """Two projects of a source, one of them changed since. Nobody uses it: to be copied."""
    with django_db_blocker.unblock(), database(migrated.name) as made:
        with at(made):
            text = "".join(texts.form(name) for name in ("甲", "乙"))
            import_file(text.encode(), name="甲乙.txt", options=Options(), by=None)
            with change(by=None, action="edit", reason="更正"):
                Project.objects.filter(name="甲").update(basis="新的依据 \\ \t 'x'")
        yield made


@pytest.fixture(scope="session")
def made_backup(filled: Database, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    with django_db_blocker.unblock(), at(filled):
        return back_up(tmp_path_factory.mktemp("backup")).path


@pytest.fixture
def empty(migrated: Database, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """A database without tables."""
    with django_db_blocker.unblock(), database() as made, at(made):
        yield made


@pytest.fixture
def own(filled: Database, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """A copy of the filled one."""
    with django_db_blocker.unblock(), database(filled.name) as made, at(made):
        yield made


def held(by: Database) -> Contents:
    """Everything in a database, read over a connection of its own."""
    with by.connect() as link, link.transaction(), link.cursor() as cursor:
        return contents(cursor)


@pytest.fixture(scope="module")
def standing(filled: Database, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """A copy for tests that must leave it as it is, with something in it that no backup has."""
    with django_db_blocker.unblock(), database(filled.name) as made:
        made.execute("UPDATE projects_project SET basis = '后来的'")
        yield made


@pytest.fixture
def unchanged(standing: Database, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """It, with Django's connection going there; whatever the test did, everything still stands."""
    before = held(standing)
    with django_db_blocker.unblock(), at(standing):
        yield standing
    assert held(standing) == before
