"""What tests of pages share: people who are logged in, and what stands on a page."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Generator, Iterator
from html import unescape
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from imports.actions import Options, import_file
from imports.models import ImportRun
from perfgoals.rates.counting import PAGES
from projects.models import Department, Region
from projects.permissions import AUDIT
from tests import factories, telling
from tests.databases import Database, database, made_once
from tests.imports import texts
from tests.snapshots import Snapshot, put_back, take

# How fast examples are made says something of the machine, not of the program; neither does a deadline.
hypothesis.settings.register_profile(
    "perfgoals", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("perfgoals")

LogIn = Callable[..., Client]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: nobody looks for garbage in it, neither while it is read nor later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Continuous integration has everything that a test may need: there, a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("PERFGOALS_REFUSE_SKIPS") == "1" and reporter and reporter.stats.get("skipped"):
        reporter.write_line("skipped tests are refused here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails on committed data is told with what the database and the workers were doing."""
    report = yield
    marked = item.get_closest_marker("django_db")
    if report.when == "call" and report.failed and marked and marked.kwargs.get("transaction"):
        report.sections.append(("What the database and the workers were doing", telling.state()))
    return report


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Passwords are hashed slowly on purpose, which tests need not wait for."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_list_of_static_files(settings: Any) -> None:
    """Every test client would list all static files before its first request, which takes longer than most requests."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def no_requests_of_earlier_tests() -> None:
    """People of different tests may have the same key, and a process counts their requests."""
    PAGES.clear()


@pytest.fixture
def without_review(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes are not checked: for tests that count what the change itself costs."""
    monkeypatch.setattr("perfgoals.history._before_end", [])


@pytest.fixture
def log_in(db: None) -> LogIn:
    """Makes a browser of a person with a role who belongs to the given places."""

    def browser(role: str | None = AUDIT, *places: Region | Department) -> Client:
        client = Client()
        client.force_login(factories.user(role, *places))
        return client

    return browser


@pytest.fixture(scope="session")
def tables(django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database to copy: the program's tables where several processes share a run, else an empty one."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return "template0"
    with django_db_blocker.unblock():
        return made_once(run, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, tables: str) -> None:
    """Each process of a run has a copy of the tables: making them takes ten times as long."""
    connection.settings_dict["TEST"]["TEMPLATE"] = tables


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Snapshot]:
    """The test database, and what the migrations put into it.

    Its commits do not wait for the disk, since nobody needs them after a crash. Tests of crashes have servers of their own.
    """
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" SET synchronous_commit = off')
        connection.close()
        snapshot = take()
    with pytest.MonkeyPatch.context() as patch:
        # Django would leave the database empty after a test that commits, and any other may come next.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: put_back(snapshot))
        yield snapshot


@pytest.fixture
def committed(transactional_db: None) -> None:
    """A database as new, for tests whose writes are seen by other connections."""


@pytest.fixture(scope="session")
def migrated(
    django_db_setup: Snapshot, django_db_blocker: DjangoDbBlocker, tables: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database with the program's tables that nobody uses: to be copied (`tests.databases.database`)."""
    with django_db_blocker.unblock(), database(tables) as made:
        # Without other processes, nobody has made the tables yet.
        done = made.manage("migrate", "--verbosity=0", home=tmp_path_factory.mktemp("home"))
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def auditor(log_in: LogIn) -> Client:
    """A browser of somebody who sees everything."""
    return log_in(AUDIT)


@pytest.fixture
def imported(db: None) -> ImportRun:
    """One county form, taken in by the import that users run."""
    report = import_file(texts.form().encode(), name="教育局.txt", options=Options(), by=None)
    return ImportRun.objects.get(pk=report.run)


def words_of(response: HttpResponse) -> str:
    """The page's text without markup, white space squeezed."""
    without_scripts = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", response.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without_scripts)).split())
