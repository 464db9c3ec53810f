"""A target as list and page show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from imports.gazettes.models import ProseTarget, TargetState
from imports.gazettes.review.access import reviewable_documents
from imports.gazettes.review.actions import seen_of
from imports.gazettes.review.words import (
    YEAR_BASES,
    Change,
    Clause,
    changes_between,
    clause_in,
    facts_of_draft,
    facts_of_target,
    value_in_words,
    year_in_words,
)
from perfgoals.models import User


@dataclass(slots=True)
class ShownTarget:
    """A target with what is said of it."""

    target: ProseTarget
    may_review: bool
    following: int | None = None
    """The target after it in the list: whoever decides goes on there."""
    value: str = field(init=False)
    year: str = field(init=False)
    year_basis: str = field(init=False)
    clause: Clause = field(init=False)
    seen: str = field(init=False)

    def __post_init__(self) -> None:
        target = self.target
        self.value = value_in_words(target.operator, target.number, target.unit)
        self.year, self.year_basis = year_in_words(target.year), YEAR_BASES.get(target.year_basis, "")
        self.clause, self.seen = clause_in(target), seen_of(target)

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.target.state == TargetState.OPEN

    @property
    def is_rejected(self) -> bool:
        """Whether somebody said that it is no target."""
        return self.target.state == TargetState.REJECTED

    @property
    def corrections(self) -> list[Change]:
        """What a person changed of what was read."""
        if self.target.state != TargetState.CORRECTED:
            return []
        return changes_between(facts_of_draft(self.target), facts_of_target(self.target))


def shown(targets: Sequence[ProseTarget], user: User) -> list[ShownTarget]:
    """Targets of a list, each knowing the one after it. One statement, however many there are."""
    reviewable = reviewable_documents(user, {target.document_id for target in targets})
    after: list[int | None] = [*(target.pk for target in targets[1:]), None]
    return [
        ShownTarget(target, target.document_id in reviewable, following)
        for target, following in zip(targets, after, strict=False)
    ]
