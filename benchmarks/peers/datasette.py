"""A SQLite file for Datasette with the same projects: indexes for the filters, and full text by three characters.

Made once a home, with the counts of its tables beside it, as Datasette's documentation recommends for files that do not
change (``--immutable``, ``--inspect-file``).
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.homes import folder
from benchmarks.peers.installing import programs_of

NAME: Final = "perfgoals"
COLUMNS: Final = {
    "id": "INTEGER PRIMARY KEY", "name": "TEXT", "region": "TEXT", "department": "INTEGER", "year": "INTEGER",
    "attribute": "TEXT", "amount": "REAL", "period_amount": "REAL", "overview": "TEXT", "goal": "TEXT",
}  # fmt: skip
"""With their types: SQLite finds no number by the text that an address has, unless the column says that it holds numbers."""
_ROWS: Final = """
    SELECT p.id, p.name, p.region_id, p.department_id, p.year, p.attribute, p.amount::float8, p.period_amount::float8,
        p.overview, g.text
    FROM projects_project p LEFT JOIN indicators_goal g ON g.project_id = p.id AND g.scope = 'annual'
    WHERE p.archived_at IS NULL
"""
_INDEXES: Final = ("year, amount", "region, year, amount", "department, year, amount", "amount", "attribute")
_BATCH: Final = 20_000


def file_of(home: Path) -> Path:
    """The file of a home; Django must be set up on that home where there is none yet."""
    path = folder() / f"{home.name}-{NAME}" / f"{NAME}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.unlink(missing_ok=True)
        _write(half)
        half.rename(path)
        with path.with_suffix(".json").open("wb") as counts:
            subprocess.run([programs_of("peers") / "datasette", "inspect", path], stdout=counts, check=True)
    return path


def command(path: Path, port: int) -> list[str]:
    """Starts it, without its guesses of what might be counted, which take longest."""
    return [
        str(programs_of("peers") / "datasette"), "serve", "--immutable", str(path), "--inspect-file",
        str(path.with_suffix(".json")), "--port", str(port), "--setting", "suggest_facets", "off", "--setting",
        "sql_time_limit_ms", "60000", "--setting", "facet_time_limit_ms", "60000",
    ]  # fmt: skip


def _write(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA journal_mode = off")
        file.execute("PRAGMA synchronous = off")
        file.execute(f"CREATE TABLE projects ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        marks = ", ".join("?" * len(COLUMNS))
        file.executemany(f"INSERT INTO projects VALUES ({marks})", _rows())  # noqa: S608  # names from here
        for nth, columns in enumerate(_INDEXES):
            file.execute(f"CREATE INDEX projects_{nth} ON projects ({columns})")
        file.execute(
            # Datasette looks for exactly these quotes to find out that a table can be searched.
            'CREATE VIRTUAL TABLE projects_fts USING fts5(name, overview, goal, content="projects", content_rowid="id",'
            " tokenize='trigram')"
        )
        file.execute("INSERT INTO projects_fts (projects_fts) VALUES ('rebuild')")
        file.execute("ANALYZE")
    file.close()


def _rows() -> Iterator[tuple[Any, ...]]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS)
        while rows := cursor.fetchmany(_BATCH):
            yield from rows
