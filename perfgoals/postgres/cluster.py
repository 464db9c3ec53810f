"""The server process of a cluster: start, ask, stop.

Nothing here decides when; callers hold the locks that `server` describes. Whether any process of the server
lives is told by the lock ``server``: each of them inherits it, and the kernel drops it with the last. A
process number in a file, which a reboot or a container's start gives to somebody else, tells nothing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import stat
import time
from pathlib import Path
from typing import Final, NamedTuple

from perfgoals.postgres import locks
from perfgoals.postgres.binaries import program
from perfgoals.postgres.errors import ServerError
from perfgoals.postgres.places import (
    PORT,
    SOCKET_NAME,
    SOCKET_PATH_LIMIT,
    Cluster,
    socket_folder,
    temporary_socket_folder,
)
from perfgoals.postgres.programs import Account, detach, reason

PATIENCE: Final = 120.0
"""Seconds until a server that neither answers nor ends is given up. Recovery after a power cut is slow."""
_STEP: Final = 0.005
_SMALL_SHARED_MEMORY: Final = 128 * 2**20
_LOG_LIMIT: Final = 5 * 2**20


class Postmaster(NamedTuple):
    """What a server says about itself in ``postmaster.pid``. After its death that is stale."""

    pid: int
    socket_folder: Path
    status: str


def postmaster(cluster: Cluster) -> Postmaster | None:
    """The server's own note; ``None`` where there is none or it is still being written."""
    try:
        lines = (cluster.data / "postmaster.pid").read_bytes().split(b"\n")
        return Postmaster(int(lines[0]), Path(os.fsdecode(lines[4])), lines[7].strip().decode("ascii"))
    except (OSError, ValueError, IndexError):
        return None


def is_alive(cluster: Cluster) -> bool:
    """Whether any process of the server lives, answering or not."""
    return locks.is_taken(cluster.locks / "server")


def answers(cluster: Cluster) -> bool:
    """Whether the server takes connections now."""
    note = postmaster(cluster)
    if note is None or note.status != "ready":
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(os.fsencode(note.socket_folder / SOCKET_NAME))
        except OSError:
            return False
    return True


def start(cluster: Cluster, account: Account) -> None:
    """Start the server, of which no process may live, and return when it answers."""
    folder = _make_socket_folder(cluster, account)
    _remove_stale_note(cluster.data / "postmaster.pid", cluster)
    _remove_stale_note(folder / f"{SOCKET_NAME}.lock", cluster)
    log_start = _prepare_log(cluster)
    alive = locks.try_hold(cluster.locks / "server")
    if alive is None:
        raise ServerError("内置数据库服务器正被另一个程序启动，请稍后再试。")
    try:
        detach(account, cluster.log, _command(cluster, folder), keep=alive)
    finally:
        os.close(alive)
    deadline = time.monotonic() + PATIENCE
    while not answers(cluster):
        if not is_alive(cluster):
            raise ServerError(_why_not_started(cluster, log_start))
        _wait(cluster, deadline)


def await_answer_or_end(cluster: Cluster) -> bool:
    """Wait while a living server is starting or stopping. True: it answers. False: it is gone."""
    deadline = time.monotonic() + PATIENCE
    while is_alive(cluster):
        if answers(cluster):
            return True
        _wait(cluster, deadline)
    return False


def stop(cluster: Cluster) -> None:
    """Stop the server if it lives, ending its connections, and return when all its processes are gone."""
    for number, patience in ((signal.SIGINT, PATIENCE), (signal.SIGQUIT, 10.0)):
        deadline = time.monotonic() + patience
        signalled = False
        while is_alive(cluster) and time.monotonic() < deadline:
            # One that was started a moment ago has not written its number yet.
            signalled = signalled or _signal(cluster, number)
            time.sleep(_STEP)
    with contextlib.suppress(OSError):  # Mostly there is none.
        temporary_socket_folder(cluster).rmdir()


def _signal(cluster: Cluster, number: signal.Signals) -> bool:
    note = postmaster(cluster)
    if note is None or not _is_postgres(note.pid):
        return False
    try:
        os.kill(note.pid, number)
    except ProcessLookupError:
        return False
    return True


def _wait(cluster: Cluster, deadline: float) -> None:
    if time.monotonic() > deadline:
        note = postmaster(cluster)
        which = f"（进程 {note.pid}）" if note else ""
        raise ServerError(f"内置数据库服务器{which}没有应答，请结束它后重试，日志见“{cluster.log}”。")
    time.sleep(_STEP)


def _command(cluster: Cluster, folder: Path) -> list[str | Path]:
    # The setting is a list with its own quotes.
    quoted = '"' + str(folder).replace('"', '""') + '"'
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": quoted,
        "unix_socket_permissions": "0700",
    }
    if _shared_memory_is_small():
        settings["dynamic_shared_memory_type"] = "mmap"
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [program("postgres"), "-D", cluster.data, *options]


def _shared_memory_is_small() -> bool:
    """Containers have 64 MB of it by default, and some none; files do the same a little slower."""
    try:
        space = os.statvfs("/dev/shm")  # noqa: S108 - Linux's shared memory, not a temporary file
    except OSError:
        return True
    return space.f_bavail * space.f_frsize < _SMALL_SHARED_MEMORY


def _make_socket_folder(cluster: Cluster, account: Account) -> Path:
    folder = socket_folder(cluster)
    if len(os.fsencode(folder / SOCKET_NAME)) > SOCKET_PATH_LIMIT:
        raise ServerError(f"临时文件夹“{folder.parent}”的路径太长，请把环境变量 TMPDIR 设为 /tmp。")
    account.own(folder)
    found = folder.lstat()
    # In a folder that everybody can write to, somebody else may have been there first.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise ServerError(f"“{folder}”不是只属于本用户的文件夹，为安全起见不予使用，请删除它后重试。")
    return folder


def _remove_stale_note(path: Path, cluster: Cluster) -> None:
    """Remove a dead server's note: PostgreSQL would not start if somebody else has its process number now."""
    try:
        pid = int(path.read_bytes().split(b"\n")[0])
    except (OSError, ValueError):
        return
    if not (_is_postgres(pid) and os.fsencode(cluster.data) in _command_line(pid)):
        path.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    """Whether the process lives (a zombie does not) and is a PostgreSQL server's."""
    try:
        return Path(f"/proc/{pid}/comm").read_bytes().startswith(b"postgres") and bool(_command_line(pid)[0])
    except OSError:
        return False


def _command_line(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return [b""]


def _prepare_log(cluster: Cluster) -> int:
    """Put a large log aside, and return where this start's part of it will begin."""
    try:
        size = cluster.log.stat().st_size
    except FileNotFoundError:
        return 0
    if size <= _LOG_LIMIT:
        return size
    cluster.log.replace(cluster.log.with_suffix(".log.old"))
    return 0


def _why_not_started(cluster: Cluster, log_start: int) -> str:
    try:
        with cluster.log.open("rb") as log:
            log.seek(log_start)
            why = reason(log.read().decode("utf-8", errors="replace"))
    except OSError:
        why = "没有日志"
    return f"内置数据库服务器没有启动成功：{why}；日志见“{cluster.log}”。"
