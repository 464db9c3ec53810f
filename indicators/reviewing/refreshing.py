"""Findings kept current: what changed is checked again, in the transaction that changed it.

Triggers mark projects as unchecked; `perfgoals.history.change` calls `refresh` before its transaction ends, so that no
way of writing has to remember it. What writes past it leaves its marks, which `refresh_all` takes up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from django.contrib.postgres.functions import TransactionNow
from django.db import connection, transaction
from django.db.models import Q

from indicators.checks import Finding, Severity, check
from indicators.models import FindingAcceptance, ProjectFinding, UncheckedProject
from indicators.reviewing.loading import forms_of
from indicators.reviewing.neighbouring import keep_keys, surroundings_of
from indicators.reviewing.settings_in_force import InForce

BATCH: Final = 500

Progress = Callable[[int, int], None]
"""Called with how many projects are checked and how many there are."""


def refresh(progress: Progress | None = None) -> int:
    """Check what this transaction changed, and who sees other neighbours by that. How many projects were checked."""
    return _refresh(_marked(Q(since=TransactionNow())), progress)


def refresh_all(progress: Progress | None = None) -> int:
    """Check everything that is marked, whoever changed it."""
    with transaction.atomic():
        return _refresh(_marked(Q()), progress)


def check_again(numbers: Collection[int], progress: Progress | None = None) -> None:
    """Check these projects, changed or not: the rules are others now."""
    ordered, in_force = sorted(numbers), InForce()
    for done, batch in _batches(ordered):
        with transaction.atomic():
            _store(batch, in_force)
        if progress:
            progress(done, len(ordered))


def _marked(which: Q) -> list[int]:
    return list(UncheckedProject.objects.filter(which).order_by("pk").values_list("pk", flat=True))


def _refresh(numbers: Sequence[int], progress: Progress | None) -> int:
    if not numbers:
        return 0
    seeing: set[int] = set()
    for _, batch in _batches(numbers):
        seeing |= keep_keys(batch)
    # In the order of the keys, so that two that meet on the same neighbours wait for each other and never both.
    everything, in_force = sorted(seeing.union(numbers)), InForce()
    for done, batch in _batches(everything):
        _store(batch, in_force)
        if progress:
            progress(done, len(everything))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM indicators_uncheckedproject WHERE project_id = ANY(%s)", [list(numbers)])
    return len(everything)


def _batches(numbers: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    for start in range(0, len(numbers), BATCH):
        batch = list(numbers[start : start + BATCH])
        yield start + len(batch), batch


def _store(batch: list[int], in_force: InForce) -> None:
    """What the rules say of a batch now, in place of what they said before."""
    forms = forms_of(batch)
    around = surroundings_of(forms)
    wanted = {
        (number, finding.digest): finding
        for number, form in forms.items()
        for finding in check(form, around[number], in_force.of(form.region, form.year))
    }
    stored = {(one.project_id, one.digest): one for one in ProjectFinding.objects.filter(project__in=batch)}
    if gone := [one.pk for place, one in stored.items() if place not in wanted]:
        ProjectFinding.objects.filter(pk__in=gone).delete()
    changed = [_changed(one, wanted[place]) for place, one in stored.items() if place in wanted]
    fields = ["severity", "corrections"]
    ProjectFinding.objects.bulk_update([one for one in changed if one], fields, batch_size=BATCH)
    new = [place for place in wanted if place not in stored]
    accepted = _accepted({number for number, _ in new}) if new else {}
    ProjectFinding.objects.bulk_create(
        [_row(number, wanted[number, digest], accepted.get((number, digest))) for number, digest in new],
        batch_size=2000, ignore_conflicts=True,
    )  # fmt: skip


def _row(number: int, finding: Finding, acceptance: int | None) -> ProjectFinding:
    return ProjectFinding(
        project_id=number, rule=finding.rule, severity=_severity(finding), fields=list(finding.fields),
        message=finding.message, corrections=_corrections(finding), digest=finding.digest, acceptance_id=acceptance,
    )  # fmt: skip


def _changed(stored: ProjectFinding, finding: Finding) -> ProjectFinding | None:
    said = (_severity(finding), _corrections(finding))
    if (stored.severity, stored.corrections) == said:
        return None
    stored.severity, stored.corrections = said
    return stored


def _severity(finding: Finding) -> int:
    return finding.severity or Severity.HINT  # always there by now: `check` fills it in


def _corrections(finding: Finding) -> list[list[str]]:
    return [list(correction) for correction in finding.corrections]


def _accepted(numbers: Collection[int]) -> dict[tuple[int, str], int]:
    rows = FindingAcceptance.objects.filter(project__in=numbers).values_list("project_id", "digest", "pk")
    return {(number, digest): pk for number, digest, pk in rows}
