"""Bringing a backup back: checked first, then one transaction that stands only if everything in it is as it was."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import psycopg
from django.db import DatabaseError, connection, transaction

from perfgoals.health.schema import Schema, compared, misfit, schema_of
from perfgoals.keeping import programs
from perfgoals.keeping.archive import Archive, checked
from perfgoals.keeping.contents import contents, difference, table_names
from perfgoals.keeping.errors import KeepingError
from perfgoals.keeping.lent import lent_facts
from perfgoals.keeping.manifest import Manifest
from perfgoals.keeping.script import run_script
from perfgoals.postgres.programs import reason

_OTHERS: Final = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_EMPTY: Final = """
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT c.oid, c.oid::regclass::text AS name, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
            WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY c.relkind = 'S'
    LOOP -- with one thing others go that rest on it
        CONTINUE WHEN NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = found.oid);
        EXECUTE format('DROP %s %s CASCADE', found.kind, found.name);
    END LOOP;
    FOR found IN SELECT p.oid, p.oid::regprocedure::text AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    LOOP
        CONTINUE WHEN NOT EXISTS (SELECT FROM pg_proc p WHERE p.oid = found.oid);
        EXECUTE format('DROP ROUTINE %s CASCADE', found.name);
    END LOOP;
    FOR found IN SELECT t.oid, t.oid::regtype::text AS name FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd', 'c', 'r')
            AND (c.oid IS NULL OR c.relkind = 'c')
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
    LOOP
        CONTINUE WHEN NOT EXISTS (SELECT FROM pg_type t WHERE t.oid = found.oid);
        EXECUTE format('DROP TYPE %s CASCADE', found.name);
    END LOOP;
END $$
"""
"""Takes everything away that a backup brings, and leaves the schema with its rights, and extensions, alone."""


def restore(path: Path, *, replace: bool) -> tuple[Manifest, Schema]:
    """Bring a backup back into an empty database; with ``replace``, in place of what the database holds.

    Whatever fails or is interrupted, at any moment, leaves the database as it was. Raises `KeepingError`. What comes
    back says how its tables stand to this program.
    """
    backup = checked(path)
    server = programs.server_major()
    _require_fitting(backup.manifest, server)
    restorer = programs.program("pg_restore", server=server)
    try:
        with transaction.atomic():
            _make_room(replace)
            _run(restorer, backup, server)
            _compare(backup.manifest)
            schema = schema_of(connection)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")  # the plans of all pages rest on it
    except (DatabaseError, psycopg.Error) as error:
        why = str(error).strip().splitlines()[0]
        raise KeepingError(f"没有恢复成功，数据库保持原样：{why}。") from error
    finally:
        connection.close()  # the script has set the session up for itself
    return backup.manifest, schema


def _require_fitting(manifest: Manifest, server: int) -> None:
    if server < manifest.server:
        raise KeepingError(
            f"备份来自 PostgreSQL {manifest.server}，这里的服务器是较旧的 {server}，请用同样或更新版本的服务器。"
        )
    applied = frozenset((app, name) for app, _, name in (one.partition(".") for one in manifest.migrations))
    # Older tables are brought up to date afterwards; those of a later version nobody here understands.
    if wrong := misfit(compared(applied)._replace(missing=[])):
        raise KeepingError(f"备份不适合本程序：{wrong}")


def _make_room(replace: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '15s'")
        held = table_names(cast("psycopg.Cursor[Any]", cursor))
        if held and not replace:
            raise KeepingError(
                f"数据库不是空的（有 {len(held)} 个表），没有恢复；确实要用备份替换它的全部内容时，请先备份它，再加 --replace。"
            )
        cursor.execute(_OTHERS)
        if others := cursor.fetchone()[0]:
            raise KeepingError(f"还有 {others} 个连接在使用数据库，没有恢复，请先停止网站和后台程序。")
        cursor.execute(_EMPTY)


def _run(restorer: Path, backup: Archive, server: int) -> None:
    command: list[str | Path] = [restorer, "--file=-", "--no-owner", "--no-privileges"]
    with (
        tempfile.TemporaryFile() as complaints,
        # Our own program and options; there is no shell.
        subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, env=programs.environment()
        ) as process,
        _fed(backup, cast("BinaryIO", process.stdin)) as feeder,
    ):
        try:
            with connection.connection.cursor() as cursor:
                run_script(cast("BinaryIO", process.stdout), cursor, server=server)
                cursor.execute("RESET search_path")
        except BaseException:
            process.kill()
            raise
        feeder.join()
        if process.wait() != 0:
            complaints.seek(0)
            raise KeepingError(
                f"没有恢复成功，数据库保持原样：{reason(complaints.read().decode('utf-8', 'replace'))}。"
            )


class Feeder(threading.Thread):
    """Gives the dump to pg_restore, and sees to it that it is the one that was checked."""

    def __init__(self, backup: Archive, to: BinaryIO) -> None:
        super().__init__(daemon=True)
        self._backup, self._to = backup, to
        self.is_same = False

    def run(self) -> None:
        """Until all of it is read; whoever stops reading earlier has what it needs."""
        digest = hashlib.sha256()
        try:
            for piece in self._backup.dump():
                digest.update(piece)
                self._give(piece)
        finally:
            self._give(b"", last=True)
        self.is_same = digest.hexdigest() == self._backup.sum_of_dump

    def _give(self, piece: bytes, *, last: bool = False) -> None:
        try:
            self._to.write(piece)
            if last:
                self._to.close()
        except (BrokenPipeError, ValueError):
            return


@contextmanager
def _fed(backup: Archive, to: BinaryIO) -> Iterator[Feeder]:
    feeder = Feeder(backup, to)
    feeder.start()
    yield feeder
    feeder.join()
    if not feeder.is_same:
        raise KeepingError("备份在恢复的过程中被改动了，数据库保持原样，请重试。")


def _compare(manifest: Manifest) -> None:
    """Everything that came back against what the manifest says stood there."""
    with connection.connection.cursor() as cursor:
        found = contents(cursor)
    if differs := difference(manifest.contents, found):
        raise KeepingError(f"恢复出的内容与备份的清单不符（{differs}），数据库保持原样，请换一份备份。")
    if not manifest.facts or misfit(schema_of(connection)):
        return  # tables of another version, which the program's own looks do not fit
    facts = lent_facts()
    for name, expected in manifest.facts.items():
        if facts.get(name, expected) != expected:
            raise KeepingError(f"恢复出的内容与备份的清单不符（{name}），数据库保持原样，请换一份备份。")
