"""The rows of all tables, out to files and back by COPY: the least that storing them can cost."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PIECE: Final = 1 << 20


def take_out(folder: Path) -> list[tuple[str, Path]]:
    """Copy every table that has rows to a file of its own, and empty it. What COPY calls each, and its file."""
    from django.db import connection, transaction

    taken = []
    with transaction.atomic(), connection.cursor() as cursor:
        for number, (table, into) in enumerate(_tables()):
            path = folder / f"{number}.copy"
            with path.open("wb") as file, cursor.cursor.copy(f"COPY {into} TO STDOUT (FORMAT binary)") as copy:
                for piece in copy:
                    file.write(piece)
            taken.append((table, into, path))
        cursor.execute(f"TRUNCATE {', '.join(table for table, _, _ in taken)} CASCADE")
    return [(into, path) for _, into, path in taken]


def put_back(taken: list[tuple[str, Path]]) -> int:
    """Copy the files into their tables again, in one transaction without triggers. How many rows there were."""
    from django.db import connection, transaction

    rows = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for into, path in taken:
            with path.open("rb") as file, cursor.cursor.copy(f"COPY {into} FROM STDIN (FORMAT binary)") as copy:
                while piece := file.read(PIECE):
                    copy.write(piece)
            rows += cursor.rowcount
    return rows


def _tables() -> list[tuple[str, str]]:
    """Tables that have rows, and what COPY calls them: with the columns that are not computed from others."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text, string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
            " JOIN pg_class ON pg_class.oid = attrelid WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' GROUP BY attrelid ORDER BY attrelid"
        )
        found = cursor.fetchall()
        return [(table, f"{table} ({columns})") for table, columns in found if _has_rows(table)]


def _has_rows(table: str) -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")  # noqa: S608  # a name from the catalogue, quoted
        return bool(cursor.fetchone()[0])
