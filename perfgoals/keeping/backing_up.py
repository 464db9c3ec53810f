"""Making a backup while the site goes on: dump and manifest see the database as it stood at one moment."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import psycopg
from django.db import connection
from django.utils import timezone

from perfgoals.health.schema import misfit, name, schema_of
from perfgoals.keeping import archive, programs
from perfgoals.keeping.contents import sequences, tables
from perfgoals.keeping.errors import KeepingError
from perfgoals.keeping.lent import lent_facts
from perfgoals.keeping.manifest import Manifest, encode, program_version
from perfgoals.postgres.programs import reason
from perfgoals.snapshot import snapshot


class Backup(NamedTuple):
    """What was made."""

    path: Path
    manifest: Manifest


def back_up(to: Path) -> Backup:
    """Make a backup at ``to``, or under a name of its own in the folder ``to``. Raises `KeepingError`."""
    path = to / f"perfgoals-{timezone.localtime():%Y%m%d-%H%M%S}.tar" if to.is_dir() else to
    server = programs.server_major()
    dumper = programs.program("pg_dump", server=server)
    with archive.new_file(path) as file, snapshot():
        writer = archive.Writer(file)
        given = _read(sequences)
        writer.add(archive.DUMP, _dumped(dumper))
        manifest = _manifest(server, programs.version(dumper), given)
        writer.add(archive.MANIFEST, [encode(manifest)])
        writer.finish()
    return Backup(path, manifest)


def _dumped(dumper: Path) -> Iterator[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
    # Owners and rights belong to the place where a backup comes back, and are given there.
    options = ["--format=custom", f"--snapshot={moment}", "--no-owner", "--no-privileges", "--no-password"]
    command: list[Any] = [dumper, *options, f"--dbname={programs.target()}"]
    with tempfile.TemporaryFile() as complaints:
        # Our own program and settings; there is no shell.
        with subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=complaints, env=programs.environment()
        ) as process:
            assert process.stdout is not None  # noqa: S101  # a pipe was asked for
            try:
                while piece := process.stdout.read(archive.CHUNK):
                    yield piece
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            complaints.seek(0)
            why = reason(complaints.read().decode("utf-8", "replace"))
            raise KeepingError(f"数据库没有导出成功：{why}。")


_Found = TypeVar("_Found")


def _read(look: Callable[[psycopg.Cursor[Any]], _Found]) -> _Found:
    with connection.connection.cursor() as cursor:
        return look(cursor)


def _manifest(server: int, dumper: str, given: dict[str, int | None]) -> Manifest:
    schema = schema_of(connection)
    return Manifest(
        program=program_version(),
        made_at=timezone.localtime().isoformat(timespec="seconds"),
        server=server,
        dumped_by=dumper,
        migrations=sorted(map(name, schema.applied)),
        tables=_read(tables),
        sequences=given,
        facts={} if misfit(schema) else lent_facts(),
    )
