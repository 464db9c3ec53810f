"""Writing what follows from projects, for many at once: the texts that searches look through (`ProjectText`, ADR 19), and what
each adds to totals (`ProjectTally`, ADR 20)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import connection

_WRITE: Final = ("SELECT indicators_write_texts(%s)", "SELECT indicators_write_tallies(%s)")
"""By their names in the app above, since both are made of what stands in goals and indicators."""


@contextmanager
def written_once(projects: Sequence[int], *, never: bool = False) -> Iterator[None]:
    """While all parts of some projects are written one after the other: their texts and tallies are written at the end, once each.

    ``never``: not even then, by who rolls everything back. Nothing of them can be refused, and they are most of the work.

    Must run inside a transaction: when it fails, so does everything.
    """
    _let_triggers("later")
    yield
    _let_triggers("")
    with connection.cursor() as cursor:
        for write in () if never else _WRITE:
            cursor.execute(write, [list(projects)])


def _let_triggers(when: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('perfgoals.texts', %s, true)", [when])
