"""The script of a dump, in a transaction of our own."""

import io

import psycopg
import pytest
from django.db import connection

from perfgoals.keeping.script import run_script

pytestmark = pytest.mark.django_db


def run(script: bytes, *, server: int = 18) -> psycopg.Cursor[tuple[object, ...]]:
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    run_script(io.BytesIO(script), cursor, server=server)
    return cursor


def test_statements_and_rows_follow_one_another() -> None:
    cursor = run(
        b"\\restrict abc\n\nCREATE TABLE kept (a text, b int);\n"
        b"COPY public.kept (a, b) FROM stdin;\nx\\ty\t1\n\\N\t2\n\\\\.\t3\n\\.\n\n"
        b"ALTER TABLE kept ADD c int DEFAULT 7;\n\n\\unrestrict abc\n\n"
    )
    assert cursor.execute("SELECT a, b, c FROM kept ORDER BY b").fetchall() == [
        ("x\ty", 1, 7),
        (None, 2, 7),
        ("\\.", 3, 7),
    ]


def test_many_rows_are_given_in_pieces() -> None:
    rows = b"".join(b"%d\t%s\n" % (number, b"x" * 1000) for number in range(2000))
    cursor = run(b"CREATE TABLE kept (a int, b text);\nCOPY public.kept (a, b) FROM stdin;\n" + rows + b"\\.\n")
    assert cursor.execute("SELECT count(*), sum(a), min(length(b)) FROM kept").fetchone() == (2000, 1999000, 1000)


def test_what_an_older_server_does_not_know_is_left_out() -> None:
    script = b"SET transaction_timeout = 0;\n"
    run(script, server=16)
    assert run(script, server=18).statusmessage == "SET"


def test_a_row_that_does_not_fit_fails_all() -> None:
    with pytest.raises(psycopg.Error):
        run(b"CREATE TABLE kept (a int);\nCOPY public.kept (a) FROM stdin;\nx\n\\.\n")
    connection.connection.rollback()
