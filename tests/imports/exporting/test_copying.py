"""The csv that PostgreSQL makes is the one that Python would make, to the byte."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.exporting.columns import BY_KEY, COLUMNS, Column
from imports.exporting.copying import BATCH, BY_INDEX, PIECE, _statement, can_copy, copied
from imports.exporting.files import Look, write_csv
from imports.exporting.rows import ProjectRows
from perfgoals.snapshot import steered
from perfgoals.spreadsheets import GUARD_FIRST, csv_chunks, guarded
from projects.models import Project
from projects.tables.columns import BY_KEY as OF_THE_LIST
from tests import factories
from tests.indicators.editing import sheets

pytestmark = pytest.mark.django_db

SIGNS = "'=+-@＝＋－＠ \t\r\n,\";\x1c\x85\xa0\u3000\u200b\ufeff\\.甲a1"
TEXTS = st.none() | st.text(st.sampled_from(SIGNS), max_size=6)


def by_python(columns: tuple[Column, ...] = COLUMNS) -> bytes:
    numbers = list(Project.objects.values_list("pk", flat=True))
    return b"".join(csv_chunks([column.head for column in columns], ProjectRows(columns).read(numbers)))


def by_database(columns: tuple[Column, ...] = COLUMNS) -> bytes:
    file = BytesIO()
    write_csv(Project.objects.all(), Look(columns), file, lambda *_: None)
    return file.getvalue()


def joins(columns: tuple[Column, ...], numbers: Sequence[int]) -> set[str]:
    """The words of the plan that one batch gets."""
    asked = _statement(columns, numbers).as_string(connection.connection)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[asked.index('(') + 1 : asked.rindex(') TO STDOUT')]}")
        return set(re.findall(r"\w+", "\n".join(line for (line,) in cursor)))


def shown(cursor: CursorWrapper, name: str) -> str:
    cursor.execute("SELECT current_setting(%s)", [name])
    return str(cursor.fetchone()[0])


@given(texts=st.lists(TEXTS, min_size=4, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_text_is_the_bytes_are_the_same(texts: list[str | None]) -> None:
    project = factories.project()
    basis, content, note, goal = texts
    Project.objects.filter(pk=project.pk).update(basis=basis, content=content, funding_note=note or "")
    if goal:
        factories.goal(project, goal)
    asked = [project.pk]
    assert b"".join(copied(COLUMNS, asked)) == b"".join(csv_chunks((), ProjectRows(COLUMNS).read(asked)))[5:]


def test_all_kinds_of_cells_are_the_same() -> None:
    project = sheets.project(name="=甲", serial=None)
    Project.objects.filter(pk=project.pk).update(
        filed_at=datetime(2025, 1, 31, 16, 0, 1, 999_999, tzinfo=UTC), amount="99999999999999.99"
    )
    factories.project("没有部门的", department=None, amount=None)
    text = by_database()
    assert text == by_python()
    assert b"2025-02-01 00:00:01," in text or b"2025-02-01 00:00:01\r\n" in text
    assert b"99999999999999.99" in text
    assert "'=甲".encode() in text


def test_order_and_missing_projects_are_as_asked() -> None:
    first, second = factories.project("甲"), factories.project("乙")
    lines = b"".join(copied((BY_KEY["name"],), [second.pk, 0, first.pk]))
    assert lines == "乙\r\n甲\r\n".encode()


def test_lines_are_handed_on_together_and_none_is_lost() -> None:
    project = factories.project("甲\n乙")
    line = '"甲\n乙"\r\n'.encode()
    full = -(-PIECE // (len(line) - 1))
    pieces = list(copied((BY_KEY["name"],), [project.pk] * (2 * full + 1)))
    assert pieces == [line * full, line * full, line]


def test_of_no_project_there_is_no_line() -> None:
    assert b"".join(copied(COLUMNS, [])) == b""


def test_a_batch_is_joined_row_by_row_whatever_that_seems_to_cost() -> None:
    others = {"Hash", "Merge", "Gather", "JIT"}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL random_page_cost = 1000")
    assert others & joins(COLUMNS, range(1, BATCH + 1)), "or this shows nothing"
    with steered(BY_INDEX):
        found = joins(COLUMNS, range(1, BATCH + 1))
    assert "Nested" in found
    assert not others & found


def test_columns_of_the_list_alone_are_written_row_by_row() -> None:
    factories.project("甲")
    shown = (BY_KEY["name"], Column("source", "来源", shown=OF_THE_LIST["source"]))
    assert not can_copy(shown)
    assert by_database(shown) == by_python(shown)


def test_every_guarded_text_begins_with_a_sign_that_is_looked_for() -> None:
    starts = (chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000)
    assert {sign for sign in starts if guarded(f"{sign}=") != f"{sign}="} <= set(GUARD_FIRST)
    assert all(re.match(r"[\s'=+\-@＝＋－＠\ufeff]", sign) for sign in GUARD_FIRST)
