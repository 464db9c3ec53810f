"""Keeping how a person wants the list."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from perfgoals.models import User
from projects.models import ListLayout
from projects.tables.layouts import arranged


@transaction.atomic
def keep_layout(*, columns: Iterable[str] | None = None, is_compact: bool | None = None, by: User) -> None:
    """Keep somebody's own columns (keys, from left to right), the density of their rows, or both.

    What is ``None`` stays as it was. No columns at all bring the usual ones back.
    """
    values: dict[str, object] = {}
    if columns is not None:
        wanted = list(columns)
        values["columns"] = [column.key for column in arranged(wanted)] if wanted else []
    if is_compact is not None:
        values["is_compact"] = is_compact
    ListLayout.objects.update_or_create(user=by, defaults=values, create_defaults={"columns": [], **values})
