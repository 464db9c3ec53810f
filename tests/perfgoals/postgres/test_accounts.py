"""Root, normal users, and closed folders between them."""

import os
import pwd
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from perfgoals.postgres.accounts import CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
from perfgoals.postgres.binaries import program
from perfgoals.postgres.programs import Account, reaches

from .processes import PROJECT, User, is_gone, postmaster_pid, query

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can take on other accounts")

NOBODY = pwd.getpwnam("nobody")
NAMELESS = 54_321


def as_user(uid: int, gid: int) -> list[str]:
    """Starts a command as this user, who may read the interpreter wherever it is installed."""
    needed = [Path(sys.executable).resolve(), PROJECT, program("postgres")]
    plain = Account(uid, gid, switch=True)
    spec = plain.spec if reaches(plain, needed) else f"{uid}:{gid}:{CAP_DAC_READ_SEARCH}"
    return [sys.executable, "-I", "-S", str(PROJECT / "perfgoals/postgres/launch.py"), "run", spec]


def without(*capabilities: int) -> str:
    """Code that takes capabilities from all programs that a process starts, as containers do."""
    return "import ctypes\n" + "".join(f"ctypes.CDLL(None).prctl(24, {number})\n" for number in capabilities)


def capabilities(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("CapEff:")[1].split()[0], 16)


@pytest.fixture
def closed(place: Path) -> Path:
    folder = place / "closed"
    folder.mkdir(mode=0o700)
    return folder


def test_root_runs_it_as_an_account_without_rights(home: Path) -> None:
    with User(home) as user:
        assert query(user.ready()) == 1
        pid = postmaster_pid(home)
        assert Path(f"/proc/{pid}").stat().st_uid == NOBODY.pw_uid
        if reaches(Account(NOBODY.pw_uid, NOBODY.pw_gid, switch=True), [program("postgres")]):
            assert capabilities(pid) == 0


def test_a_closed_folder_of_root_works_and_stays_closed(closed: Path) -> None:
    with User(closed / "home") as user:
        assert query(user.ready()) == 1
        assert capabilities(postmaster_pid(closed / "home")) == 1 << CAP_DAC_READ_SEARCH
        user.end()
    assert closed.stat().st_mode & 0o777 == 0o700
    assert closed.stat().st_uid == 0
    assert is_gone(closed / "home")


def test_a_container_with_fewer_capabilities_works_too(closed: Path, copy: Callable[[Path], Path]) -> None:
    home = copy(closed / "home")
    with User(home, before=without(CAP_DAC_READ_SEARCH)) as user:
        assert query(user.ready()) == 1
        assert capabilities(postmaster_pid(home)) == 1 << CAP_DAC_OVERRIDE


def test_a_closed_folder_is_refused_untouched_where_no_capability_helps(closed: Path) -> None:
    with User(closed / "home", before=without(CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE)) as user:
        refusal = user.refusal()
    assert refusal.startswith("root 不能直接运行数据库，而账户 nobody 在此不可用，或进不了")
    assert refusal.count("。") == 1
    assert not list(closed.iterdir())


def test_root_without_the_right_to_change_accounts_is_refused(place: Path) -> None:
    with User(place / "home", before=without(7)) as user:  # CAP_SETUID
        assert "请以普通用户运行" in user.refusal()
    assert not (place / "home").exists()


def test_a_normal_user_has_a_server_of_their_own(place: Path) -> None:
    os.chown(place, NOBODY.pw_uid, NOBODY.pw_gid)
    with User(place / "home", through=as_user(NOBODY.pw_uid, NOBODY.pw_gid)) as user:
        assert query(user.ready()) == 1
        assert {path.stat().st_uid for path in place.rglob("*")} == {NOBODY.pw_uid}


def test_root_leaves_a_users_home_usable_for_the_user(place: Path) -> None:
    daemon = pwd.getpwnam("daemon")
    home = place / "home"
    home.mkdir()
    os.chown(home, daemon.pw_uid, daemon.pw_gid)
    with User(home) as root:
        root.ready()
        root.end()
    with User(home, through=as_user(daemon.pw_uid, daemon.pw_gid)) as user:
        assert query(user.ready()) == 1
        with User(home) as root:
            assert query(root.ready()) == 1
    assert is_gone(home)
    assert {path.stat().st_uid for path in home.rglob("*")} == {daemon.pw_uid}


def test_somebody_elses_server_is_refused(home: Path) -> None:
    with User(home, through=as_user(1, 1)) as user:
        assert "属于用户 nobody，您无权使用" in user.refusal()


def test_a_user_without_a_name_is_refused(place: Path) -> None:
    os.chown(place, NAMELESS, NAMELESS)
    with User(place / "home", through=as_user(NAMELESS, NAMELESS)) as user:
        assert f"用户编号 {NAMELESS} 在系统中没有用户名" in user.refusal()
    assert not (place / "home").exists()


def test_a_home_of_a_user_without_a_name_is_still_good_for_root(place: Path) -> None:
    home = place / "home"
    home.mkdir()
    os.chown(home, NAMELESS, NAMELESS)
    with User(home) as user:
        assert query(user.ready()) == 1
