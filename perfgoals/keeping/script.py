"""Running the script of a dump in a transaction of our own, so that what it made can be compared before it stands."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

import psycopg

_END_OF_ROWS: Final = b"\\.\n"
_FOR_PSQL: Final = (b"\\restrict ", b"\\unrestrict ")
"""Commands to psql that guard it against commands inside a dump; here is no psql."""
_NEWER: Final = b"SET transaction_timeout = 0;\n"
"""pg_dump writes it for servers that do not know it (before 17) as well."""
_AT_ONCE: Final = 256 * 1024


def run_script(script: BinaryIO, cursor: psycopg.Cursor[Any], *, server: int) -> None:
    """Execute a script that pg_restore wrote: statements, and rows between ``COPY … FROM stdin;`` and ``\\.``."""
    statements: list[bytes] = []
    for line in script:
        if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            _execute(cursor, statements)
            _copy_rows(line, script, cursor)
        elif not (line.startswith(_FOR_PSQL) or (line == _NEWER and server < 17)):
            statements.append(line)
    _execute(cursor, statements)


def _execute(cursor: psycopg.Cursor[Any], statements: list[bytes]) -> None:
    text = b"".join(statements)
    statements.clear()
    if text.strip():
        cursor.execute(text)


def _copy_rows(line: bytes, script: BinaryIO, cursor: psycopg.Cursor[Any]) -> None:
    rows: list[bytes] = []
    waiting = 0
    with cursor.copy(line.rstrip().removesuffix(b";")) as copy:
        for row in script:
            if row == _END_OF_ROWS:
                break
            rows.append(row)
            waiting += len(row)
            if waiting > _AT_ONCE:
                copy.write(b"".join(rows))
                rows, waiting = [], 0
        copy.write(b"".join(rows))
