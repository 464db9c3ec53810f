"""Lines of a text that somebody should look at, each with the lines around it: an excerpt of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, TypedDict

AROUND: Final = 3
"""Lines shown before and after."""
MOST_LINES: Final = 20_000
"""Of one text: no person looks at more."""
MOST_CHARACTERS: Final = 400
"""Of one line, so that a text without line ends does not become its own excerpt."""


class Excerpt(TypedDict):
    """Neighbouring lines: the number of the first, and their texts, cut where they are very long."""

    first: int
    texts: list[str]


def excerpts(lines: Sequence[str], asked: Iterable[int], starts: Sequence[int] = ()) -> list[Excerpt]:
    """The lines asked for (1-based) with their surroundings; where these meet, one excerpt has both.

    ``starts`` are the lines on which a part of the text begins (a sheet of a workbook): no excerpt goes across them.
    """
    found: list[Excerpt] = []
    left = MOST_LINES
    for number in sorted(asked):
        last = found[-1]["first"] + len(found[-1]["texts"]) - 1 if found else 0
        part = bisect_right(starts, number)
        begin = starts[part - 1] if part else 1
        end = min(starts[part] - 1 if part < len(starts) else len(lines), number + AROUND)
        first = max(begin, number - AROUND)
        if not found or first > last + 1 or found[-1]["first"] < begin:
            found.append({"first": first, "texts": []})
        else:
            first = last + 1
        texts = [cut(text) for text in lines[first - 1 : end]]
        found[-1]["texts"] += texts
        left -= len(texts)
        if left <= 0:
            break
    return found


def cut(text: str) -> str:
    """A line as an excerpt shows it."""
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
