"""Pages of a list whose length is already known, so that it is counted once.

The address of a page that follows the one shown names its number and what it follows (``page=3.after.517``), so that a list may
begin there instead of counting off all pages before; a number alone always does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from django.http import QueryDict

SIZES: Final = (50, 100, 200)
NEIGHBOURS: Final = 2
GAP: Final = None
"""Stands in `Page.numbers` where pages are left out."""


LONGEST: Final = 12
"""Digits: longer ones would be beyond the end of any list and slow to read."""


class Beside(NamedTuple):
    """What a page stands beside: the entry before its first one, or (``is_before``) the one after its last."""

    key: int
    is_before: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: which one, how long, and how many entries the whole list has."""

    number: int
    size: int
    total: int
    beside: Beside | None = None
    first_key: int | None = None
    """Key of the first entry shown, where the list knows it."""
    last_key: int | None = None

    @classmethod
    def asked(cls, query: QueryDict, total: int, sizes: Sequence[int] = SIZES) -> Page:
        """The page that an address asks for; nonsense and pages beyond the end give the nearest one there is."""
        size = next((size for size in sizes if str(size) == query.get("size")), sizes[0])
        last = max(1, -(-total // size))
        asked, _, place = query.get("page", "1").partition(".")
        side, _, key = place.partition(".")
        number = _number(asked) or 1
        beside = Beside(_number(key), side == "before") if side in {"after", "before"} and _number(key) else None
        # Its number would not be that of the page that is shown.
        return cls(min(max(number, 1), last), size, total, beside if number <= last else None)

    def between(self, first_key: int, last_key: int) -> Page:
        """This page, when its first and last entry are known."""
        return replace(self, first_key=first_key, last_key=last_key)

    @property
    def previous_address(self) -> str | None:
        """What an address says for the page before."""
        return self._address(self.previous, "before", self.first_key) if self.previous else None

    @property
    def next_address(self) -> str | None:
        """What an address says for the page after."""
        return self._address(self.next, "after", self.last_key) if self.next else None

    @staticmethod
    def _address(number: int, side: str, key: int | None) -> str:
        return f"{number}.{side}.{key}" if key and number > 1 else f"{number}"

    @property
    def _start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def last_number(self) -> int:
        """Number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def span(self) -> slice:
        """The entries of this page within the list."""
        return slice(self._start, self.number * self.size)

    @property
    def gone_through(self) -> int:
        """How many entries have to be gone through until the page is full, from where it begins or from the nearer end."""
        return self.size if self.beside else min(self.number * self.size, max(self.total - self._start, self.size))

    @property
    def first_entry(self) -> int:
        """1-based position of the page's first entry; 0 in an empty list."""
        return min(self._start + 1, self.total)

    @property
    def last_entry(self) -> int:
        """1-based position of the page's last entry."""
        return min(self.number * self.size, self.total)

    @property
    def previous(self) -> int | None:
        """Number of the page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Number of the page after, if there is one."""
        return self.number + 1 if self.number < self.last_number else None

    @property
    def is_whole(self) -> bool:
        """Whether the page shows the whole list."""
        return self.total <= self.size

    @property
    def numbers(self) -> list[int | None]:
        """Page numbers to offer: the first, the last and those around this one, with gaps between."""
        shown = {1, self.last_number, *range(self.number - NEIGHBOURS, self.number + NEIGHBOURS + 1)}
        numbers: list[int | None] = []
        for number in sorted(number for number in shown if 1 <= number <= self.last_number):
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(GAP)
            numbers.append(number)
        return numbers


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST else 0
