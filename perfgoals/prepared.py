"""Statements that Django puts together once in a process: what a page asks for with every request, with other values.

Putting a queryset into SQL takes Python ten times as long as the database needs to answer it from an index. Here the text is
made at the first use, with stand-ins where values will be; later ones only fill these in. The rows are what PostgreSQL
gives, as ``values_list`` would: no column may be one whose field converts it (JSON, for instance).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Field, ForeignObject, Lookup, QuerySet

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup  # takes a type for the type checker only


class StandIn:
    """Stands in a statement where a value will be."""


KEYS: Final = StandIn()
"""Stands for whole numbers that rows are looked up by."""


def as_array(numbers: Iterable[int]) -> str:
    """Whole numbers as PostgreSQL writes them in a list: sent in a third of the time that a list of Python takes."""
    return f"{{{','.join(map(str, numbers))}}}"


@ForeignObject.register_lookup  # relations know none of the lookups of plain fields
@Field.register_lookup
class Among(_Lookup):
    """``pk__among=KEYS``: whether a whole number is one of a list, which is one value of the statement however long.

    Thousands are best given as they are sent (`as_array`): Django looks at each number of a list, which may be an expression.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """``column = ANY(list)``."""
        left, values = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", [*values, self.rhs]


class Prepared:
    """The statement of a queryset of ``values_list``, which says ``pk__among=KEYS`` (or by another column) once."""

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._made: tuple[str, tuple[Any, ...]] | None = None

    def rows(self, keys: Collection[int]) -> list[tuple[Any, ...]]:
        """The rows that belong to these keys; without any key there is nothing to ask."""
        if not keys:
            return []
        if self._made is None:
            self._made = self._make().query.sql_with_params()
        statement, values = self._made
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(keys) if value is KEYS else value for value in values])
            return list(cursor.fetchall())
