"""Starting PostgreSQL's programs, and the guard, through `launch`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perfgoals.postgres.errors import ServerError

_LAUNCHER: Final = Path(__file__).with_name("launch.py")
NO_CAPABILITY: Final = 0


@dataclass(frozen=True)
class Account:
    """An account to start programs under. Without `switch` it is the one that this process has."""

    uid: int
    gid: int
    switch: bool = False
    capability: int = NO_CAPABILITY

    @property
    def spec(self) -> str:
        """As `launch` wants it."""
        return f"{self.uid}:{self.gid}:{self.capability}" if self.switch else "-"

    def own(self, folder: Path) -> None:
        """Make the folder, closed to all others, and see to it that it is this account's."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.switch and folder.stat().st_uid == os.geteuid():
            # Only what is root's own, and never through a link, which could lead to any folder.
            descriptor = os.open(folder, os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                os.fchown(descriptor, self.uid, self.gid)
            finally:
                os.close(descriptor)


def run(account: Account, command: Sequence[str | Path], *, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program to its end with `text` as its input, and return its status and output."""
    return _launch("run", account, command, text=text)


def detach(account: Account, log: Path, command: Sequence[str | Path], *, keep: int) -> None:
    """Start a program that outlives this process, writes to `log` and holds the descriptor `keep`.

    Raises `ServerError` where not even that is possible; what goes wrong later is in the log.
    """
    launched = _launch("detach", account, [log, *command], keep=(keep,))
    if launched.returncode != 0:
        raise ServerError(f"内置数据库无法启动：{reason(launched.stderr)}。")


def reason(output: str) -> str:
    """The line of a program's output that says why it failed."""
    if "No space left on device" in output:
        return "磁盘已满"
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if any(mark in line for mark in ("PANIC:", "FATAL:", "ERROR:", "rror:"))]
    return (telling or lines or ["没有给出原因"])[-1].rstrip("。.")


def reaches(account: Account, paths: Sequence[Path]) -> bool:
    """Whether the account can be taken on here and then gets at all these paths."""
    return _launch("reach", account, paths).returncode == 0


def _launch(
    mode: str, account: Account, rest: Sequence[str | Path], *, text: str = "", keep: tuple[int, ...] = ()
) -> subprocess.CompletedProcess[str]:
    # Every part of the command is ours; there is no shell.
    return subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", _LAUNCHER, mode, account.spec, *rest],
        input=text,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        pass_fds=keep,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Ours, without a locale and without PGPORT, PGDATA and their like, which PostgreSQL would obey."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C", "PYTHONPATH": str(Path(__file__).parents[2])}
