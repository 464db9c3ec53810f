"""A start that cannot succeed says in one sentence what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from perfgoals.health.starting import problem_of_site
from tests.databases import Database, database
from tests.perfgoals.health.migrations import forget, last_of_all, one_that_others_rest_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def current(migrated: Database) -> Iterator[Database]:
    with database(migrated.name) as made:
        yield made


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a refused start says: one line, and no traceback."""
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def half_applied(on: Database) -> str:
    """As an upgrade that broke off before its last step leaves it."""
    return forget(on, last_of_all())


@pytest.mark.parametrize("command", [["can_start"], ["work", "--until-idle"]])
def test_a_half_applied_upgrade_says_to_migrate(current: Database, tmp_path: Path, command: list[str]) -> None:
    last = half_applied(current)
    said = sentence(current.manage(*command, home=tmp_path))
    assert last in said
    assert "再运行 ./run manage migrate" in said


@pytest.mark.parametrize("command", [["can_start"], ["work", "--until-idle"]])
def test_a_contradicting_record_of_migrations_says_to_restore(
    current: Database, tmp_path: Path, command: list[str]
) -> None:
    lost = forget(current, one_that_others_rest_on())
    said = sentence(current.manage(*command, home=tmp_path))
    assert f"{lost} 却没有" in said
    assert "./run manage restore" in said


@pytest.mark.parametrize("command", [["can_start"], ["work", "--until-idle"], ["demo", "--port", "1"]])
def test_a_database_of_a_later_version_is_refused(current: Database, tmp_path: Path, command: list[str]) -> None:
    current.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('projects', '9999_later', now())")
    if command[0] == "demo":
        with socket.create_server(("127.0.0.1", 0)) as free:
            command = ["demo", "--port", str(free.getsockname()[1])]
    said = sentence(current.manage(*command, home=tmp_path, PERFGOALS_DEMO="1"))
    assert "projects.9999_later" in said
    assert "更新的版本" in said


def test_an_empty_database_says_to_make_tables(tmp_path: Path) -> None:
    with database() as empty:
        assert "还没有建表，请运行 ./run manage migrate" in sentence(empty.manage("can_start", home=tmp_path))


def test_a_database_that_fits_can_be_started_on(current: Database, tmp_path: Path) -> None:
    done = current.manage("can_start", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DATABASE_URL", "mysql://a/b", "环境变量 DATABASE_URL 不是 PostgreSQL 的地址"),
        ("DATABASE_URL", "postgresql://nobody@/none?host=/nowhere", "数据库无法使用"),
        ("PERFGOALS_SLOW_REQUEST_SECONDS", "1s", "请写以秒为单位的数"),
    ],
)
def test_a_wrong_setting_says_how_to_mend_it(
    migrated: Database, tmp_path: Path, variable: str, value: str, said: str
) -> None:
    assert said in sentence(migrated.manage("can_start", home=tmp_path, **{variable: value}))


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("WEB_CONCURRENCY", "0", "至少要有 1 个进程"),
        ("WEB_CONCURRENCY", "two", "请写 0 或正整数"),
        ("PERFGOALS_BIND", "127.0.0.1:99999", "不是地址"),
        ("PERFGOALS_BIND", "127.0.0.1:x", "不是地址"),
        ("PERFGOALS_WORKER", "maybe", "请写 1（是）或 0（否）"),
    ],
)
def test_a_wrong_setting_of_the_server_too(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert said in str(problem_of_site())


@pytest.mark.parametrize("address", ["0.0.0.0:80", "[::1]:8000", "unix:/run/perfgoals.sock", "fd://3", "site.example"])
def test_addresses_that_gunicorn_knows_are_fine(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("PERFGOALS_BIND", address)
    assert problem_of_site() is None


@pytest.mark.parametrize("command", ["can_start", "demo"])
def test_a_home_that_cannot_be_written_is_said(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").touch()
    environment = {**os.environ, "PERFGOALS_HOME": str(tmp_path / "file" / "home"), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "manage.py", command], cwd=settings.BASE_DIR, env=environment | {"PERFGOALS_DEMO": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "PERFGOALS_HOME" in sentence(done)


def test_run_serve_says_it_too(current: Database, tmp_path: Path) -> None:
    last = half_applied(current)
    command = ["./run", "serve"]
    environment = current.environment(tmp_path)
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert last in sentence(done)
