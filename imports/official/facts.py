"""What a form has no cell for, kept in a hidden sheet of its workbook: serial and region, blank or missing, printed amounts.

The hidden sheet says for each form how the project stood when the form was written. Whoever reads the form back lays
it out again, and takes from here only what stands under cells that nobody changed: what is seen always wins.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final, NamedTuple

import msgspec

from imports.drafts import IndicatorDraft, ProjectDraft
from imports.layouts import interchange
from imports.reading import SourceError
from imports.workbooks.reading import OWN_SHEET as SHEET
from indicators.categories import DEFINITIONS, level1_name

MARK: Final = "perfgoals-form"
VERSION: Final = 1
_CHUNK: Final = 30_000
"""Characters a cell, below the limit of 32,767."""


class FormFacts(NamedTuple):
    """A project as it was when its form was written."""

    draft: ProjectDraft
    rows: list[int]
    """The form's row of each indicator."""


def facts_row(sheet: str, draft: ProjectDraft, rows: Sequence[int]) -> list[str | int]:
    """The row of the hidden sheet for the form on the sheet of this name."""
    stated = replace(draft, rows=[], lines=[], source_document=None, source_sha256=None)
    text = json.dumps([msgspec.to_builtins(stated), list(rows)], separators=(",", ":"))
    return [MARK, VERSION, sheet, *(text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK))]


def read_facts(rows: Iterable[Sequence[Any]]) -> dict[str, FormFacts]:
    """The facts by the names of their sheets. Rows that are none, or that somebody damaged, are left out."""
    found: dict[str, FormFacts] = {}
    for row in rows:
        if len(row) > 3 and row[0] == MARK and row[1] == VERSION and (facts := _facts(row[3:])):
            found[str(row[2])] = facts
    return found


def _facts(chunks: Sequence[Any]) -> FormFacts | None:
    try:
        content = json.loads("".join(str(chunk) for chunk in chunks if chunk is not None))
        facts = msgspec.convert(content, FormFacts)
        interchange.check(facts.draft)
    except (ValueError, RecursionError, msgspec.ValidationError, SourceError):
        return None
    return facts if _is_possible(facts) else None


def _is_possible(facts: FormFacts) -> bool:
    """Whether the rows can be rows of the indicators, and their classes exist."""
    indicators = facts.draft.indicators
    if len(facts.rows) != len(indicators) or any(row < 1 for row in facts.rows):
        return False
    placed = list(zip(facts.rows, indicators, strict=True))
    in_order = all(_follows(one, other) for one, other in pairwise(placed))
    return in_order and all(_has_class(indicator) for indicator in indicators)


def _follows(one: tuple[int, IndicatorDraft], other: tuple[int, IndicatorDraft]) -> bool:
    return one[0] < other[0] or (one[0] == other[0] and (one[1].scope, other[1].scope) == ("period", "annual"))


def _has_class(indicator: IndicatorDraft) -> bool:
    definition = DEFINITIONS.get(indicator.category)
    return (
        definition is not None and definition.parent is not None and level1_name(indicator.category) == indicator.level1
    )


__all__ = ["SHEET", "FormFacts", "facts_row", "read_facts"]
