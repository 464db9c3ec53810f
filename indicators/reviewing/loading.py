"""Stored projects, and states that are being edited, as the forms that rules read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from indicators.checks.forms import TEXTS, Form, Target
from indicators.reviewing.statements import array, rows
from indicators.state import State

_TEXTS: Final = {path: {"department": "department_printed"}.get(path, path) for path in TEXTS}
"""Path of a text → column."""
_OWN: Final = (
    "id", "region_id", "year", "department_id", "amount", "period_amount", "filed_at", "has_funding_table", "printed_unit",
)  # fmt: skip
_TARGET: Final = (
    "id", "scope", "position", "category_id", "level2_label", "name", "value", "operator", "number", "unit",
)  # fmt: skip
_PROJECTS: Final = f"""
    SELECT {", ".join((*_OWN, *_TEXTS.values()))} FROM projects_project
    WHERE id = ANY(%s::bigint[]) AND archived_at IS NULL ORDER BY id
"""  # noqa: S608  # names of columns that stand above
_GOALS: Final = "SELECT project_id, scope, text FROM indicators_goal WHERE project_id = ANY(%s::bigint[])"
_FUNDING: Final = """
    SELECT project_id, scope, source_id, amount FROM projects_funding WHERE project_id = ANY(%s::bigint[])
"""
_TARGETS: Final = f"""
    SELECT {", ".join(_TARGET)}, project_id FROM indicators_indicator
    WHERE project_id = ANY(%s::bigint[]) ORDER BY project_id, position, scope DESC
"""  # noqa: S608  # names of columns that stand above
_Funding = Mapping[str, Mapping[str, Decimal | None]]


def column_of(path: str) -> str:
    """The column of a project that holds a text of the form."""
    return _TEXTS[path]


def forms_of(numbers: Collection[int], *, whole: bool = True) -> dict[int, Form]:
    """The stored forms of projects that are not archived, in four statements; not ``whole``: without money and tree."""
    wanted = [array(numbers)]
    goals, funding, targets = _goals(wanted), {}, {}
    if whole:
        funding, targets = _funding(wanted), _targets(wanted)
    return {
        row[0]: _form(row, goals.get(row[0], {}), funding.get(row[0], {}), targets.get(row[0], ()))
        for row in rows(_PROJECTS, wanted)
    }


def form_of(state: State, number: int = 0) -> Form:
    """A state as a form: what would be checked if it were stored."""
    fields = {**state.fields, "id": number}
    row = [fields[name] for name in (*_OWN, *_TEXTS.values())]
    funding: dict[str, dict[str, Decimal | None]] = defaultdict(dict)
    for (scope, source), cell in state.funding.items():
        funding[scope][source] = cell.amount
    ordered = sorted(state.indicators.items(), key=lambda entry: (entry[1].position, entry[1].scope != "period"))
    return _form(row, state.goals, funding, tuple(Target(pk, *half) for pk, half in ordered))


def _form(row: Iterable[Any], goals: Mapping[str, str], funding: _Funding, targets: tuple[Target, ...]) -> Form:
    number, region, year, department, amount, period, filed, has_table, unit, *texts = row
    return Form(
        number, region, year, dict(zip(_TEXTS, texts, strict=True)), department, amount, period, funding, goals, targets,
        filed, has_table or bool(targets), unit,
    )  # fmt: skip


def _goals(wanted: list[str]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for number, scope, text in rows(_GOALS, wanted):
        found[number][scope] = text
    return found


def _funding(wanted: list[str]) -> dict[int, dict[str, dict[str, Decimal | None]]]:
    found: dict[int, dict[str, dict[str, Decimal | None]]] = defaultdict(lambda: defaultdict(dict))
    for number, scope, source, amount in rows(_FUNDING, wanted):
        found[number][scope][source] = amount
    return found


def _targets(wanted: list[str]) -> dict[int, tuple[Target, ...]]:
    found: dict[int, list[Target]] = defaultdict(list)
    for row in rows(_TARGETS, wanted):
        found[row[-1]].append(Target._make(row[:-1]))
    return {number: tuple(targets) for number, targets in found.items()}
