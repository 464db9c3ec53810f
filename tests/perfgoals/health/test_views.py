"""``/healthz`` and ``/readyz`` tell the truth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perfgoals.health import checks
from perfgoals.health.checks import Check
from perfgoals.health.schema import Key, name
from tests.perfgoals.health.migrations import last_of_all

ALIVE = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "SECONDS_KEPT", 0)


def worker_seen(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ALIVE, [seconds_ago])


def forget(migration: Key) -> str:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", migration)
    return name(migration)


@pytest.fixture
def migrations_put_back(committed: None) -> Iterator[None]:
    """The record of migrations is no part of what other tests put back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, app, name, applied FROM django_migrations")
        rows = cursor.fetchall()
        yield
        cursor.execute("DELETE FROM django_migrations")
        cursor.executemany("INSERT INTO django_migrations (id, app, name, applied) VALUES (%s, %s, %s, %s)", rows)


def test_a_process_that_answers_is_healthy_whatever_the_database_does(client: Client) -> None:
    # Without the database: this test may not even reach it.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.usefixtures("committed")
def test_ready_with_database_tables_and_worker(client: Client) -> None:
    worker_seen(5)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "checks": {"database": "ok", "migrations": "ok", "worker": "ok"}}


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("seen", [None, 31])
def test_without_a_worker_it_is_not_ready_and_says_so(client: Client, seen: int | None) -> None:
    if seen is not None:
        worker_seen(seen)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] == "ok"
    assert "后台程序已有 30 秒以上没有动静" in response.json()["checks"]["worker"]


@pytest.mark.usefixtures("migrations_put_back")
def test_a_migration_that_is_not_applied_is_named(client: Client) -> None:
    last = forget(last_of_all())
    response = client.get("/readyz")
    assert response.status_code == 503
    assert last in response.json()["checks"]["migrations"]
    assert "./run manage migrate" in response.json()["checks"]["migrations"]


@pytest.mark.usefixtures("migrations_put_back")
def test_a_database_of_a_later_version_is_told(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('imports', '9999_later', now())")
    assert "更新的版本" in client.get("/readyz").json()["checks"]["migrations"]


def test_an_answer_is_given_again_for_a_moment(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    looked: list[int] = []
    monkeypatch.setattr(checks, "SECONDS_KEPT", 60)
    monkeypatch.setattr(checks, "_last", (-60.0, []))
    monkeypatch.setattr(checks, "look", lambda: looked.append(1) or [Check("database")])
    assert [client.get("/readyz").status_code for _ in range(3)] == [200] * 3
    assert looked == [1]


@pytest.mark.usefixtures("committed")
def test_everything_is_asked_over_a_connection_of_its_own(
    django_assert_num_queries: DjangoAssertNumQueries, client: Client
) -> None:
    client.get("/readyz")
    with django_assert_num_queries(0):  # counts the site's own connection
        client.get("/readyz")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nothing_can_be_sent_there(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_they_answer_without_tls_behind_a_proxy_that_has_it(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/login/").status_code == 301
