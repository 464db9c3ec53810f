"""What a page of the list shows, told by a mark: a later answer for the same page need not bring what is there already."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from projects.tables.columns import Column
from projects.tables.drawing import Sums
from projects.tables.rows import Row

_LENGTH = 24


def mark_of(rows: Sequence[Row], columns: Sequence[Column], sums: Sums) -> str:
    """Another one where other projects stand there, in another order, in other columns, or add up to something else."""
    said = ([row.project.pk for row in rows], [column.key for column in columns], sorted(sums.items()))
    return sha256(repr(said).encode()).hexdigest()[:_LENGTH]
