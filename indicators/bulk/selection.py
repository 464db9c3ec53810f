"""Which projects a person chose in the list: by their numbers, or everything that the list's filters find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from perfgoals.models import User
from projects.filters import ProjectFilter
from projects.models import Project
from projects.tables import Sort

LIMIT: Final = 5000
"""As many projects as one person can reasonably look through before confirming."""
NONE_THERE: Final = "选中的项目已不存在，或者您看不到，没有改动任何项目。"
TOO_MANY: Final = f"一次最多处理 {LIMIT:,} 个项目，请用筛选条件分几次处理。"


class SelectionError(Exception):
    """Nothing can be done with what was chosen; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The projects chosen, and the query of the list in which they were."""

    pks: list[int]
    query: str

    @property
    def numbers(self) -> str:
        """The chosen projects for the next form: one field, since a form may have a thousand at most."""
        return ",".join(map(str, self.pks))

    @property
    def sort(self) -> Sort:
        """The order of the list."""
        return Sort.asked(QueryDict(self.query).get("sort"))


def selected(form: QueryDict, user: User) -> Selection:
    """What a form of the list chose: ``ids`` and ``also`` (several, by commas), or ``all`` that ``query`` finds.

    Raises `SelectionError` when that is nothing, or more than `LIMIT`.
    """
    query = form.get("query", "")
    pks = _found(query, user) if form.get("all") else _numbers([*form.getlist("ids"), *form.getlist("also")])
    if not pks:
        raise SelectionError("还没有选中项目，请先在列表中勾选。")
    if len(pks) > LIMIT:
        raise SelectionError(TOO_MANY)
    return Selection(pks, query)


def list_address(query: str, user: User) -> str:
    """The list with its filters, without those that find nothing any more (the department all were moved from)."""
    wanted = QueryDict(query, mutable=True)
    for name in ProjectFilter(wanted, Project.objects.visible_to(user)).form.errors:
        wanted.pop(name, None)
    return f"{reverse('project-list')}?{wanted.urlencode()}" if wanted else reverse("project-list")


def _found(query: str, user: User) -> list[int]:
    found = ProjectFilter(QueryDict(query), Project.objects.visible_to(user)).qs
    return list(found.values_list("pk", flat=True)[: LIMIT + 1])


def _numbers(texts: Iterable[str]) -> list[int]:
    words = (word.strip() for text in texts for word in text.split(","))
    # What is longer is no number of a project, and the column could not be asked for it.
    return list(dict.fromkeys(int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 19))
