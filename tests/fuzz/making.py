"""The mutations of a layout by number: the same input for the same number, on every machine."""

from __future__ import annotations

from pathlib import Path

from imports.layouts import interchange
from imports.workbooks import is_workbook
from tests.fuzz import mutating, packages
from tests.fuzz.starting import SOURCES, seeded, starting


def mutation(layout: str, number: int, *, seed: int = 1, sources: Path = SOURCES) -> bytes:
    """One input. Published texts beside the checkout are among the starting texts, so that there numbers mean others."""
    random = seeded(f"{seed} {layout} {number}")
    data = random.choice(starting(layout, sources))
    if is_workbook(data):
        return packages.mutated(data, random)
    if layout == interchange.NAME and random.random() < 0.6:
        return mutating.of_json(data, random)
    return mutating.mutated(data, random)
