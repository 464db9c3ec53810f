"""Which system account the server runs under. PostgreSQL refuses to run as root.

A normal user's server is that user's. For root an account that exists already is used; no account is made
and no folder but the server's own is opened or given away. Where that account cannot get at the data or the
programs (a project in ``/root``, say), the server keeps one capability to get past closed folders, and no
other right of root.
"""

from __future__ import annotations

import errno
import os
import pwd
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from perfgoals.postgres.errors import ServerError
from perfgoals.postgres.places import Cluster
from perfgoals.postgres.programs import NO_CAPABILITY, Account, reaches

CAP_DAC_OVERRIDE: Final = 1
CAP_DAC_READ_SEARCH: Final = 2
_SPARE_NAMES: Final = ("nobody", "daemon", "postgres")


def check_owner(cluster: Cluster) -> None:
    """Refuse a normal user the server of somebody else. Root may use anybody's."""
    owner = _owner(cluster.folder)
    if owner is not None and os.geteuid() not in (0, owner):
        raise ServerError(
            f"“{cluster.folder}”属于用户 {_name(owner)}，您无权使用；"
            f"请以该用户或 root 运行，或用环境变量 PERFGOALS_HOME 另选一个自己的文件夹。"
        )


def choose(cluster: Cluster, needed: list[Path]) -> Account:
    """The account for this cluster's server, able to get at the `needed` programs and the data.

    Raises `ServerError` before anything is touched where there is none.
    """
    check_owner(cluster)
    if os.geteuid() != 0:
        _check_has_name(os.geteuid())
        return Account(os.geteuid(), os.getegid())
    account = _account_for_root(cluster)
    paths = [_nearest_existing(cluster.folder), *needed]
    for candidate in _with_growing_rights(account):
        if reaches(candidate, paths):
            return candidate
    raise ServerError(_unreachable(account, cluster))


def _with_growing_rights(account: Account) -> Iterator[Account]:
    # Reading and searching is enough unless the programs were installed closed to others. Containers,
    # however, often leave root just the wider of the two.
    for capability in (NO_CAPABILITY, CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        yield replace(account, capability=capability)


def _account_for_root(cluster: Cluster) -> Account:
    """Whoever owns the server's folder or the home, so that they can use it too; else a spare account."""
    owner = _owner(cluster.folder)
    entry = _check_has_name(owner) if owner else _entry(_owner(cluster.home) or 0) or _spare()
    return Account(entry.pw_uid, entry.pw_gid, switch=True)


def _spare() -> pwd.struct_passwd:
    for name in _SPARE_NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return entry
    raise ServerError("root 不能直接运行数据库，而系统里没有 nobody 等普通账户可用，请以普通用户运行。")


def _entry(uid: int) -> pwd.struct_passwd | None:
    """The entry of an account other than root."""
    try:
        return pwd.getpwuid(uid) if uid else None
    except KeyError:
        return None


def _check_has_name(uid: int) -> pwd.struct_passwd:
    entry = _entry(uid)
    if entry is None:
        raise ServerError(
            f"用户编号 {uid} 在系统中没有用户名，数据库无法以它运行；请在 /etc/passwd 中登记该用户，或改用其他用户。"
        )
    return entry


def _owner(path: Path) -> int | None:
    try:
        return path.stat().st_uid
    except OSError:
        return None


def _name(uid: int) -> str:
    entry = _entry(uid)
    return "root" if uid == 0 else entry.pw_name if entry else str(uid)


def _nearest_existing(path: Path) -> Path:
    found = next(candidate for candidate in (path, *path.parents) if candidate.exists())
    if not found.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(found))
    return found


def _unreachable(account: Account, cluster: Cluster) -> str:
    return (
        f"root 不能直接运行数据库，而账户 {_name(account.uid)} 在此不可用，"
        f"或进不了“{cluster.home}”和程序所在的文件夹；请以普通用户运行，"
        "或把项目和 PERFGOALS_HOME 放到其他用户可以进入的地方（如 /var/lib/perfgoals）。"
    )
