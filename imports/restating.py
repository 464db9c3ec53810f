"""A project's state with facts of a draft written over it: what an import changes, and what people restore.

Pure: the caller has locked the project, loads its state, and stores the difference (`indicators.state.write_state`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from imports.drafts import SCOPES, SOURCES, Amount, FundingDraft, IndicatorDraft, ProjectDraft
from imports.facts import TABLE, IndicatorKey, Key, is_funding, keyed, numbered
from imports.planning import Place
from indicators.state import Cell, IndicatorRow, State

_Rows = dict[int, IndicatorRow]


def restated(
    current: State, draft: ProjectDraft, place: Place, keys: Collection[Key], *, in_source_order: bool
) -> State:
    """The state in which these facts are as the draft states them; all others stay.

    ``place`` is where the draft belongs in the database. ``in_source_order`` brings the indicators to the source's
    order, with those that people added last. Otherwise each stays where it is, and one that comes back stands where
    its neighbours in the source are.
    """
    state = State(dict(current.fields), dict(current.funding), dict(current.goals), dict(current.indicators))
    for key in keys:
        if not isinstance(key, IndicatorKey):
            _write(key, state, draft, place)
    if "printed_unit" in keys:
        _write_printed_amounts(state, draft)
    if in_source_order:
        state.indicators = _in_source_order(current.indicators, draft.indicators, keys)
    elif any(isinstance(key, IndicatorKey) for key in keys):
        state.indicators = _in_place(current.indicators, draft.indicators, keys)
    return state


def positions(indicators: Iterable[IndicatorDraft]) -> Iterator[int]:
    """The form's row of each indicator of a list in source order: a period half begins a row, the annual half that
    follows it directly shares it."""
    row, halves = 0, frozenset({"annual"})
    for indicator in indicators:
        if indicator.scope in halves or "annual" in halves:
            row, halves = row + 1, frozenset()
        halves |= {indicator.scope}
        yield row


def moment(local: datetime | None) -> datetime | None:
    """A form's local time as a moment."""
    return None if local is None else timezone.make_aware(local)


def _write(key: str, state: State, draft: ProjectDraft, place: Place) -> None:
    """Write one fact that is no indicator."""
    fields = state.fields
    if is_funding(key):
        _write_funding(key, state, draft)
    elif key == TABLE:
        _write_table(state, draft)
    elif key.startswith("goal_"):
        _write_goal(key.removeprefix("goal_"), state, getattr(draft, key))
    elif key == "department":
        fields.update(department_id=place.department.pk if place.department else None, section=place.section)
    elif key == "department_name":
        fields.update(department_printed=draft.department_name, section=place.section)
    elif key == "amount":
        fields.update(amount=draft.amount.yuan, amount_printed=draft.amount.printed)
    elif key == "filed_at":
        fields.update(filed_at=moment(draft.filed_at))
    elif key in fields:
        fields[key] = getattr(draft, key)


def _write_funding(key: str, state: State, draft: ProjectDraft) -> None:
    _, scope, code = key.split(".")
    column = draft.funding["period" if scope == "period" else "annual"] if draft.funding else FundingDraft()
    if draft.funding:
        state.fields["has_funding_table"] = True
    if code == "total":
        state.fields.update(period_amount=column.total.yuan, period_amount_printed=column.total.printed)
    else:
        state.funding[scope, code] = Cell(*column.sources.get(code, Amount(None, None)))


def _write_table(state: State, draft: ProjectDraft) -> None:
    for scope in SCOPES:
        for code in SOURCES:
            _write_funding(f"funding.{scope}.{code}", state, draft)
    _write_funding("funding.period.total", state, draft)
    if draft.funding is None:
        state.funding = {}
        state.fields["has_funding_table"] = False


def _write_goal(scope: str, state: State, text: str | None) -> None:
    if text is None:
        state.goals.pop(scope, None)
    else:
        state.goals[scope] = text


def _write_printed_amounts(state: State, draft: ProjectDraft) -> None:
    """Amounts that are the same yuan in another printed unit are printed otherwise: keep the draft's printing."""
    fields = state.fields
    if fields["amount"] == draft.amount.yuan:
        fields["amount_printed"] = draft.amount.printed
    for scope in SCOPES if draft.funding else ():
        column = draft.funding[scope]  # type: ignore[index]  # guarded by the line above
        if scope == "period" and fields["period_amount"] == column.total.yuan:
            fields["period_amount_printed"] = column.total.printed
        for code, cell in column.sources.items():
            stored = state.funding.get((scope, code))
            if stored and stored.amount == cell.yuan:
                state.funding[scope, code] = stored._replace(printed=cell.printed)


def _in_source_order(rows: _Rows, stated: list[IndicatorDraft], keys: Collection[Key]) -> _Rows:
    numbers = keys_of(rows)
    result: _Rows = {}
    for position, (key, draft) in zip(positions(stated), keyed(stated), strict=True):
        number = numbers.pop(key, None)
        if key in keys:
            result[number or _unused(result)] = _row(draft, position)
        elif number is not None:
            result[number] = rows[number]._replace(position=position)
    last = max((row.position for row in result.values()), default=0)
    added = [number for key, number in numbers.items() if key not in keys]
    return result | {number: rows[number]._replace(position=last + nth) for nth, number in enumerate(added, start=1)}


def _in_place(rows: _Rows, stated: list[IndicatorDraft], keys: Collection[Key]) -> _Rows:
    drafts, numbers = dict(keyed(stated)), keys_of(rows)
    removed = {number for key, number in numbers.items() if key in keys and key not in drafts}
    result = {number: row for number, row in rows.items() if number not in removed}
    for key in drafts:
        if key in keys and (number := numbers.get(key)) is not None:
            result[number] = _row(drafts[key], result[number].position)
        elif key in keys:
            position, opens_row = _place_of(
                key, stated, {k: result[n] for k, n in numbers.items() if n in result}, result
            )
            if opens_row:
                result = {
                    n: row._replace(position=row.position + (row.position >= position)) for n, row in result.items()
                }
            number = numbers[key] = _unused(result)
            result[number] = _row(drafts[key], position)
    return result


def _place_of(
    key: IndicatorKey, stated: list[IndicatorDraft], standing: dict[IndicatorKey, IndicatorRow], rows: _Rows
) -> tuple[int, bool]:
    """The form's row on which an indicator of the source comes back, and whether that row is a new one: beside the
    other half of its row, else below the nearest one that the source has before it."""
    places = dict(zip((k for k, _ in keyed(stated)), positions(stated), strict=True))
    taken = {row.position for row in rows.values() if row.scope == key.scope}
    before = 0
    for other, place in places.items():
        row = standing.get(other)
        if row is not None and place == places[key] and row.position not in taken:
            return row.position, False
        if row is not None and place < places[key]:
            before = row.position
    return before + 1, True


def keys_of(rows: _Rows) -> dict[IndicatorKey, int]:
    """The key of each indicator of a state, which has them in the form's order."""
    return dict(zip(numbered((row.scope, row.category_id, row.name) for row in rows.values()), rows, strict=True))


def _unused(rows: _Rows) -> int:
    return min((*rows, 0)) - 1


def _row(draft: IndicatorDraft, position: int) -> IndicatorRow:
    return IndicatorRow(
        draft.scope, position, draft.category, draft.level2, draft.level3, draft.value, draft.operator, draft.number,
        draft.unit,
    )  # fmt: skip
