"""Findings kept current: what changed is checked again, in the transaction that changed it.

Triggers mark projects as unchecked; `perfgoals.history.change` calls `refresh` before its transaction ends, so that no
way of writing has to remember it. What writes past it leaves its marks, which `refresh_all` takes up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection

from indicators.reviewing.loading import forms_of
from indicators.reviewing.many import leave_to_the_queue, pending, work_off
from indicators.reviewing.neighbouring import keep_keys
from indicators.reviewing.settings_in_force import InForce
from indicators.reviewing.storing import BATCH, Progress, batches, store_findings

MOST_SEEING: Final = 200
"""Others that are checked in the transaction of a change. One text may stand in thousands of projects, and whoever
changes the first of them need not wait until the findings of all name another one."""


def refresh(progress: Progress | None = None) -> int:
    """Check what this transaction changed, and who sees other neighbours by that. How many projects were checked."""
    return _refresh(_taken(), progress)


def refresh_all(progress: Progress | None = None) -> int:
    """Check everything that is marked, whoever changed it, in steps (`many`). How many projects were checked."""
    return sum(work_off(pending(), progress=progress))


def _taken() -> list[int]:
    """This transaction's marks, taken away: whoever fails to check them loses it, and they stand again."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM indicators_uncheckedproject WHERE since = now() RETURNING project_id")
        return sorted(number for (number,) in cursor.fetchall())


def _refresh(numbers: Sequence[int], progress: Progress | None) -> int:
    if not numbers:
        return 0
    # Few, as a saved edit has them, are read once for both; of many, only one batch is in memory at a time.
    few = len(numbers) <= BATCH
    seeing: set[int] = set()
    for _, batch in batches(numbers):
        forms = forms_of(batch, whole=few)
        seeing |= keep_keys(batch, forms)
    seeing -= set(numbers)
    if len(seeing) > MOST_SEEING:
        leave_to_the_queue(seeing)
        seeing = set()
    known = forms if few else {}
    # In the order of the keys, so that two that meet on the same neighbours wait for each other and never both.
    everything, in_force = sorted(seeing.union(numbers)), InForce()
    for done, batch in batches(everything):
        missing = [number for number in batch if number not in known]
        store_findings(batch, {**known, **forms_of(missing)} if missing else known, in_force)
        if progress:
            progress(done, len(everything))
    return len(everything)
