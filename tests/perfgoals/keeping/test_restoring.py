"""A backup comes back whole, or nothing changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from indicators.history.keeping import replayed
from perfgoals.keeping import restoring
from perfgoals.keeping.backing_up import back_up
from perfgoals.keeping.contents import difference
from perfgoals.keeping.errors import KeepingError
from perfgoals.keeping.lent import WARNING
from perfgoals.keeping.manifest import Manifest
from perfgoals.keeping.restoring import restore
from tests.databases import Database, at
from tests.perfgoals.health.migrations import forget, last_of_all
from tests.workers import until

from .archives import rewritten
from .conftest import held


def test_everything_comes_back_into_an_empty_place(made_backup: Path, filled: Database, empty: Database) -> None:
    manifest, _schema = restore(made_backup, replace=False)
    before, after = held(filled), held(empty)
    assert difference(before, after) is None
    assert before == after == manifest.contents
    assert after.tables["indicators_indicatorevent"].rows > 0
    assert len(after.tables) > 40
    with at(filled):
        of_old = replayed()
    with at(empty):
        assert replayed() == of_old
    assert WARNING not in of_old
    assert empty.ask("SELECT string_agg(encode(sha256(data), 'hex'), ',') FROM imports_sourcecontent") == filled.ask(
        "SELECT string_agg(sha256, ',') FROM imports_sourcedocument"
    )


def test_what_came_back_goes_on_working(made_backup: Path, empty: Database) -> None:
    restore(made_backup, replace=False)
    events = "SELECT count(*) FROM projects_projectevent"
    before = empty.ask(events)
    empty.execute("UPDATE projects_project SET basis = 'x' WHERE name = '乙'")  # the triggers are back
    assert empty.ask(events) == before + 1
    with pytest.raises(psycopg.errors.RaiseException):
        empty.execute("DELETE FROM projects_projectevent")


@pytest.mark.usefixtures("unchanged")
def test_a_database_that_holds_something_is_left_alone(made_backup: Path) -> None:
    with pytest.raises(KeepingError, match=r"数据库不是空的.*--replace"):
        restore(made_backup, replace=False)


def test_replacing_takes_everything_away_that_was_there(made_backup: Path, filled: Database, own: Database) -> None:
    own.execute(
        "CREATE TABLE later (id serial); CREATE VIEW seen AS SELECT * FROM projects_project;"
        "CREATE TYPE colour AS ENUM ('红'); CREATE FUNCTION one() RETURNS colour LANGUAGE sql AS $$SELECT '红'::colour$$;"
        "UPDATE projects_project SET basis = '后来的'; DELETE FROM imports_sourcecontent"
    )
    restore(made_backup, replace=True)
    assert held(own) == held(filled)
    assert own.ask("SELECT to_regtype('colour')") is None
    assert own.ask("SELECT to_regclass('seen')") is None


def test_who_still_uses_the_database_is_not_cut_off(made_backup: Path, unchanged: Database) -> None:
    with unchanged.connect() as link:
        link.execute("SELECT 1")
        with pytest.raises(KeepingError, match="还有 1 个连接在使用数据库"):
            restore(made_backup, replace=True)


@pytest.mark.usefixtures("unchanged")
def test_a_damaged_backup_is_refused(made_backup: Path, tmp_path: Path) -> None:
    whole = made_backup.read_bytes()
    damaged = tmp_path / "damaged.tar"
    for place in range(700, len(whole) - 10_240, len(whole) // 50):
        data = bytearray(whole)
        data[place] ^= 0x10
        damaged.write_bytes(data)
        with pytest.raises(KeepingError, match="请换一份备份"):
            restore(damaged, replace=True)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.9, 0.99])
def test_a_truncated_backup_is_refused(made_backup: Path, tmp_path: Path, share: float) -> None:
    data = made_backup.read_bytes()
    cut = tmp_path / "cut.tar"
    cut.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(KeepingError, match="请换一份备份"):
        restore(cut, replace=True)


def fewer_rows(manifest: dict[str, Any]) -> None:
    manifest["tables"]["projects_project"]["rows"] -= 1


def another_digest(manifest: dict[str, Any]) -> None:
    manifest["tables"]["projects_project"]["digest"] += "1"


def another_table(manifest: dict[str, Any]) -> None:
    manifest["tables"]["gone"] = {"rows": 0, "digest": "0"}


def a_number_given_twice(manifest: dict[str, Any]) -> None:
    manifest["sequences"]["history_event"] += 1


def another_history(manifest: dict[str, Any]) -> None:
    manifest["facts"]["history"]["replayed"] = "0"


def another_source(manifest: dict[str, Any]) -> None:
    manifest["facts"]["sources"]["0" * 64] = "0" * 64


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "change", [fewer_rows, another_digest, another_table, a_number_given_twice, another_history, another_source]
)
def test_a_manifest_that_does_not_fit_its_dump_changes_nothing(
    made_backup: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    with pytest.raises(KeepingError, match=r"与备份的清单不符.*数据库保持原样"):
        restore(rewritten(made_backup, tmp_path / "b.tar", change), replace=True)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it: it["migrations"].append("projects.9999_later"), "projects.9999_later"),
        (lambda it: it.update(server=99), "来自 PostgreSQL 99"),
        (lambda it: it.update(format=2), "格式是第 2 版"),
        (lambda it: it.pop("tables"), "清单不能识别"),
        (lambda it: it["tables"].update(x={"rows": "many"}), "清单不能识别"),
    ],
)
def test_a_backup_of_a_later_version_is_refused_before_anything_is_touched(
    made_backup: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    with pytest.raises(KeepingError, match=said):
        restore(rewritten(made_backup, tmp_path / "b.tar", change), replace=True)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("dump", [b"", b"PGDMP", b"SELECT 1;"])
def test_a_dump_that_is_none_changes_nothing(made_backup: Path, tmp_path: Path, dump: bytes) -> None:
    with pytest.raises(KeepingError, match="数据库保持原样"):
        restore(rewritten(made_backup, tmp_path / "b.tar", lambda _: None, dump), replace=True)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_interruption_at_the_end_changes_nothing(
    made_backup: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:

    def interrupted(_manifest: Manifest) -> None:
        raise error

    monkeypatch.setattr(restoring, "_compare", interrupted)
    with pytest.raises(error):
        restore(made_backup, replace=True)


@pytest.mark.usefixtures("unchanged")
def test_a_file_that_changes_meanwhile_changes_nothing(made_backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = restoring.checked

    def checked_then_changed(path: Path) -> object:
        found = checked(path)
        found.sum_of_dump = "0" * 64
        return found

    monkeypatch.setattr(restoring, "checked", checked_then_changed)
    with pytest.raises(KeepingError, match="在恢复的过程中被改动"):
        restore(made_backup, replace=True)


def test_a_killed_restoration_changes_nothing(made_backup: Path, unchanged: Database, tmp_path: Path) -> None:
    own = unchanged
    command = [sys.executable, "manage.py", "restore", "--replace", str(made_backup)]
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=own.environment(tmp_path), start_new_session=True, stderr=subprocess.DEVNULL
    )
    # It has taken the tables away: locks that nothing else takes.
    database = f"(SELECT oid FROM pg_database WHERE datname = '{own.name}')"  # noqa: S608
    at_work = f"SELECT count(*) > 40 FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND database = {database}"  # noqa: S608
    connected = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{own.name}'"  # noqa: S608
    postgres = Database("postgres")
    assert until(lambda: postgres.ask(at_work) or process.poll() is not None)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert until(lambda: postgres.ask(connected) == 0)


def test_a_backup_of_older_tables_comes_back_and_says_so(
    made_backup: Path, own: Database, empty: Database, tmp_path: Path
) -> None:
    last = last_of_all()
    forget(own, last)
    with at(own):
        made = back_up(tmp_path)
    assert made.manifest.facts == {}
    with at(empty):
        _manifest, schema = restore(made.path, replace=False)
    assert schema.missing == [last]
