"""The csv of projects, made by PostgreSQL itself (``COPY … TO``): several times as fast as row by row.

The bytes are those of `perfgoals.spreadsheets.csv_chunks` over `ProjectRows`, which tests hold against each other. Columns
that only the list knows how to show cannot be copied; a file with one of them is written row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils import timezone
from psycopg import sql

from imports.exporting.columns import Column
from indicators.state import HISTORIES
from perfgoals.spreadsheets import FORMULA_STARTS, GUARD_FIRST, WHITE, Kind
from projects.models import Scope

if TYPE_CHECKING:
    from psycopg.abc import Buffer

BATCH: Final = 5_000
"""Projects of one statement: progress can be told between two of them."""
PIECE: Final = 1 << 18
"""Bytes of lines that are handed on together: one by one each would be copied three times and written in small pieces."""
BY_INDEX: Final = {
    "enable_hashjoin": "off", "enable_mergejoin": "off", "jit": "off", "max_parallel_workers_per_gather": "0",
}  # fmt: skip
"""PostgreSQL's settings for `copied`, so that each project of a batch is looked up by its index, one after another.

Left to itself it may read a table from its start up to the batch to join it, by several processes, and sort the wide rows: the
further a file gets, the longer each batch takes. Where it can it would also compile every batch.
"""
_MOMENT: Final = "YYYY-MM-DD HH24:MI:SS"
_JOINED: Final = {"region": sql.SQL("r.name"), "department": sql.SQL("d.name"), "pk": sql.SQL("p.id")}
_FROM: Final = sql.SQL(
    """
    FROM unnest({keys}::bigint[]) WITH ORDINALITY asked (id, place)
        JOIN projects_project p ON p.id = asked.id
        JOIN projects_region r ON r.code = p.region_id
        LEFT JOIN projects_department d ON d.id = p.department_id
        {more}
    ORDER BY asked.place
    """
)


def can_copy(columns: Sequence[Column]) -> bool:
    """Whether the database has all that the columns show."""
    return all(column.shown is None for column in columns)


def copied(columns: Sequence[Column], batch: Sequence[int]) -> Iterator[bytes]:
    """The lines of the projects in the order of their numbers, some at a time; one that is gone meanwhile is passed over."""
    with connection.cursor() as cursor, cursor.cursor.copy(_statement(columns, batch)) as copy:
        lines, size = [], 0
        for line in copy:
            # A line at a time is what the server sends; its end is not inside a cell.
            lines.append(line[:-1])
            size += len(line)
            if size >= PIECE:
                yield _ended(lines)
                lines, size = [], 0
        yield _ended(lines)


def _ended(lines: list[Buffer]) -> bytes:
    return b"\r\n".join([*lines, b""])


def _statement(columns: Sequence[Column], batch: Sequence[int]) -> sql.Composed:
    cells = sql.SQL(", ").join([_cell(column) for column in columns])
    keys = {column.key.partition(".")[0] for column in columns}
    more = sql.SQL(" ").join([table for asking, table in _MORE if asking & keys])
    rows = _FROM.format(keys=sql.Literal(list(batch)), more=more)
    return sql.SQL("COPY (SELECT {} {}) TO STDOUT (FORMAT csv)").format(cells, rows)


def _cell(column: Column) -> sql.Composable:
    value = _value(column.key)
    if column.kind is Kind.MOMENT:
        local = sql.SQL("{} AT TIME ZONE {}").format(value, sql.Literal(timezone.get_current_timezone_name()))
        return sql.SQL("to_char({}, {})").format(local, sql.Literal(_MOMENT))
    return _guarded(value) if column.kind is Kind.TEXT else value


def _value(key: str) -> sql.Composable:
    if key in _JOINED:
        return _JOINED[key]
    if key == "version":
        return _VERSION
    if key == "indicators":
        return sql.SQL("tally.indicators")
    kind, _, place = key.partition(".")
    if kind == "funding":
        scope, _, code = place.partition(".")
        money = sql.Identifier("tally", f"{scope}_money")
        return sql.SQL("{}[array_position(tally.sources, {})]").format(money, sql.Literal(code))
    if kind == "goals":
        return sql.Identifier("goals", place)
    return sql.SQL("p.{}").format(sql.Identifier(key))


def _guarded(text: sql.Composable) -> sql.Composed:
    """As `perfgoals.spreadsheets.guarded`; a text without a sign is a blank. The first sign tells of nearly all texts.

    Its number is looked up in a table of numbers, which takes a third of the time of looking for a sign among signs; `left`
    keeps a long text from being unpacked for it.
    """
    return sql.SQL(
        "CASE WHEN ascii(left({0}, 1)) = ANY ({first}) THEN"
        " CASE WHEN {0} = '' THEN NULL WHEN {0} ~ {pattern} THEN '''' || {0} ELSE {0} END ELSE {0} END"
    ).format(text, first=_FIRST, pattern=sql.Literal(_PATTERN))


_FIRST: Final = sql.SQL("'{{0,{}}}'::integer[]").format(sql.SQL(",".join(str(ord(sign)) for sign in GUARD_FIRST)))
"""What `ascii` says of a text without a sign, and of one that may have to be guarded."""
_PATTERN: Final = f"^'*([{WHITE}\ufeff]*[{FORMULA_STARTS}]|[\t\r\n])"


def _newest() -> sql.Composed:
    each = [
        sql.SQL("(SELECT pgh_id FROM {} WHERE {} = p.id ORDER BY pgh_id DESC LIMIT 1)").format(
            sql.Identifier(events._meta.db_table), sql.Identifier(f"{owner}_id")
        )
        for events, owner in HISTORIES
    ]
    return sql.SQL("coalesce(greatest({}), 0)").format(sql.SQL(", ").join(each))


def _by_place(table: str, value: str, places: dict[str, str], name: str) -> sql.Composed:
    """One row a project of what stands in several: a column for each place, by the condition that finds it."""
    cells = [
        sql.SQL("max({}) FILTER (WHERE {}) AS {}").format(sql.Identifier(value), sql.SQL(where), sql.Identifier(place))
        for place, where in places.items()
    ]
    return sql.SQL("LEFT JOIN LATERAL (SELECT {} FROM {} WHERE project_id = p.id) {} ON true").format(
        sql.SQL(", ").join(cells), sql.Identifier(table), sql.Identifier(name)
    )


_VERSION: Final = _newest()
_MORE: Final = (
    ({"funding", "indicators"}, sql.SQL("LEFT JOIN projects_projecttally tally ON tally.project_id = p.id")),
    ({"goals"}, _by_place("indicators_goal", "text", {scope: f"scope = '{scope}'" for scope in Scope.values}, "goals")),
)
"""What a project has in other tables, with the columns that ask for it. Its tally has money and indicators in one row."""
