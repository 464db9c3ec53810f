"""What setting a rule otherwise would do to the findings, before it is saved."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from indicators.checks import Finding, Rule, Severity, check
from indicators.models import RuleSetting
from indicators.reviewing.loading import forms_of
from indicators.reviewing.neighbouring import surroundings_of
from indicators.reviewing.settings_in_force import InForce
from indicators.reviewing.storing import batches
from projects.models import Project
from projects.querysets import ProjectQuerySet, in_regions

MOST: Final = 2_000
"""Projects that are looked at; of more, as many drawn at random."""
SEED: Final = 20_260_101
SHOWN: Final = 20


class Change(NamedTuple):
    """One finding that would come, go or be of another severity."""

    project: int
    name: str
    message: str
    before: Severity | None
    after: Severity | None


@dataclass(slots=True)
class Trial:
    """What would happen. Where only a sample was looked at, ``in_all`` says how many it would be in all projects."""

    projects: int
    looked_at: int
    coming: int = 0
    going: int = 0
    changing: int = 0
    first: list[Change] = field(default_factory=list)

    @property
    def is_sample(self) -> bool:
        """Whether only some of the projects were looked at."""
        return self.looked_at < self.projects

    @property
    def is_nothing(self) -> bool:
        """Whether no finding would change."""
        return not (self.coming or self.going or self.changing)

    @property
    def in_all(self) -> tuple[int, int, int]:
        """Coming, going and changing, reckoned up to all projects."""
        share = self.projects / self.looked_at if self.looked_at else 0
        coming, going, changing = (round(share * number) for number in (self.coming, self.going, self.changing))
        return coming, going, changing


def projects_in(region: str | None, year: int | None) -> ProjectQuerySet:
    """The projects that a setting is for: of a region with those below it and a year; ``None`` means all."""
    found: ProjectQuerySet = Project.objects.current()
    if region is not None:
        found = found.filter(in_regions([region]))
    return found if year is None else found.filter(year=year)


def tried(rule: Rule, *, instead: RuleSetting | None = None, without: RuleSetting | None = None) -> Trial:
    """What a new setting would do, or one that is taken back."""
    one = instead or without
    if one is None:
        raise ValueError("nothing to try")
    numbers = list(projects_in(one.region_id, one.year).order_by("pk").values_list("pk", flat=True))
    # The same projects for the same question: what is tried again after another figure can be compared.
    drawn = sorted(random.Random(SEED).sample(numbers, MOST)) if len(numbers) > MOST else numbers  # noqa: S311  # no secret
    trial = Trial(len(numbers), len(drawn))
    now = InForce()
    then = InForce([instead] if instead else (), [without] if without else ())
    for change in _changes(rule, drawn, now, then):
        trial.coming += change.before is None
        trial.going += change.after is None
        trial.changing += change.before is not None and change.after is not None
        if len(trial.first) < SHOWN:
            trial.first.append(change)
    return trial


def _changes(rule: Rule, numbers: Sequence[int], now: InForce, then: InForce) -> Iterator[Change]:
    for _, batch in batches(numbers):
        forms = forms_of(batch)
        around = surroundings_of(forms)
        for number, form in forms.items():
            before, after = (
                _by_place(check(form, around[number], settings.of(form.region, form.year), [rule]))
                for settings in (now, then)
            )
            for place in sorted({*before, *after}):
                old, new = before.get(place), after.get(place)
                said = new or old
                if said and (old is None or new is None or old.severity != new.severity):
                    yield Change(number, form.text("name"), said.message, _severity(old), _severity(new))


def _by_place(findings: Sequence[Finding]) -> dict[tuple[str, ...], Finding]:
    """By the fields: a message has the figure of a threshold in it, which is another now and no other finding."""
    return {finding.fields: finding for finding in findings}


def _severity(finding: Finding | None) -> Severity | None:
    return finding.severity if finding else None
