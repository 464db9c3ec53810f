"""The rows of exported tables, read a batch at a time: memory holds the numbers of the projects and one batch."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Func, Value
from django.utils import timezone

from imports.exporting.columns import Column
from indicators.categories import DEFINITIONS, level1_name
from indicators.models import Goal, Indicator
from indicators.state import newest_event
from projects.models import Funding, Project
from projects.querysets import ProjectQuerySet
from projects.tables import page_rows

BATCH: Final = 500
_COLUMN_OF: Final = {"region": "region__name", "department": "department__name"}
"""Where a column is not the project's own."""
Getter = Callable[["_Parts"], Any]


@dataclass(slots=True)
class _Parts:
    """What is at hand of one project."""

    fields: tuple[Any, ...]
    funding: dict[str, Any] = field(default_factory=dict)
    goals: dict[str, str] = field(default_factory=dict)
    indicators: int = 0
    shown: Any = None


def _one_of(numbers: Iterable[int]) -> Func:
    """For ``field__in=``: any of the numbers, as one parameter; hundreds of them take longer to put in than to look up."""
    return Func(Value(list(numbers)), template="SELECT unnest(%(expressions)s::bigint[])")


def numbers_of(projects: ProjectQuerySet) -> array[int]:
    """The numbers of the projects in their order: eight bytes each."""
    return array("q", projects.values_list("pk", flat=True).iterator(chunk_size=10_000))


def batches(numbers: Sequence[int], size: int = BATCH) -> Iterator[Sequence[int]]:
    """The numbers in batches."""
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


class ProjectRows:
    """Reads the rows of the sheet of projects: plain values in the order of the columns, blanks as ``None``."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        own = [column.key for column in columns if _is_own(column)]
        self._names = list(dict.fromkeys(["pk", *(_COLUMN_OF.get(key, key) for key in own)]))
        self._getters = [self._getter(column) for column in columns]
        self._keys = {column.key.partition(".")[0] for column in columns if column.shown is None}
        self._shown = [column.shown for column in columns if column.shown is not None]

    def read(self, batch: Sequence[int]) -> Iterator[list[Any]]:
        """The rows of one batch, in its order; a project that is gone meanwhile is passed over."""
        projects = Project.objects.filter(pk__in=_one_of(batch)).order_by()
        found = {
            values[0]: _Parts(values) for values in projects.annotate(version=newest_event()).values_list(*self._names)
        }
        self._add_parts(found)
        for pk in batch:
            if pk in found:
                parts = found[pk]
                yield [get(parts) for get in self._getters]

    def _add_parts(self, found: dict[int, _Parts]) -> None:
        if "funding" in self._keys:
            cells = Funding.objects.filter(project__in=_one_of(found)).order_by()
            for pk, scope, source, amount in cells.values_list("project_id", "scope", "source_id", "amount"):
                found[pk].funding[f"funding.{scope}.{source}"] = amount
        if "goals" in self._keys:
            goals = Goal.objects.filter(project__in=_one_of(found)).order_by()
            for pk, scope, text in goals.values_list("project_id", "scope", "text"):
                found[pk].goals[f"goals.{scope}"] = text
        if "indicators" in self._keys:
            counted = Indicator.objects.filter(project__in=_one_of(found)).order_by().values_list("project_id")
            for pk, number in counted.annotate(number=Count("pk")):
                found[pk].indicators = number
        if self._shown:
            for row in page_rows(Project.objects.filter(pk__in=_one_of(found)), slice(None), self._shown):
                found[row.project.pk].shown = row

    def _getter(self, column: Column) -> Getter:
        key, shown = column.key, column.shown
        if shown is not None:
            return lambda parts: _plain(shown.value(parts.shown)) if parts.shown else None
        if key.startswith("funding."):
            return lambda parts: parts.funding.get(key)
        if key.startswith("goals."):
            return lambda parts: parts.goals.get(key)
        if key == "indicators":
            return lambda parts: parts.indicators
        place = self._names.index(_COLUMN_OF.get(key, key))
        if key == "filed_at":
            return lambda parts: local_moment(parts.fields[place])
        return lambda parts: parts.fields[place]


def local_moment(moment: datetime | None) -> datetime | None:
    """A stored moment as spreadsheets have it: local, without zone, to the second."""
    return None if moment is None else timezone.localtime(moment).replace(tzinfo=None, microsecond=0)


def indicator_rows(batch: Sequence[int], names: dict[int, str] | None = None) -> Iterator[list[Any]]:
    """The rows of the sheet of indicators: what stands at one place of the form in one class, period and annual."""
    names = (
        names if names is not None else dict(Project.objects.filter(pk__in=_one_of(batch)).values_list("pk", "name"))
    )
    halves = Indicator.objects.filter(project__in=_one_of(batch)).order_by("project_id", "position", "-scope")
    by_project: dict[int, list[list[Any]]] = {}
    columns = ("project_id", "position", "category_id", "level2_label", "scope", "name", "value", "pk")
    last: tuple[Any, ...] = ()
    for pk, position, category, label, scope, name, value, number in halves.values_list(*columns):
        place = (pk, position, category, label)
        if place == last and scope == "annual":
            row = by_project[pk][-1]
        else:
            row = [pk, names.get(pk), level1_name(category), label or DEFINITIONS[category].name, *[None] * 6]
            by_project.setdefault(pk, []).append(row)
        at, last = (4 if scope == "period" else 6), place
        row[at], row[at + 1], row[8 if scope == "period" else 9] = name, value, number
    for pk in batch:
        yield from by_project.get(pk, ())


def count_indicator_rows(projects: ProjectQuerySet, exact_from: int) -> int:
    """How many `indicator_rows` there are; below ``exact_from`` no less than that, which is quicker to tell."""
    halves = Indicator.objects.filter(project__in=projects.order_by().values("pk")).order_by()
    count = halves.count()
    if count >= exact_from:
        count = halves.values("project_id", "position", "category_id", "level2_label").distinct().count()
    return count


def _is_own(column: Column) -> bool:
    return column.shown is None and "." not in column.key and column.key != "indicators"


def _plain(value: Any) -> Any:
    return local_moment(value) if isinstance(value, datetime) else value


def rows_of(columns: Sequence[Column], numbers: Sequence[int]) -> Iterator[list[Any]]:
    """All rows of the sheet of projects, one after another."""
    reader = ProjectRows(columns)
    for batch in batches(numbers):
        yield from reader.read(batch)
