"""Where the halves of the tree stand: kept as they are, and moved only as far as what was done asks for.

The halves of a source's row need not be one indicator, and its two columns may run in different orders. Adding or
removing a row must not put anything else in another order; only moving rows does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indicators.editing.sheet import SCOPES, Half, Row
from indicators.state import State

Places = dict[tuple[str, str], int]
"""Row's key and scope → position."""


def positions_of(rows: Sequence[Row], shown: Sequence[Row], stored: State, is_gone: Callable[[Half], bool]) -> Places:
    """The position of every half that stands, for rows in the form's order; ``shown`` are the rows before any change."""
    present = {(row.key, scope) for row in rows for scope in SCOPES if not is_gone(row.half(scope))}
    former: Places = {}
    met: set[int] = set()
    for row in rows:
        for scope in SCOPES:
            number = row.half(scope).id
            if (row.key, scope) in present and number in stored.indicators and number not in met:
                met.add(number)
                former[row.key, scope] = stored.indicators[number].position
    if _numbers(rows, met) == _numbers(shown, met):
        return _with_new(rows, present, former)
    return _counted(rows, present, former)


def _numbers(rows: Sequence[Row], known: set[int]) -> list[tuple[str, list[int]]]:
    """Which stored halves stand in which row and class."""
    found = ((row.category, [half.id for half in row.halves if half.id in known]) for row in rows)
    return [(category, numbers) for category, numbers in found if numbers]


def _with_new(rows: Sequence[Row], present: set[tuple[str, str]], former: Places) -> Places:
    """What stood stays; what is new comes below the row above it, and what stands there moves down by one."""
    places = dict(former)
    above = 0
    for row in rows:
        own = {scope: places[row.key, scope] for scope in SCOPES if (row.key, scope) in places}
        new = [scope for scope in SCOPES if (row.key, scope) in present and scope not in own]
        if new:
            place = max(own.values(), default=above + 1)
            if any(position == place and (not own or scope in new) for (_, scope), position in places.items()):
                place += 1 if own else 0
                places = {key: position + (position >= place) for key, position in places.items()}
            places.update({(row.key, scope): place for scope in new})
        above = max((places[row.key, scope] for scope in SCOPES if (row.key, scope) in places), default=above)
    return places


def _counted(rows: Sequence[Row], present: set[tuple[str, str]], former: Places) -> Places:
    """Both halves of a row side by side, each row below the one above, in its former place where that is in order."""
    places: Places = {}
    above = 0
    for row in rows:
        own = [former[row.key, scope] for scope in SCOPES if (row.key, scope) in former]
        above = max(min(own, default=0), above + 1)
        places.update({(row.key, scope): above for scope in SCOPES if (row.key, scope) in present})
    return places
