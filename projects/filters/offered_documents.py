"""The source documents to choose from: a country has tens of thousands, so they are always searched for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length

from projects.filters.above import source_documents
from projects.filters.offers import Pairs, holding
from projects.querysets import ProjectQuerySet

_LONGEST_NUMBER: Final = 18


class Documents:
    """Source documents that state a project which the person sees, archived or not, by number (an `Offer`)."""

    def __init__(self, visible: ProjectQuerySet) -> None:
        self._visible = visible

    @property
    def is_few(self) -> bool:
        """Never: to tell would take reading what every project comes from."""
        return False

    @property
    def few(self) -> Pairs:
        """None, accordingly."""
        return []

    def named(self, values: Collection[str]) -> Pairs:
        """By the name of the file; where others have the same name, with its number."""
        keys = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER]
        others = self._seen().filter(name=OuterRef("name")).exclude(pk=OuterRef("pk"))
        rows = self._seen().filter(pk__in=keys).annotate(is_shared=Exists(others)) if keys else []
        return [(str(row.pk), f"{row.name}（编号 {row.pk}）" if row.is_shared else row.name) for row in rows]

    def matching(self, words: Collection[str], most: int) -> list[str]:
        """The shorter the name, the closer it is; of one name the latest first."""
        found = self._seen().filter(holding(words, "name")).order_by(Length("name"), "name", "-pk")
        return [str(pk) for pk in found.values_list("pk", flat=True)[:most]]

    def _seen(self) -> QuerySet[Any, Any]:
        return source_documents().filter(
            Exists(self._visible.filter(source_records__document=OuterRef("pk")).order_by())
        )
