"""The server's life, seen from outside."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from perfgoals.postgres import cluster as clusters
from perfgoals.postgres.places import Cluster

from .processes import PROJECT, User, execute, guard_pid, is_gone, postmaster_pid, query, soon


def script(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(home)], cwd=PROJECT, capture_output=True, text=True, check=False
    )


def ignores(pid: int, number: signal.Signals) -> bool:
    mask = Path(f"/proc/{pid}/status").read_text().split("SigIgn:")[1].split()[0]
    return bool(int(mask, 16) >> (number - 1) & 1)


def test_an_empty_home_gets_a_server(place: Path) -> None:
    with User(place / "home") as user:
        folder = user.ready()
        assert query(folder, "SHOW server_encoding") == "UTF8"
        assert query(folder, "SHOW listen_addresses") == ""
        assert query(folder, "SHOW fsync") == "on"
        assert query(folder, "SELECT datlocale FROM pg_database WHERE datname = 'perfgoals'") == "C.UTF-8"


def test_two_started_at_once_on_an_empty_home_share_one_server(place: Path) -> None:
    with User(place / "home") as first, User(place / "home") as second:
        assert first.ready() == second.ready()
        assert query(place / "home/postgres/socket") == 1
        first.end()
        second.end()
        assert not clusters.is_alive(Cluster(place / "home"))


def test_the_server_is_gone_when_the_last_user_has_ended(home: Path) -> None:
    with User(home) as first, User(home) as second:
        first.ready()
        folder = second.ready()
        assert first.end() == 0
        assert query(folder) == 1
        assert second.end() == 0
        # No waiting here: the last user has waited.
        assert not clusters.is_alive(Cluster(home))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_the_server_stops_however_its_user_ends(home: Path, number: signal.Signals) -> None:
    with User(home) as user:
        user.ready()
        user.signal(number)
    assert is_gone(home)


def test_data_outlives_the_server(home: Path) -> None:
    with User(home) as user:
        execute(user.ready(), "CREATE TABLE IF NOT EXISTS kept AS SELECT 7 AS seven")
        user.signal(signal.SIGKILL)
    assert is_gone(home)
    with User(home) as user:
        assert query(user.ready(), "SELECT seven FROM kept") == 7


def test_a_server_left_behind_is_taken_over(home: Path) -> None:
    with User(home) as user:
        user.ready()
        os.kill(guard_pid(home), signal.SIGKILL)
        user.signal(signal.SIGKILL)
    pid = postmaster_pid(home)
    with User(home) as user:
        assert query(user.ready()) == 1
        assert postmaster_pid(home) == pid
        user.signal(signal.SIGKILL)
    assert is_gone(home)


def test_the_last_user_stops_a_server_that_lost_its_guard(home: Path) -> None:
    with User(home) as user:
        user.ready()
        os.kill(guard_pid(home), signal.SIGKILL)
        user.end()
        assert not clusters.is_alive(Cluster(home))


def test_the_guard_outlives_signals_that_are_not_for_it(home: Path) -> None:
    with User(home) as user:
        user.ready()
        guard = guard_pid(home)
        assert soon(lambda: ignores(guard, signal.SIGTERM))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(guard, number)
        user.signal(signal.SIGKILL)
    assert is_gone(home)


def test_a_killed_server_is_replaced(home: Path) -> None:
    with User(home) as first, User(home) as second:
        first.ready()
        second.ready()
        pid = postmaster_pid(home)
        os.kill(pid, signal.SIGKILL)
        with User(home) as third:
            assert query(third.ready()) == 1
            assert postmaster_pid(home) != pid


def test_a_stale_note_with_the_number_of_another_process_does_not_stop_the_start(home: Path) -> None:
    owner = (home / "postgres").stat().st_uid
    note = f"{{}}\n{home}/postgres/data\n1\n5432\n{home}/postgres/socket\n\n 1 1\nready\n"
    with subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None) as other:
        (home / "postgres/data/postmaster.pid").write_text(note.format(other.pid))
        (home / "postgres/socket/.s.PGSQL.5432.lock").write_text(note.format(other.pid))
        with User(home) as user:
            assert query(user.ready()) == 1
        other.kill()


def test_an_interrupted_making_leaves_no_half_cluster(place: Path) -> None:
    home = place / "home"
    with User(home) as user:
        assert soon(lambda: any(home.glob("postgres/data.new.*/base")), 10)
        user.process.kill()
    assert not (home / "postgres/data").exists()
    with User(home) as user:
        assert query(user.ready()) == 1
    assert not list(home.glob("postgres/data.new.*"))


def test_two_homes_run_side_by_side(home: Path, place: Path) -> None:
    with User(place / "home") as one, User(home) as other:
        execute(one.ready(), "CREATE TABLE here ()")
        folder = other.ready()
        assert query(folder, "SELECT to_regclass('here')") is None
        one.end()
        assert query(folder) == 1


def test_a_forked_process_goes_on_using_the_server(home: Path) -> None:
    code = """
import os, sys, time
from pathlib import Path
from perfgoals.postgres import server
home = Path(sys.argv[1])
server.ensure_running(home)
if os.fork():
    sys.exit()  # waits for nothing: the child is a user too
time.sleep(0.5)
import psycopg
folder = server.ensure_running(home)
with psycopg.connect(host=str(folder), user="perfgoals") as connection:
    print(connection.execute("SELECT 'child'").fetchone()[0])
"""
    assert script(code, home).stdout == "child\n"
    assert is_gone(home)


def test_data_of_another_postgresql_is_refused(place: Path) -> None:
    (place / "postgres/data").mkdir(parents=True)
    (place / "postgres/data/PG_VERSION").write_text("17\n")
    with User(place) as user:
        assert "是 PostgreSQL 17 的数据，本程序带的是 18" in user.refusal()


def test_a_server_that_does_not_start_says_why(place: Path, copy: Callable[[Path], Path]) -> None:
    home = copy(place / "home")
    with (home / "postgres/data/postgresql.conf").open("a") as configuration:
        configuration.write("shared_buffers = 'many'\n")
    with User(home) as user:
        refusal = user.refusal()
    assert refusal.startswith("内置数据库服务器没有启动成功：")
    assert "server.log" in refusal
    assert "\n" not in refusal
    assert is_gone(home)


def test_a_home_that_cannot_be_made_is_refused(place: Path) -> None:
    (place / "file").write_text("")
    with User(place / "file/home") as user:
        assert user.refusal() == f"内置数据库无法使用“{place}/file”：不是文件夹，请检查 PERFGOALS_HOME。"


def test_a_path_with_a_line_break_is_refused(place: Path) -> None:
    with User(place / "a\nb") as user:
        assert "控制字符" in user.refusal()
    assert not list(place.iterdir())
