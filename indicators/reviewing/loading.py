"""Stored projects, and states that are being edited, as the forms that rules read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from indicators.checks.forms import TEXTS, Form, Target
from indicators.models import Goal, Indicator
from indicators.state import State
from projects.models import Funding, Project

_TEXTS: Final = {path: {"department": "department_printed"}.get(path, path) for path in TEXTS}
"""Path of a text → column."""
_OWN: Final = (
    "id", "region_id", "year", "department_id", "amount", "period_amount", "filed_at", "has_funding_table", "printed_unit",
)  # fmt: skip
_TARGET: Final = (
    "id", "scope", "position", "category_id", "level2_label", "name", "value", "operator", "number", "unit",
)  # fmt: skip
_Funding = Mapping[str, Mapping[str, Decimal | None]]


def column_of(path: str) -> str:
    """The column of a project that holds a text of the form."""
    return _TEXTS[path]


def forms_of(numbers: Collection[int], *, whole: bool = True) -> dict[int, Form]:
    """The stored forms of projects that are not archived, in four statements; not ``whole``: without money and tree."""
    numbers = list(numbers)
    rows = Project.objects.filter(pk__in=numbers, archived_at=None).order_by("pk").values_list(*_OWN, *_TEXTS.values())
    goals, funding, targets = _goals(numbers), {}, {}
    if whole:
        funding, targets = _funding(numbers), _targets(numbers)
    return {row[0]: _form(row, goals.get(row[0], {}), funding.get(row[0], {}), targets.get(row[0], ())) for row in rows}


def form_of(state: State, number: int = 0) -> Form:
    """A state as a form: what would be checked if it were stored."""
    fields = {**state.fields, "id": number}
    row = [fields[name] for name in (*_OWN, *_TEXTS.values())]
    funding: dict[str, dict[str, Decimal | None]] = defaultdict(dict)
    for (scope, source), cell in state.funding.items():
        funding[scope][source] = cell.amount
    rows = sorted(state.indicators.items(), key=lambda entry: (entry[1].position, entry[1].scope != "period"))
    return _form(row, state.goals, funding, tuple(Target(pk, *row) for pk, row in rows))


def _form(row: Iterable[Any], goals: Mapping[str, str], funding: _Funding, targets: tuple[Target, ...]) -> Form:
    number, region, year, department, amount, period, filed, has_table, unit, *texts = row
    return Form(
        number, region, year, dict(zip(_TEXTS, texts, strict=True)), department, amount, period, funding, goals, targets,
        filed, has_table or bool(targets), unit,
    )  # fmt: skip


def _goals(numbers: list[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for number, scope, text in Goal.objects.filter(project__in=numbers).values_list("project_id", "scope", "text"):
        found[number][scope] = text
    return found


def _funding(numbers: list[int]) -> dict[int, dict[str, dict[str, Decimal | None]]]:
    found: dict[int, dict[str, dict[str, Decimal | None]]] = defaultdict(lambda: defaultdict(dict))
    cells = Funding.objects.filter(project__in=numbers).values_list("project_id", "scope", "source_id", "amount")
    for number, scope, source, amount in cells:
        found[number][scope][source] = amount
    return found


def _targets(numbers: list[int]) -> dict[int, tuple[Target, ...]]:
    found: dict[int, list[Target]] = defaultdict(list)
    halves = Indicator.objects.filter(project__in=numbers).order_by("project_id", "position", "-scope")
    for number, *values in halves.values_list("project_id", *_TARGET):
        found[number].append(Target(*values))
    return {number: tuple(targets) for number, targets in found.items()}
