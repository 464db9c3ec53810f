"""Whether the database has the tables that this program needs: its record of migrations against the program's own."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

Key = tuple[str, str]
"""App and name of a migration."""


class Schema(NamedTuple):
    """How the database stands to the program."""

    applied: frozenset[Key]
    missing: list[Key]
    """The program's, not applied."""
    unknown: list[Key]
    """Applied, and not the program's: by a later version of it."""
    contradiction: str | None = None
    """A migration that was applied while one that it rests on was not."""


@cache
def _loader() -> MigrationLoader:
    # The program's files do not change while it runs, and reading them takes a tenth of a second.
    return MigrationLoader(None, ignore_no_migrations=True)


def schema_of(connection: BaseDatabaseWrapper) -> Schema:
    """How a database stands. Two statements; raises Django's ``OperationalError`` where the database cannot be had."""
    return compared(_applied(connection))


def compared(applied: frozenset[Key]) -> Schema:
    """Some applied migrations against the program's."""
    loader = _loader()
    known = set(loader.disk_migrations)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    missing = sorted(known - applied - _stand_ins(loader, applied))
    unknown = sorted(key for key in applied - known - replaced if key[0] in loader.migrated_apps)
    return Schema(applied, missing, unknown, _contradiction(loader, applied))


def _applied(connection: BaseDatabaseWrapper) -> frozenset[Key]:
    # By hand: Django's recorder asks over the alias's connection, which may be another one than this.
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return frozenset()
        cursor.execute("SELECT app, name FROM django_migrations")
        return frozenset((app, name) for app, name in cursor.fetchall())


def _stand_ins(loader: MigrationLoader, applied: frozenset[Key]) -> set[Key]:
    """Migrations that stand for several older ones, all of which were applied."""
    return {
        key
        for key, migration in loader.disk_migrations.items()
        if migration.replaces and applied.issuperset(migration.replaces)
    }


def _contradiction(loader: MigrationLoader, applied: frozenset[Key]) -> str | None:
    for key in sorted(applied & set(loader.graph.nodes)):
        for parent in loader.graph.node_map[key].parents:
            if parent.key not in applied:
                return f"{name(key)} 已执行，它依据的 {name((parent.key[0], parent.key[1]))} 却没有"
    return None


def name(key: Key) -> str:
    """A migration as people write it."""
    return ".".join(key)


def misfit(schema: Schema) -> str | None:
    """Why the program cannot work on the database, and what to do: one sentence; ``None`` where it can."""
    if schema.contradiction:
        return f"数据库的迁移记录前后矛盾（{schema.contradiction}），程序不能在它上面运行，请恢复最近的备份（./run manage restore）。"
    if schema.unknown:
        return (
            f"数据库已由更新的版本升级过（有本程序不认识的 {name(schema.unknown[-1])}），"
            "请换用那个版本的程序，或恢复升级前的备份。"
        )
    if not schema.missing:
        return None
    if not schema.applied:
        return "数据库还没有建表，请运行 ./run manage migrate。"
    return (
        f"数据库结构不是最新的（还有 {len(schema.missing)} 步没有执行，第一步是 {name(schema.missing[0])}），"
        "请先备份（./run manage backup），再运行 ./run manage migrate。"
    )
