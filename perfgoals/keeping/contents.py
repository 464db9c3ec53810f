"""What a database holds, told so that two can be compared: rows and a digest of each table, and where sequences stand."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import msgspec
import psycopg
from psycopg import sql


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rows of a table, and a sum over them that does not depend on their order."""

    rows: int
    digest: str


class Contents(NamedTuple):
    """All of a database."""

    tables: dict[str, Table]
    sequences: dict[str, int | None]
    """The last number that each gave; ``None``: none yet."""


TEXT_OF_VALUES: Final = """
    SET LOCAL "TimeZone" = 'UTC'; SET LOCAL "DateStyle" = 'ISO, YMD'; SET LOCAL "IntervalStyle" = 'postgres';
    SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1
"""
"""How values are written decides about the digests."""
_TABLES: Final = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname
"""
_SEQUENCES: Final = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
_DIGEST: Final = sql.SQL("""
    SELECT count(*), coalesce(
        sum(('x' || encode(substr(sha256(convert_to(row_of_it::text, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint), 0
    ) FROM public.{} AS row_of_it
""")


def table_names(cursor: psycopg.Cursor[Any]) -> list[str]:
    """Tables of the program; of one that is parted only the whole."""
    return [name for (name,) in cursor.execute(_TABLES).fetchall()]


def sequences(cursor: psycopg.Cursor[Any]) -> dict[str, int | None]:
    """Where they stand now, whatever transaction is open: numbers that were given are never taken back."""
    return dict(cursor.execute(_SEQUENCES).fetchall())


def tables(cursor: psycopg.Cursor[Any]) -> dict[str, Table]:
    """Rows and digests, as the transaction that is open sees them."""
    cursor.execute(TEXT_OF_VALUES)
    return {name: _table(cursor, name) for name in table_names(cursor)}


def _table(cursor: psycopg.Cursor[Any], name: str) -> Table:
    rows, total = cursor.execute(_DIGEST.format(sql.Identifier(name))).fetchone() or (0, 0)
    return Table(rows, str(total))


def contents(cursor: psycopg.Cursor[Any]) -> Contents:
    """Both."""
    return Contents(tables(cursor), sequences(cursor))


def difference(expected: Contents, found: Contents) -> str | None:
    """The first thing in which what was found is not what was expected, in words; ``None`` where there is none.

    A sequence may stand further on, since it was read before the dump and others went on; one that stands behind would
    give numbers a second time.
    """
    for name in sorted({*expected.tables, *found.tables}):
        if (one := expected.tables.get(name)) != (other := found.tables.get(name)):
            return f"表 {name} 应为 {_in_words(one)}，实为 {_in_words(other)}"
    if expected.sequences.keys() != found.sequences.keys():
        return f"序号不是原来的 {len(expected.sequences)} 个"
    for name, place in expected.sequences.items():
        if (found.sequences[name] or 0) < (place or 0):
            return f"序号 {name} 退到了 {found.sequences[name]}"
    return None


def _in_words(table: Table | None) -> str:
    return "没有" if table is None else f"{table.rows} 行（摘要 {table.digest[-8:]}）"
