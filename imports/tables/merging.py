"""Where a row's three states meet: the exported one, today's, and the one that the person wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from imports.tables.problems import Problem
from imports.tables.sheets import Names, typed
from imports.tables.table import Line, Target
from indicators.editing.merging import Difference, Side, differences, merge, settle
from indicators.editing.reading import FindDepartment, read
from indicators.editing.showing import sheet_of
from indicators.state import State

IsTaken = Callable[[str], bool]
"""Whether the file's value is taken in the conflict of an id."""


@dataclass(slots=True)
class Planned:
    """What a row asks for."""

    line: Line
    current: State
    wanted: State
    changes: list[Difference] = field(default_factory=list)
    """What is changed: ``base`` is the old value, ``theirs`` the new one."""
    conflicts: list[Difference] = field(default_factory=list)
    """Facts that others changed since the export, and the file changes otherwise."""
    taken: frozenset[str] = frozenset()
    """Keys of the conflicts in which the file's value is taken."""
    moved: Decimal = Decimal(0)
    """By how many yuan the file's yearly amount is more than the one that stands, where these are in conflict."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_kept(self) -> bool:
        """Whether a value of the file gives way to a later one."""
        return len(self.conflicts) > len(self.taken)


NOTHING: Final[dict[str, Side]] = {}


def conflict_id(line: Line, key: str) -> str:
    """What a conflict is called in decisions: the same for the same file and database."""
    return f"{line.place.line}:{key}"


def plan_line(
    line: Line,
    targets: list[Target],
    base: State,
    current: State,
    names: Names,
    find: FindDepartment,
    is_taken: IsTaken,
) -> Planned:
    """Understand a row and let the states meet; with problems, ``wanted`` means nothing."""
    planned = Planned(line, current, current)
    sheet = typed(line, targets, base, names)
    if sheet is None:
        return planned
    reading = read(sheet.sheet, sheet.shown, base, find)
    planned.problems = sheet.problems or sheet.told(line, reading.errors)
    if planned.problems:
        return planned
    planned.conflicts = merge(base, current, reading.state).conflicts
    planned.moved = _amount(reading.state) - _amount(current)
    planned.taken = frozenset(one.key for one in planned.conflicts if is_taken(conflict_id(line, one.key)))
    kept: dict[str, Side] = {one.key: "theirs" for one in planned.conflicts if one.key not in planned.taken}
    merged = merge(base, current, reading.state, kept)
    if planned.conflicts:
        settle(merged.state)
    if base != current:
        # Each side's sums were right; what came of both must be looked at again.
        shown = sheet_of(merged.state)
        again = read(shown, shown, merged.state, find)
        planned.problems = sheet.told(line, again.errors)
        merged.state = again.state
    planned.wanted = merged.state
    planned.changes = differences(current, merged.state)
    return planned


def _amount(state: State) -> Decimal:
    return state.fields["amount"] or Decimal(0)
