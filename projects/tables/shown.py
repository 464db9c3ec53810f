"""What a page of the list shows, told by a mark: a later answer for the same page need not bring what is there already."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from projects.tables.columns import Column
from projects.tables.drawing import Sums
from projects.tables.rows import Row

_LENGTH = 24


def mark_of(rows: Sequence[Row], columns: Sequence[Column], sums: Sums, *look: object) -> str:
    """Another one where other projects stand there, in another order, in other columns, or add up to something else.

    ``look`` is what else the drawn rows depend on: the unit of amounts, which a person may have changed in another window, and
    whether rows can be picked.
    """
    said = ([row.project.pk for row in rows], [column.key for column in columns], sorted(sums.items()), look)
    return sha256(repr(said).encode()).hexdigest()[:_LENGTH]
