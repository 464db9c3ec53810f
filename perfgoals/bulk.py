"""Bulk writing: PostgreSQL's COPY into a model's table, and ids reserved ahead so that related rows can be copied too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection, models
from psycopg import sql

from perfgoals.history import attach_context

# Imports and bulk changes store one at a time: two that met on the same projects would wait for each other's rows.
_STORING: Final = 0x50474F414C53

_FEW: Final = 500
_GROWN: Final = 4
_MANY: Final = 20
"""Rows of which nothing depends; how many times as many there must be to count again (which takes a second or so); and how
many times as many as are stored the planner must know of, for them to make no difference."""


def store_alone(*, patience: str | None = None) -> None:
    """Wait until no other import or bulk change stores, and keep others out until this transaction ends.

    With ``patience`` (``"5s"``) raises Django's ``OperationalError`` when it lasts longer than that.
    """
    with connection.cursor() as cursor:
        if patience:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [patience])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STORING])
        if patience:
            cursor.execute("SELECT set_config('lock_timeout', '0', true)")


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Take ``count`` values from the model's id sequence, in ascending order."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return sorted(row[0] for row in cursor.fetchall())


def copy_into(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows, given as values of the named fields in that order.

    Columns that are not named take their database default. Constraints hold as everywhere; a violation raises
    Django's ``IntegrityError``.
    """
    columns = [_column(model, name) for name in fields]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join([sql.Identifier(column) for column in columns])
    )
    attach_context()
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def copy_new(objects: Sequence[models.Model]) -> None:
    """COPY objects of one model that are not stored yet, and give them their keys: ``bulk_create`` in a third of its time.

    Objects that they refer to are stored already. Raises as `copy_into`.
    """
    if not objects:
        return
    model = type(objects[0])
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    for one, pk in zip(objects, reserve_ids(model, len(objects)), strict=True):
        one.pk = pk
        one._state.adding = False
    rows = ([field.get_db_prep_save(getattr(one, field.attname), connection) for field in fields] for one in objects)
    copy_into(model, [field.name for field in fields], rows)


def update_rows(model: type[models.Model], fields: Sequence[str], rows: Mapping[int, Sequence[Any]]) -> None:
    """Give stored rows new values of the named fields, all in one statement: primary key → values in that order.

    Raises as `copy_into`. Django's ``bulk_update`` does the same by a condition for each row and field, whose time
    grows with the square of the rows.
    """
    if not rows:
        return
    columns = [_column_field(model, name) for name in (model._meta.pk.name, *fields)]
    # Without its length, to which a cast would cut a text in silence.
    types = [str(column.db_type(connection)).partition("(")[0] for column in columns]
    given = sql.SQL(", ").join(sql.SQL(f"%s::{one}[]") for one in types)
    names = [sql.Identifier(str(column.column)) for column in columns]
    statement = sql.SQL(
        "UPDATE {table} SET {sets} FROM unnest({given}) AS given ({names}) WHERE {table}.{key} = given.{key}"
    ).format(
        table=sql.Identifier(model._meta.db_table), given=given, names=sql.SQL(", ").join(names), key=names[0],
        sets=sql.SQL(", ").join(sql.SQL("{0} = given.{0}").format(name) for name in names[1:]),
    )  # fmt: skip
    values = [list(rows), *(list(one) for one in zip(*rows.values(), strict=True))]
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection), values)


class Growth:
    """What one transaction stores in tables that were small before, of which the planner is told in time.

    PostgreSQL counts a table when it has time, and never sees what is not committed yet. To the planner a table that an import
    fills stays empty: what is done for each row (checking references, comparing) then goes through all rows instead of
    through an index, and the time grows with the square of the rows.
    """

    def __init__(self, *tables: type[models.Model]) -> None:
        self._tables = tables
        self._stored, self._next = 0, _FEW

    def note(self, stored: int) -> None:
        """So many rows more in the first table: all tables are counted when they are several times as many as the last time.

        From the first time on nobody else can count them until the transaction ends, which would set them back to empty.
        """
        self._stored += stored
        if self._stored < self._next:
            return
        self._next = _GROWN * self._stored
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [self._tables[0]._meta.db_table])
            if cursor.fetchone()[0] < _MANY * self._stored:
                for table in self._tables:
                    cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")


def _column(model: type[models.Model], name: str) -> str:
    return str(_column_field(model, name).column)


def _column_field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field) or field.column is None:
        raise TypeError(f"{name} is no column of {model.__name__}")
    return field
