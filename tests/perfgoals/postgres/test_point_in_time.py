"""Back to a moment between two edits, as docs/operations.md describes it, with the embedded server."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from perfgoals.postgres.binaries import program
from perfgoals.postgres.places import ROLE

from .processes import PROJECT, User, execute, query, soon

Copy = Callable[[Path], Path]


def documented(mark: str) -> str:
    """The lines of configuration that docs/operations.md gives in the block that begins with ``mark``."""
    text = (PROJECT / "docs/operations.md").read_text(encoding="utf-8")
    block = re.search(rf"```\n# {re.escape(mark)}\n(.*?)```", text, re.DOTALL)
    assert block, f"no block {mark}"
    return block[1]


def give_to_server(folder: Path, like: Path) -> None:
    """What root made must belong to the account that the server runs under."""
    owner = like.stat()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)


def archiving_home(place: Path, copy: Copy, archive: Path) -> Path:
    home = copy(place / "home")
    archive.mkdir()
    give_to_server(archive, home / "postgres")
    with (home / "postgres/data/postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write(documented("keep the log").replace("/backup/wal", str(archive)))
    return home


def base_backup(folder: Path, to: Path) -> None:
    command = [program("pg_basebackup"), "-h", folder, "-U", ROLE, "-D", to, "--checkpoint=fast"]
    subprocess.run(command, check=True, capture_output=True)


def restored_home(place: Path, base: Path, like: Path, archive: Path, moment: datetime) -> Path:
    home = place / "restored"
    (home / "postgres").mkdir(parents=True, mode=0o700)
    base.rename(home / "postgres/data")
    wanted = documented("back to a moment").replace("/backup/wal", str(archive))
    with (home / "postgres/data/postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write(re.sub(r"(?<=recovery_target_time = ')[^']+", moment.isoformat(), wanted))
    (home / "postgres/data/recovery.signal").touch()
    give_to_server(home / "postgres", like)
    return home


def test_back_to_a_moment_between_two_edits(place: Path, copy: Copy) -> None:
    archive, base = place / "wal", place / "base"
    home = archiving_home(place, copy, archive)
    with User(home) as user:
        folder = user.ready()
        execute(folder, "CREATE TABLE edited AS SELECT 'before the backup' AS word")
        base_backup(folder, base)
        execute(folder, "INSERT INTO edited VALUES ('right')")
        time.sleep(0.2)
        moment = query(folder, "SELECT clock_timestamp()")
        assert isinstance(moment, datetime)
        time.sleep(0.2)
        execute(folder, "UPDATE edited SET word = 'wrong'")
        last = query(folder, "SELECT pg_walfile_name(pg_switch_wal())")
        assert soon(lambda: (archive / str(last)).exists(), within=30)
        user.end()
    with User(restored_home(place, base, home / "postgres", archive, moment)) as user:
        folder = user.ready()
        assert query(folder, "SELECT string_agg(word, ', ' ORDER BY word) FROM edited") == "before the backup, right"
        execute(folder, "INSERT INTO edited VALUES ('after')")  # it is a server like any other again
        user.end()
    with User(home) as user:
        assert query(user.ready(), "SELECT string_agg(DISTINCT word, ', ') FROM edited") == "wrong"
