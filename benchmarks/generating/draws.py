"""Draws that depend on nothing but what they are for: the same key gives the same draws, in any order and process."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")
_MASK: Final = (1 << 64) - 1


def mixed(*numbers: int) -> int:
    """64 bits that differ in half of their places for any other numbers (splitmix64)."""
    state = 0
    for number in numbers:
        state = (state + number + 0x9E3779B97F4A7C15) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        state ^= state >> 31
    return state


class Draws(random.Random):
    """Draws of one thing."""

    def __init__(self, *key: int) -> None:
        super().__init__(mixed(*key))

    def of(self, choices: Sequence[T]) -> T:
        """Any of them, all alike."""
        return choices[int(self.random() * len(choices))]

    def early(self, choices: Sequence[T]) -> T:
        """Any of them, the first ones far more often than the last."""
        drawn = self.random()
        return choices[int(drawn * drawn * drawn * len(choices))]

    def happens(self, share: float) -> bool:
        """Whether what happens to this share of all happens here."""
        return self.random() < share

    def between(self, first: int, last: int) -> int:
        """A whole number, both ends included."""
        return first + int(self.random() * (last - first + 1))
