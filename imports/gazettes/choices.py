"""What may be chosen among what official documents hold: their regions and themselves."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from imports.gazettes.filtering import NONE
from imports.gazettes.models import OfficialDocument
from projects.region_tree import region_tree

Pairs = list[tuple[str, str]]
INDENT: Final = "\u3000"
LONGEST: Final = 44
"""Characters of a title that a choice shows."""


def cut(text: str, longest: int = LONGEST) -> str:
    """A text that fits into a choice."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def short_title(title: str) -> str:
    """What an official document issues, without who issues it: 关于印发…的通知 → …."""
    for begin, end in (("关于印发", "的通知"), ("关于转发", "的通知"), ("关于公布", "的通知"), ("关于下达", "的通知")):
        start = title.find(begin)
        if start >= 0 and title.endswith(end):
            return title[start + len(begin) : -len(end)].strip("《》") or title
    return title


def region_choices(documents: QuerySet[OfficialDocument]) -> Pairs:
    """The regions of documents, below the divisions that join several, and ``none``."""
    codes = set(documents.order_by().values_list("region_id", flat=True))
    named = [
        (one.region.code, INDENT * one.depth + (one.region.short_name if one.depth else one.region.name))
        for one in region_tree([code for code in codes if code])
    ]
    return [*named, (NONE, "未列明区划")] if None in codes else named


class DocumentChoices:
    """Regions and documents of what a queryset has; each is read once, when it is first wanted."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self._queryset = queryset
        mine = queryset.model._default_manager.filter(document=OuterRef("pk")).order_by()
        self._documents = OfficialDocument.objects.filter(Exists(mine))

    @cached_property
    def regions(self) -> Pairs:
        """Regions of the documents, below the divisions that join several, and ``none``."""
        return region_choices(self._documents)

    @cached_property
    def documents(self) -> Pairs:
        """Documents, the latest first."""
        rows = self._documents.values_list("pk", "title", "number")
        return [
            (str(pk), f"{cut(short_title(title))}{f'（{number}）' if number else ''}") for pk, title, number in rows
        ]
