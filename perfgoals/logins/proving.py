"""Trying a code: each is good once, and who guesses has to wait.

Wrong codes are counted for the person, from wherever they come: whoever is asked for one knew the password already.
"""

from __future__ import annotations

import time
from datetime import timedelta
from enum import Enum
from typing import Final

from django.db import transaction
from django.utils import timezone

from perfgoals.history import change
from perfgoals.logins.codes import digest_of, normalised, step_of
from perfgoals.logins.models import SecondFactor
from perfgoals.models import User
from perfgoals.observing.refusals import SECOND_FACTOR, note

MOST_FAILURES: Final = 10
PAUSE: Final = timedelta(minutes=15)


class Proof(Enum):
    """What came of a code."""

    CODE = "code"
    RECOVERY = "recovery"
    WRONG = "wrong"
    PAUSED = "paused"

    @property
    def holds(self) -> bool:
        """Whether the person has proved to be who they are."""
        return self in (Proof.CODE, Proof.RECOVERY)


@transaction.atomic
def prove(user: User, typed: str) -> Proof:
    """Try a code or a recovery code, which is used up by it; a wrong one is counted, of two at once each."""
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None:
        return Proof.WRONG
    if seconds_paused(factor):
        note(SECOND_FACTOR, person=user.pk)
        return Proof.PAUSED
    proof = _tried(factor, typed)
    if not proof.holds:
        note(SECOND_FACTOR, person=user.pk)
    factor.failures = 0 if proof.holds else factor.failures + 1
    factor.failed_at = None if proof.holds else timezone.now()
    factor.save(update_fields=["last_step", "failures", "failed_at"])
    return proof


def seconds_paused(factor: SecondFactor) -> int:
    """How long the person must wait after ten wrong codes; 0: not at all. Afterwards ten more are allowed."""
    if factor.failed_at is None or factor.failures < MOST_FAILURES:
        return 0
    left = int((factor.failed_at + PAUSE - timezone.now()).total_seconds())
    if left <= 0:
        factor.failures = 0
    return max(0, left)


def _tried(factor: SecondFactor, typed: str) -> Proof:
    step = step_of(factor.key, typed, now=time.time(), after=factor.last_step)
    if step is not None:
        factor.last_step = step
        return Proof.CODE
    return Proof.RECOVERY if _used(factor, typed) else Proof.WRONG


def _used(factor: SecondFactor, typed: str) -> bool:
    found = factor.recovery_codes.filter(digest=digest_of(typed)) if normalised(typed) else None
    if found is None or not found.exists():
        return False
    with change(by=factor.user, action="use_recovery_code"):
        found.delete()
        factor.codes_left = factor.recovery_codes.count()
        factor.save(update_fields=["codes_left"])
    return True
