"""The embedded server's life: it starts with the first process that needs it and stops with the last.

Three locks in ``postgres.locks``, all dropped by the kernel when their holder ends, however it ends:

``users``
    Shared by every process that uses the server, taken before anything else and kept for life. Whoever
    holds it alone knows that nobody uses the server and nobody is about to, and may stop it.
``start``
    Held by a user while it looks whether the server and the guard live, and starts what is missing.
``guard``
    Held by the guard, a small process of its own session that waits for ``users`` alone, and then stops the
    server. It outlives Ctrl-C, SIGTERM and SIGKILL of the users. A user that finds the lock free starts a
    new guard, so that a server left behind is taken over without a word.

(`cluster` has the fourth, ``server``.) The guard is started before the server, so that there is no moment
at which a server is without one.
"""

from __future__ import annotations

import atexit
import errno
import os
import sys
import threading
import time
from pathlib import Path
from typing import Final

from perfgoals.postgres import accounts, locks
from perfgoals.postgres import cluster as clusters
from perfgoals.postgres.binaries import program
from perfgoals.postgres.errors import ServerError
from perfgoals.postgres.initdb import ensure_created
from perfgoals.postgres.places import Cluster
from perfgoals.postgres.programs import Account, detach

_FAREWELL: Final = 5.0
"""Seconds that an ending process waits to see the server stopped."""

_MISHAPS: Final = {
    errno.EACCES: "没有权限",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "不是文件夹",
    errno.EROFS: "文件系统只能读取",
}

_users: dict[Path, int] = {}
"""The locks ``users`` that this process holds, by home. A forked process has them too, with its parent."""
_folders: dict[Path, Path] = {}
"""Where the servers that this process uses were last seen to listen, by home as given."""
_mutex = threading.RLock()


def ensure_running(home: Path) -> Path:
    """Make this process a user of the server until it ends, and return the folder of the server's socket.

    The server is started if it does not run. May be called any number of times, from any thread and after a
    fork; a server that has died is started anew. Raises `ServerError`.
    """
    cluster = Cluster(home)
    with _mutex:
        try:
            _folders[home] = _ensure_running(cluster)
            return _folders[home]
        except OSError as error:
            where = error.filename or cluster.home
            why = _MISHAPS.get(error.errno or 0, f"{error.strerror or error}")
            raise ServerError(f"内置数据库无法使用“{where}”：{why}，请检查 PERFGOALS_HOME。") from error


def socket_folder(home: Path) -> Path:
    """As `ensure_running`, without another look at a server that this process uses already."""
    return _folders.get(home) or ensure_running(home)


def _ensure_running(cluster: Cluster) -> Path:
    _check_platform(cluster)
    accounts.check_owner(cluster)
    if not cluster.folder.exists():
        _account(cluster)  # Refuses, if at all, before anything is made.
    locks.make_folder(cluster.locks)
    newcomer = _become_user(cluster)
    try:
        start = locks.hold(cluster.locks / "start")
        try:
            _ensure_guard(cluster)
            _ensure_server(cluster)
        finally:
            os.close(start)
    except BaseException:
        if newcomer:
            os.close(_users.pop(cluster.home))
        raise
    note = clusters.postmaster(cluster)
    if note is None:
        raise ServerError(f"内置数据库服务器刚启动就停止了，日志见“{cluster.log}”。")
    return note.socket_folder


def _check_platform(cluster: Cluster) -> None:
    if sys.platform != "linux":
        raise ServerError("内置数据库只能在 Linux 上运行，请用环境变量 DATABASE_URL 指定一个 PostgreSQL 服务器。")
    if any(ord(character) < 32 for character in str(cluster.home)):
        raise ServerError("环境变量 PERFGOALS_HOME 的路径含有换行等控制字符，请换一个文件夹。")


def _become_user(cluster: Cluster) -> bool:
    """Take the lock ``users`` unless this process has it. True: it is new."""
    path = cluster.locks / "users"
    held = _users.get(cluster.home)
    if held is not None:
        if locks.is_at(held, path):
            return False
        os.close(_users.pop(cluster.home))  # The home was removed under our feet.
    descriptor = locks.hold(path, shared=True)
    if not _users:
        atexit.register(_leave)
    _users[cluster.home] = descriptor
    return True


def _ensure_guard(cluster: Cluster) -> None:
    guard = locks.try_hold(cluster.locks / "guard")
    if guard is None:
        return
    command: list[str | Path] = [sys.executable, "-m", "perfgoals.postgres.guard", cluster.home, str(guard)]
    log = cluster.locks / "guard.log"
    try:
        os.close(locks.hold(log))  # Made with the right owner, also by root.
        # The lock passes to the guard by inheritance: no moment at which a second one could start.
        detach(Account(os.geteuid(), os.getegid()), log, command, keep=guard)
    finally:
        os.close(guard)


def _ensure_server(cluster: Cluster) -> None:
    if clusters.await_answer_or_end(cluster):
        return
    account = _account(cluster)
    account.own(cluster.folder)
    ensure_created(cluster, account)
    clusters.start(cluster, account)


def _account(cluster: Cluster) -> Account:
    return accounts.choose(cluster, [program("initdb"), program("postgres")])


def _leave() -> None:
    """At a normal exit: the last user sees the server stopped before the process is gone."""
    while _users:
        home, descriptor = _users.popitem()
        os.close(descriptor)
        try:
            _await_stop(Cluster(home))
        except OSError:  # The home was removed; nothing is left to wait for.
            continue
        except (
            KeyboardInterrupt,
            SystemExit,
        ):  # A second signal: there is no time, and the guard sees to it.
            return


def _await_stop(cluster: Cluster) -> None:
    users = cluster.locks / "users"
    deadline = time.monotonic() + _FAREWELL
    while time.monotonic() < deadline and cluster.locks.exists():
        alone = locks.try_hold(users)
        if alone is not None:
            # Quicker than the guard, or there is none any more.
            try:
                clusters.stop(cluster)
            finally:
                os.close(alone)
            return
        others = locks.try_hold(users, shared=True)
        if others is not None:
            # Others use it, or the guard has just finished: it holds the lock alone until the server is gone.
            os.close(others)
            return
        time.sleep(0.01)


def _after_fork() -> None:
    # Another thread of the parent may have held it, and does not exist here.
    global _mutex
    _mutex = threading.RLock()


os.register_at_fork(after_in_child=_after_fork)
