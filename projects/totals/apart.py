"""Sums by bodies or regions and something else, where they are thousands and somebody looks at a page of them.

As `Cube` says all, this says the totals of all bodies and of all else at once, and what a body has along the other dimension
only once that body is fetched: a tenth of the groups that the database would make, and of the time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from projects.filters import ProjectFilter
from projects.rollups.parts import EVERY, Part
from projects.totals.counting import ALL, Cube, Key, Sums
from projects.totals.dimensions import Dimension
from projects.totals.members import Member


class Apart:
    """As `Cube` with a body and another dimension, what is in the rows being counted when it is fetched.

    ``part`` has no bodies of its own.
    """

    def __init__(
        self, found: ProjectFilter, dimensions: Sequence[Dimension], *, part: Part = EVERY,
        members: Sequence[list[Member]] = (), **also: Any,
    ) -> None:  # fmt: skip
        self._found, self._part, self._also = found, part, also
        self._body, self._other = dimensions
        self._cells: dict[str, Cube] = {}
        self._all: Cube | None = None
        self.members = [*(members or self._bodies.members), *self._others.members]

    @cached_property
    def _bodies(self) -> Cube:
        return Cube(self._found, [self._body], part=self._part, **self._also)

    @cached_property
    def _others(self) -> Cube:
        return Cube(self._found, [self._other], part=self._part, **self._also)

    def fetch(self, bodies: Collection[str]) -> None:
        """Count what is in the rows of these bodies, unless that is known."""
        if self._all is None and (missing := [body for body in bodies if body not in self._cells]):
            part = self._part_of(missing)
            cube = Cube(self._found, [self._body, self._other], part=part, members=self.members, **self._also)
            self._cells |= dict.fromkeys(missing, cube)

    def __getitem__(self, key: Key) -> Sums:
        """The sums of a key. Raises `KeyError` where they are a body's own and it has not been fetched."""
        if self._all is not None:
            return self._all[key]
        body, other = key
        if other == ALL:
            return self._bodies[(body,)]
        return self._others[(other,)] if body == ALL else self._cells[body][key]

    def over_last(self) -> Cube:
        """The sums of bodies alone."""
        return self._bodies

    def gathered(self, at: int, values: Collection[str]) -> Mapping[Key, Sums]:
        """As `Cube.gathered`. Of very many columns most stand together in one, for which all is counted, and kept."""
        if self._all is None:
            both = [self._body, self._other]
            self._all = Cube(self._found, both, part=self._part, members=self.members, **self._also)
        return self._all.gathered(at, values)

    def together(self, bodies: Collection[str]) -> Mapping[str, Sums]:
        """What some bodies have together, by the values of the other dimension."""
        keys = [member.key for top in self.members[1] for _, member in top.walk()]
        if self._all is not None:
            return self._all.together(bodies)
        others = {top.key for top in self.members[0]}.difference(bodies)
        if others <= self._cells.keys():
            left = {key: _less(self._others[(key,)], [self[other, key] for other in others]) for key in keys}
            if (known := {key: sums for key, sums in left.items() if sums is not None}).keys() == left.keys():
                return known
        cube = Cube(self._found, [self._other], part=self._part_of(bodies), members=self.members[1:], **self._also)
        return {key: cube[(key,)] for key in keys}

    def _part_of(self, bodies: Collection[str]) -> Part:
        own = dict.fromkeys(value for body in bodies for value in self._values_of(body))
        return self._part._replace(along=self._body.key, values=list(own))

    def _values_of(self, body: str) -> list[str]:
        """What projects have that are in it: a division has the regions below it."""
        return [part.key for _, part in self._by_key[body].walk() if not part.children]

    @cached_property
    def _by_key(self) -> dict[str, Member]:
        return {member.key: member for top in self.members[0] for _, member in top.walk()}


def _less(whole: Sums, parts: Collection[Sums]) -> Sums | None:
    """What parts leave of a whole; ``None`` where that may be amounts of zero or none at all, which sums cannot tell."""
    left = copy(whole)
    for part in parts:
        left.count -= part.count
        left.indicators -= part.indicators
        if left.amount is not None:
            left.amount -= part.amount or 0
        if left.period is not None:
            left.period -= part.period or 0
    return None if left.amount == 0 or left.period == 0 else left
