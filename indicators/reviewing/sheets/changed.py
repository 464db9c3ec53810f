"""Who changed a field last, and by which event, read from the history of projects: some statements for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.utils import timezone
from pghistory.models import Context

from indicators.checks.forms import TEXTS
from indicators.models import GoalEvent, IndicatorEvent
from perfgoals.models import User
from projects.models import FundingEvent, ProjectEvent

_COLUMNS: Final = {
    **{path: path for path in TEXTS}, "department": "department_printed", "funding.annual.total": "amount",
    "funding.period.total": "period_amount", "filed_at": "filed_at",
}  # fmt: skip
"""Path → column of the project."""


class LastChange(NamedTuple):
    """The last event of a field."""

    event: int
    at: datetime
    context: Any

    def words(self, contexts: Mapping[Any, str]) -> str:
        """事件 812，2026-03-02 张三."""
        who = contexts.get(self.context, "数据库")
        return f"事件 {self.event}，{timezone.localtime(self.at):%Y-%m-%d} {who}"


class History:
    """The last changes of the fields of some projects."""

    def __init__(self, numbers: Collection[int]) -> None:
        self._last: dict[tuple[int, str], LastChange] = {}
        chosen = list(numbers)
        self._read_projects(chosen)
        self._read(GoalEvent, chosen, "scope", path="goals.{}")
        self._read(FundingEvent, chosen, "scope", "source_id", path="funding.{}.{}")
        self._read(IndicatorEvent, chosen, "pgh_obj_id", path="indicator.{}")
        self._who = _people({one.context for one in self._last.values() if one.context})

    def words(self, project: int, fields: Iterable[str]) -> str:
        """Who changed any of these fields last; empty where history does not know."""
        known = [one for path in fields if (one := self._last.get((project, _key(path))))]
        return max(known).words(self._who) if known else ""

    def _read_projects(self, numbers: list[int]) -> None:
        columns = list(dict.fromkeys(_COLUMNS.values()))
        events = ProjectEvent.objects.filter(pgh_obj__in=numbers).order_by("pgh_obj_id", "pgh_id")
        before: dict[int, Sequence[Any]] = {}
        for number, event, at, context, *values in events.values_list(
            "pgh_obj_id", "pgh_id", "pgh_created_at", "pgh_context_id", *columns
        ):
            old = before.get(number)
            now = dict(zip(columns, values, strict=True))
            then = dict(zip(columns, old, strict=True)) if old else None
            for path, column in _COLUMNS.items():
                if then is None or then[column] != now[column]:
                    self._last[number, path] = LastChange(event, at, context)
            before[number] = values

    def _read(self, events: Any, numbers: list[int], *names: str, path: str) -> None:
        newest = events.objects.filter(project__in=numbers).order_by("project_id", *names, "-pgh_id")
        columns = ("project_id", "pgh_id", "pgh_created_at", "pgh_context_id", *names)
        for number, event, at, context, *key in newest.distinct("project_id", *names).values_list(*columns):
            self._last[number, path.format(*key)] = LastChange(event, at, context)


def _key(path: str) -> str:
    """All fields of an indicator are one row of the history."""
    return ".".join(path.split(".")[:2]) if path.startswith("indicator.") else path


def _people(contexts: Collection[Any]) -> dict[Any, str]:
    facts = dict(Context.objects.filter(pk__in=list(contexts)).values_list("pk", "metadata"))
    people = User.objects.in_bulk({one["user"] for one in facts.values() if one.get("user")})
    return {pk: _who(one, people) for pk, one in facts.items()}


def _who(facts: Mapping[str, Any], people: Mapping[int, User]) -> str:
    person = people.get(facts.get("user") or 0)
    name = person.display_name if person else "命令行"
    return f"{name}导入（第 {facts['run']} 次）" if facts.get("run") else name
