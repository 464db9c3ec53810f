"""Two people, one project: three states meet, fact by fact.

*base* is what the person saw, *theirs* what stands now, *mine* what the person wants. A fact that one side alone
changed is taken from that side; one that both changed differently is a conflict, which the person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple

from django.utils import timezone

from indicators.categories import DEFINITIONS
from indicators.editing.fields import LABELS, SCOPE_NAMES, label_of
from indicators.state import FIELDS, Cell, IndicatorRow, State
from perfgoals.money import format_amount

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "department": ("department_id", "department_printed", "section"),
    "amount": ("amount", "amount_printed"),
    "period_amount": ("period_amount", "period_amount_printed"),
    "archived": ("archived_at", "archive_reason"),
}
"""Columns that are one fact."""
PARTS: Final = {"place": "类别", "name": "名称", "value": "指标值"}
"""What of an indicator two people may change apart from each other."""
_GROUPED: Final = {column for columns in GROUPS.values() for column in columns}
_SINGLE: Final = tuple(column for column in FIELDS if column not in _GROUPED)
_NAMES: Final = {
    **LABELS, "amount": "年度资金总额", "period_amount": "实施期资金总额", "archived": "归档", "printed_unit": "印刷单位",
    "has_funding_table": "有资金表", "region_id": "行政区划",
}  # fmt: skip
_ABSENT: Final = object()
ORDER: Final = "order"
ORDER_NAME: Final = "指标顺序"

Side = Literal["mine", "theirs"]


class Difference(NamedTuple):
    """A fact that the others changed since the person opened the form."""

    key: str
    label: str
    base: str
    theirs: str
    mine: str | None
    """``None`` where the person did not touch it."""


@dataclass(slots=True)
class Merge:
    """The outcome: the merged state, in which conflicts are decided for the person, and what came between."""

    state: State
    conflicts: list[Difference] = field(default_factory=list)
    others: list[Difference] = field(default_factory=list)
    """Changes of others that the person did not touch: they stay."""

    @property
    def came_between(self) -> bool:
        """Whether others changed anything."""
        return bool(self.conflicts or self.others)


def merge(base: State, theirs: State, mine: State, choices: Mapping[str, Side] | None = None) -> Merge:
    """Merge what the person wants into what stands. ``choices`` decides conflicts; without one the person's side wins."""
    merged = Merge(theirs.copy())
    facts = {"base": facts_of(base), "theirs": facts_of(theirs), "mine": facts_of(mine)}
    for key in dict.fromkeys([*facts["mine"], *facts["theirs"], *facts["base"]]):
        one, two, three = (facts[side].get(key, _ABSENT) for side in ("base", "theirs", "mine"))
        if _is_part_of_a_missing_row(key, base, theirs, mine):
            continue
        if three in (one, two):  # untouched, or both did the same
            if two != one and three == one:
                merged.others.append(_difference(key, base, theirs, None))
            continue
        if two != one:
            merged.conflicts.append(_difference(key, base, theirs, mine))
            if (choices or {}).get(key) == "theirs":
                continue
        take(key, mine, merged.state)
    _order(base, theirs, mine, merged, (choices or {}).get(ORDER))
    return merged


def facts_of(state: State) -> dict[str, Any]:
    """The state as facts that can be compared one by one; the order of the tree is not among them."""
    fields = state.fields
    facts: dict[str, Any] = {column: fields[column] for column in _SINGLE}
    facts["department"] = fields["department_id"]
    facts["archived"] = fields["archived_at"]
    facts.update({total: fields[total] for total in ("amount", "period_amount")})
    facts.update({f"funding.{scope}.{source}": cell.amount for (scope, source), cell in state.funding.items()})
    facts.update({f"goals.{scope}": text for scope, text in state.goals.items()})
    for number, row in state.indicators.items():
        facts[f"indicator.{number}"] = row._replace(position=0)
        facts[f"indicator.{number}.place"] = (row.category_id, row.level2_label)
        facts[f"indicator.{number}.name"] = row.name
        facts[f"indicator.{number}.value"] = (row.value, row.operator, row.number, row.unit)
    return facts


def take(key: str, source: State, target: State) -> None:
    """Copy one fact from a state to another, with the printed texts that belong to it."""
    kind, *path = key.split(".")
    if kind == ORDER:
        _take_order(source, target)
    elif kind == "funding":
        _take_entry((path[0], path[1]), source.funding, target.funding)
    elif kind == "goals":
        _take_entry(path[0], source.goals, target.goals)
    elif kind == "indicator" and len(path) == 1:
        _take_entry(int(path[0]), source.indicators, target.indicators)
    elif kind == "indicator":
        number = int(path[0])
        columns = {
            "place": ("category_id", "level2_label"),
            "name": ("name",),
            "value": ("value", "operator", "number", "unit"),
        }
        if number in source.indicators and number in target.indicators:
            row = source.indicators[number]
            values = {column: getattr(row, column) for column in columns[path[1]]}
            target.indicators[number] = target.indicators[number]._replace(**values)
    else:
        for column in GROUPS.get(key, (key,)):
            target.fields[column] = source.fields[column]


def settle(state: State) -> None:
    """Keep rows apart that stand at one position: one that came back may stand where a new one was put."""
    last, places = -1, {}
    entries = sorted(state.indicators.items(), key=lambda entry: (entry[1].position, entry[0] < 0))
    for position, halves in groupby(entries, key=lambda entry: entry[1].position):
        rows: list[dict[str, int]] = []
        for number, half in halves:
            row = next((row for row in rows if half.scope not in row), None)
            if row is None:
                rows.append(row := {})
            row[half.scope] = number
        for row in rows:
            last = max(position, last + 1)
            places.update(dict.fromkeys(row.values(), last))
    settled = {number: half._replace(position=places[number]) for number, half in state.indicators.items()}
    state.indicators = dict(_sorted(settled))


def differences(one: State, other: State) -> list[Difference]:
    """The facts in which two states differ, in words."""
    before, after = facts_of(one), facts_of(other)
    keys = [key for key in dict.fromkeys([*after, *before]) if before.get(key, _ABSENT) != after.get(key, _ABSENT)]
    return [_difference(key, one, other, None) for key in keys if not _is_part_of_a_missing_row(key, one, other)]


def _take_order(source: State, target: State) -> None:
    rows = {
        number: row._replace(position=source.indicators[number].position) if number in source.indicators else row
        for number, row in target.indicators.items()
    }
    target.indicators = dict(_sorted(rows))


def _take_entry(key: Any, source: Mapping[Any, Any], target: dict[Any, Any]) -> None:
    if key in source:
        target[key] = source[key]
    else:
        target.pop(key, None)


def _is_part_of_a_missing_row(key: str, *states: State) -> bool:
    """An indicator that one side does not have is compared as a whole, not part by part."""
    kind, *path = key.split(".")
    if kind != "indicator":
        return False
    number = int(path[0])
    is_whole = all(number in state.indicators for state in states)
    return (len(path) == 2) != is_whole


def _order(base: State, theirs: State, mine: State, merged: Merge, choice: Side | None) -> None:
    """Rows stand as the person put them if they moved any, else as they stand; rows of others come last."""
    common = {number for number in base.indicators if number in theirs.indicators and number in mine.indicators}
    before, now, wanted = ([n for n in state.indicators if n in common] for state in (base, theirs, mine))
    rows = merged.state.indicators
    if now not in (before, wanted):
        texts = [
            "、".join(state.indicators[n].name for n in state.indicators if n in common)
            for state in (base, theirs, mine)
        ]
        if wanted == before:
            merged.others.append(Difference(ORDER, ORDER_NAME, texts[0], texts[1], None))
        else:
            merged.conflicts.append(Difference(ORDER, ORDER_NAME, *texts))
    keeps_theirs = now not in (before, wanted) and (wanted == before or choice == "theirs")
    adds = any(number < 0 for number in mine.indicators)
    if not adds and (keeps_theirs or wanted == before):
        merged.state.indicators = dict(_sorted(rows))
        return
    leading, following = (theirs, mine) if keeps_theirs else (mine, theirs)
    placed = {number: leading.indicators[number].position for number in rows if number in leading.indicators}
    last = max(placed.values(), default=0)
    places: dict[int, int] = {}
    for number in sorted(rows, key=lambda n: following.indicators[n].position if n in following.indicators else 0):
        if number not in placed:
            # The halves of a row that only the other side has stay side by side.
            former = following.indicators[number].position
            places[former] = places.get(former, last + len(places) + 1)
            placed[number] = places[former]
    merged.state.indicators = dict(_sorted({n: row._replace(position=placed[n]) for n, row in rows.items()}))


def _sorted(rows: Mapping[int, IndicatorRow]) -> Iterator[tuple[int, IndicatorRow]]:
    yield from sorted(rows.items(), key=lambda entry: (entry[1].position, entry[1].scope != "period"))


def _difference(key: str, base: State, theirs: State, mine: State | None) -> Difference:
    texts = [None if state is None else in_words(key, state) for state in (base, theirs, mine)]
    return Difference(key, name_of(key, base, theirs), texts[0] or "", texts[1] or "", texts[2])


def name_of(key: str, *states: State) -> str:
    """A fact's Chinese name."""
    kind, *path = key.split(".")
    if kind != "indicator":
        return _NAMES.get(key) or label_of(key)
    row = next(state.indicators[int(path[0])] for state in states if int(path[0]) in state.indicators)
    place = f"{SCOPE_NAMES[row.scope]}指标“{row.name or row.value}”"
    return f"{place}的{PARTS[path[1]]}" if len(path) == 2 else place


def in_words(key: str, state: State) -> str:
    """A fact's value as a person reads it."""
    kind, *path = key.split(".")
    if kind == "funding":
        return _money(state.funding.get((path[0], path[1]), Cell(None, None)).amount)
    if kind == "goals":
        return state.goals.get(path[0]) or "空白"
    if kind == "indicator":
        return _indicator_in_words(state.indicators.get(int(path[0])), path[1] if len(path) == 2 else None)
    if key in ("amount", "period_amount"):
        return _money(state.fields[key])
    if key == "department":
        return state.fields["department_printed"] or "未列明"
    if key == "archived":
        return f"已归档：{state.fields['archive_reason']}" if state.fields["archived_at"] else "未归档"
    if key == "has_funding_table":
        return "有" if state.fields[key] else "没有"
    if key == "filed_at" and state.fields[key]:
        return f"{timezone.localtime(state.fields[key]):%Y-%m-%d %H:%M:%S}"
    return str(state.fields[key]) if state.fields[key] not in (None, "") else "空白"


def _indicator_in_words(row: IndicatorRow | None, part: str | None) -> str:
    if row is None:
        return "没有这一条"
    place = DEFINITIONS[row.category_id].name
    texts = {"place": row.level2_label or place, "name": row.name or "空白", "value": row.value or "空白"}
    return texts[part] if part else f"{place} / {row.name} / {row.value}"


def _money(yuan: Any) -> str:
    return "空白" if yuan is None else f"{format_amount(yuan)} 元"
