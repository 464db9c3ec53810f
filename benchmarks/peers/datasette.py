"""A SQLite file for Datasette with the same projects: indexes for the filters, and full text by three characters.

Made once a home, with the counts of its tables beside it, as Datasette's documentation recommends for files that do not
change (``--immutable``, ``--inspect-file``); made anew where it would have other tables by now.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from hashlib import sha256
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
_TABLE: Final = f"CREATE TABLE projects ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})"
_SEARCH: Final = (
    # Datasette looks for exactly these quotes to find out that a table can be searched.
    'CREATE VIRTUAL TABLE projects_fts USING fts5(name, overview, goal, content="projects", content_rowid="id",'
    " tokenize='trigram')",
    "INSERT INTO projects_fts (projects_fts) VALUES ('rebuild')",
)
_INDEXES: Final = ("year, amount", "region, year, amount", "department, year, amount", "amount", "attribute")
_BATCH: Final = 20_000
_DIGITS: Final = 12


def file_of(home: Path) -> Path:
    """The file of a home; Django must be set up on that home where there is none yet."""
    path = place_of(home) / f"{NAME}.db"
    if not path.exists():
        remove_outdated(home)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.unlink(missing_ok=True)
        _write(half)
        half.rename(path)
        with path.with_suffix(".json").open("wb") as counts:
            subprocess.run([programs_of("peers") / "datasette", "inspect", path], stdout=counts, check=True)
    return path


def place_of(home: Path) -> Path:
    """The folder of a home's file, which names what the file is made by: with other tables or rows it is another one."""
    made_by = [_ROWS, _TABLE, *_index_statements(), *_SEARCH]
    return folder() / f"{_begin(home)}{sha256(chr(0).join(made_by).encode()).hexdigest()[:_DIGITS]}"


def remove_outdated(home: Path) -> None:
    """Delete what was made of the home by other statements: of a million projects a gigabyte and more."""
    for place in folder().glob(f"{_begin(home).rstrip('-')}*"):
        if place != place_of(home):
            shutil.rmtree(place)


def _begin(home: Path) -> str:
    return f"{home.name}-{NAME}-"


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
        file.execute(_TABLE)
        marks = ", ".join("?" * len(COLUMNS))
        file.executemany(f"INSERT INTO projects VALUES ({marks})", _rows())  # noqa: S608  # names from here
        for statement in (*_index_statements(), *_SEARCH):
            file.execute(statement)
        file.execute("ANALYZE")
    file.close()


def _index_statements() -> list[str]:
    return [f"CREATE INDEX projects_{nth} ON projects ({columns})" for nth, columns in enumerate(_INDEXES)]


def _rows() -> Iterator[tuple[Any, ...]]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS)
        while rows := cursor.fetchmany(_BATCH):
            yield from rows
