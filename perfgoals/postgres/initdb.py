"""The cluster on disk: made once, complete or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path
from typing import Final

from perfgoals.postgres.binaries import MAJOR, program
from perfgoals.postgres.errors import ServerError
from perfgoals.postgres.places import DATABASE, ROLE, Cluster
from perfgoals.postgres.programs import Account, reason, run

_LEAST_BUFFERS: Final = 128
_MOST_BUFFERS: Final = 2048
_MOST_HELPERS: Final = 2
"""PostgreSQL's own default."""
_SHARE: Final = 8
"""Of the machine's memory; the rest is the site's own processes' and the file system's."""


def tuning(memory: int, processors: int) -> dict[str, str]:
    """What is written to ``postgresql.conf`` once, where an operator may change it, on a machine with so many bytes of memory.

    Searches visit tens of thousands of pages, each of which takes several times as long where it has to be fetched from the
    file system's memory into PostgreSQL's own.

    Helpers for one statement are for machines with processors to spare: with two of them, the sum of a word that 40,000 projects
    have took a fifth longer with helpers than without, and others had to wait for these as well.
    """
    buffers = min(max(memory // _SHARE >> 20, _LEAST_BUFFERS), _MOST_BUFFERS)
    return {
        "shared_buffers": f"{buffers}MB",
        "max_parallel_workers_per_gather": str(min(max(processors // 2 - 1, 0), _MOST_HELPERS)),
        "max_connections": "100",
        "log_checkpoints": "off",
        "cluster_name": "perfgoals",
    }


def ensure_created(cluster: Cluster, account: Account) -> None:
    """Make the cluster with its role and database where there is none.

    It is made beside its place and moved there when complete, so that an interruption leaves no half of it.
    """
    version = _version(cluster)
    if version == str(MAJOR):
        return
    if version is not None:
        raise ServerError(
            f"“{cluster.data}”是 PostgreSQL {version} 的数据，本程序带的是 {MAJOR}；"
            "请用原来的 PerfGoals 导出，另设一个 PERFGOALS_HOME 后再导入。"
        )
    for abandoned in cluster.folder.glob("data.new.*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    draft = cluster.folder / f"data.new.{secrets.token_hex(4)}"
    try:
        _create(draft, account)
        draft.rename(cluster.data)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _create(data: Path, account: Account) -> None:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    settings = [f"--set={name}={value}" for name, value in tuning(memory, os.cpu_count() or 1).items()]
    # The same sorting everywhere, whatever the machine's locale: by code point, in PostgreSQL's own tables.
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    who = [f"--username={ROLE}", "--auth=trust"]
    _run(account, [program("initdb"), f"--pgdata={data}", *who, *locale, *settings])
    # A server of one process and without a socket: the database is there before anybody can connect.
    options = ["-c", "exit_on_error=on", "-c", "log_checkpoints=off"]
    single: list[str | Path] = [program("postgres"), "--single", "-D", data, *options, "postgres"]
    _run(account, single, text=f"CREATE DATABASE {DATABASE};\n")


def _run(account: Account, command: list[str | Path], *, text: str = "") -> None:
    done = run(account, command, text=text)
    if done.returncode != 0:
        raise ServerError(f"无法建立内置数据库：{reason(done.stderr)}；请检查磁盘空间和文件夹的权限。")


def _version(cluster: Cluster) -> str | None:
    try:
        return (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
