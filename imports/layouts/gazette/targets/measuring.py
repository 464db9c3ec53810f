"""How good the finding of targets is: targets found against targets labelled, as precision and recall."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

from imports.layouts.gazette.drafts import TargetDraft

OPERATORS: Final = {"≥": ">=", "≤": "<=", "约": "~", "≈": "~", "＞": ">", "＜": "<", "＝": "="}
ALIKE: Final = 0.6
"""Names are alike from this similarity on, or where one holds the other."""


class Label(NamedTuple):
    """A target as a careful reader takes it from the text."""

    name: str
    operator: str
    number: Decimal
    unit: str | None
    years: frozenset[int | None]
    """Every year that is right: two where a reader may or may not take it from the document."""
    line: int | None = None
    text: str = ""


@dataclass(slots=True)
class Score:
    """Found against labelled."""

    labelled: int = 0
    found: int = 0
    """All targets found; where the labels are a sample, those found in their places."""
    right: int = 0
    named: int = 0
    """Of the right ones, those whose name is alike."""
    missed: list[Label] = field(default_factory=list)
    wrong: list[TargetDraft] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; ``None`` where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.labelled if self.labelled else None

    def add(self, other: Score) -> None:
        self.labelled += other.labelled
        self.found += other.found
        self.right += other.right
        self.named += other.named
        self.missed.extend(other.missed)
        self.wrong.extend(other.wrong)


def label_of(entry: Mapping[str, Any]) -> Label:
    """A label from JSON: of our own sentences (``name`` …) or of the gold files (``indicator``, ``target_year`` …)."""
    year = entry.get("year", entry.get("target_year"))
    years = {int(year) if year is not None else None}
    if horizon := re.search(r"horizon (\d{4})", entry.get("note") or ""):
        years.add(int(horizon[1]))
    operator = entry["operator"]
    return Label(
        name=entry.get("name") or entry.get("indicator") or "",
        operator=OPERATORS.get(operator, operator),
        number=Decimal(entry["number"]),
        unit=entry["unit"],
        years=frozenset(years),
        line=entry.get("line"),
        text=entry.get("text", ""),
    )


def score(found: Sequence[TargetDraft], labels: Sequence[Label], *, sample: bool = False) -> Score:
    """Each label takes at most one target: the first with its operator, number, unit and year (and line, if it has one).

    Of a ``sample``, a target counts as found where it stands in a label's place with its number; all others are neither
    right nor wrong.
    """
    left = list(found)
    result = Score(labelled=len(labels), found=len(found))
    if sample:
        result.found = sum(any(_is_meant(target, label) for target in found) for label in labels)
    for label in labels:
        matching = [target for target in left if is_right(target, label)]
        if not matching:
            result.missed.append(label)
            continue
        target = max(matching, key=lambda each: likeness(each.name, label.name))
        left.remove(target)
        result.right += 1
        result.named += likeness(target.name, label.name) >= ALIKE
    if not sample:
        result.wrong = left
    return result


def _is_meant(target: TargetDraft, label: Label) -> bool:
    return target.number == label.number and (label.line is None or _stands_there(target, label))


def is_right(target: TargetDraft, label: Label) -> bool:
    """Whether operator, number, unit and year are those of the label, and the target stands where it does."""
    return (
        (label.line is None or _stands_there(target, label))
        and target.operator == label.operator
        and target.number == label.number
        and (target.unit or None) == (label.unit or None)
        and target.year in label.years
    )


def likeness(name: str, other: str) -> float:
    """How alike two names are, from 0 to 1; 1 where one holds the other."""
    first, second = (re.sub(r"[\s()（）]|全[市县省]|占比$|数$", "", each) for each in (name, other))
    if not first or not second:
        return 0.0
    if first in second or second in first:
        return 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _stands_there(target: TargetDraft, label: Label) -> bool:
    if target.line != label.line:
        return False
    first, second = (re.sub(r"\s", "", text) for text in (target.text, label.text))
    return not second or first in second or second in first or _overlap(first, second)


def _overlap(first: str, second: str) -> bool:
    match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return match.size >= min(len(first), len(second), 10) * 0.6
