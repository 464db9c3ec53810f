"""Pages of a list whose length is already known, so that it is counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

SIZES: Final = (50, 100, 200)
NEIGHBOURS: Final = 2
GAP: Final = None
"""Stands in `Page.numbers` where pages are left out."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: which one, how long, and how many entries the whole list has."""

    number: int
    size: int
    total: int

    @classmethod
    def asked(cls, query: QueryDict, total: int, sizes: Sequence[int] = SIZES) -> Page:
        """The page that an address asks for; nonsense and pages beyond the end give the nearest one there is."""
        size = next((size for size in sizes if str(size) == query.get("size")), sizes[0])
        last = max(1, -(-total // size))
        asked = query.get("page", "1")
        # Longer digits would be beyond the end of any list and slow to read.
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 1
        return cls(min(max(number, 1), last), size, total)

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
