"""The headings of a document as a nested outline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

DEEPEST: Final = 99
"""The level of captions: below whatever heading stands above them."""


@dataclass(slots=True)
class Entry:
    """A line of the outline: where it stands, its text, and what stands below it."""

    line: int
    level: int
    text: str
    kind: str = "heading"
    """Or ``table``: the caption of one."""
    entries: list[Entry] = field(default_factory=list)


def nested(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in order of their lines, each below the last one of a higher level. Level 0 is the highest."""
    roots: list[Entry] = []
    chain: list[Entry] = []
    for entry in sorted(entries, key=lambda one: (one.line, one.level)):
        while chain and chain[-1].level >= entry.level:
            chain.pop()
        (chain[-1].entries if chain else roots).append(entry)
        chain.append(entry)
    return roots
