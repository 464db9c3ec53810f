"""The whole content of the test database, kept and put back: quicker than making it anew for every journey."""

from __future__ import annotations

from typing import NamedTuple

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from psycopg import sql

SKIPPED = ("django_migrations",)
MUCH = 1_000_000
"""Bytes of a table that has grown beyond what is quickly deleted and passed over."""


class Snapshot(NamedTuple):
    """Rows of every table that has any, as PostgreSQL copies them, and where the sequences stand."""

    rows: dict[str, bytes]
    sequences: dict[str, int]


def take() -> Snapshot:
    """What the database holds now."""
    with _cursor() as cursor:
        rows = {name: _copied(cursor, name) for name in _tables(cursor)}
        places = cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
        )
        return Snapshot({name: data for name, data in rows.items() if data}, dict(places.fetchall()))


def put_back(snapshot: Snapshot) -> None:
    """Let the database hold what it held, and nothing else: no trigger takes that for news."""
    with transaction.atomic(), _cursor() as cursor:
        # As a replica writes: without triggers of anybody, foreign keys among them. Only a superuser may.
        cursor.execute("SET LOCAL session_replication_role = replica")
        _empty(cursor)
        for name, data in snapshot.rows.items():
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(_columns(cursor, name))) as copy:
                copy.write(data)
        for name, place in snapshot.sequences.items():
            cursor.execute("SELECT setval(%s, %s)", [name, place])
    ContentType.objects.clear_cache()


def _empty(cursor: psycopg.Cursor[tuple[str, int]]) -> None:
    """Every table without rows, every sequence at its start.

    New files for all tables and indexes, which is what TRUNCATE makes, cost a hundred times as much as deleting a few
    rows: they are made where much has been written.
    """
    tables = list(map(sql.Identifier, _tables(cursor)))
    most = cursor.execute(
        "SELECT 'bytes', max(pg_table_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    ).fetchall()[0][1]
    if most > MUCH:
        cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(tables)))
    else:
        cursor.execute(sql.SQL("; ").join(map(sql.SQL("DELETE FROM {}").format, tables)))
        cursor.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences"
            " WHERE schemaname = 'public' AND last_value IS NOT NULL"
        )


def _cursor() -> psycopg.Cursor[tuple[str, int]]:
    connection.ensure_connection()
    cursor: psycopg.Cursor[tuple[str, int]] = connection.connection.cursor()
    return cursor


def _tables(cursor: psycopg.Cursor[tuple[str, int]]) -> list[str]:
    found = cursor.execute("SELECT tablename, 0 FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [name for name, _ in found.fetchall() if name not in SKIPPED]


def _columns(cursor: psycopg.Cursor[tuple[str, int]], table: str) -> sql.Composed:
    """The table with the columns that can be written: generated ones make themselves."""
    found = cursor.execute(
        "SELECT column_name, 0 FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in found.fetchall())
    return sql.SQL("{} ({})").format(sql.Identifier(table), names)


def _copied(cursor: psycopg.Cursor[tuple[str, int]], table: str) -> bytes:
    with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(_columns(cursor, table))) as copy:
        return b"".join(bytes(part) for part in copy)
