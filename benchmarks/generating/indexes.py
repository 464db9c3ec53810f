"""Indexes and constraints of tables, taken away before many rows are stored and made again after. Generic.

Building an index over all rows is several times as fast as growing it row by row, and what was made anew is proven: a
constraint that the rows break cannot be added.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

_CONSTRAINTS = """
    SELECT c.conrelid::regclass::text, quote_ident(c.conname), c.contype::text, pg_get_constraintdef(c.oid)
    FROM pg_constraint c
    WHERE c.conrelid = ANY(%s::regclass[]) AND c.contype IN ('f', 'u', 'p', 'x')
        AND (c.contype = 'f' OR NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid))
    ORDER BY c.contype = 'p', c.conname
"""
_INDEXES = """
    SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i
    WHERE i.indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype <> 'f')
    ORDER BY 2
"""


class Taken(NamedTuple):
    """What has to be made again: statements by table, and foreign keys, which need everything else before them."""

    indexes: dict[str, list[str]]
    keys: dict[str, list[str]]


def take_away(tables: Sequence[str]) -> Taken:
    """Drop all indexes and constraints of the tables, but their checks and the keys that other tables refer to."""
    taken = Taken({table: [] for table in tables}, {})
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, [list(tables)])
        constraints = cursor.fetchall()
        cursor.execute(_INDEXES, [list(tables)])
        for table, name, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            taken.indexes[table].append(definition)
        for table, name, kind, definition in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            again = f"ADD CONSTRAINT {name} {definition}"
            if kind == "f":
                taken.keys.setdefault(table, []).append(again)
            else:
                taken.indexes[table].append(f"ALTER TABLE {table} {again}")
    return taken


def make_keys(taken: Taken) -> None:
    """Add the foreign keys again, each held against all rows."""
    with connection.cursor() as cursor:
        for table, keys in taken.keys.items():
            for key in keys:
                cursor.execute(f"ALTER TABLE {table} {key}")
