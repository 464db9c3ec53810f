"""Some rounds of faults in an empty home."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command

from tests.faults.rounds import ACTS, FAULTS, OTHERS, World, measured, one_round, whole_at_the_end, world


def run(home: Path, rounds: int, seed: int = 1) -> World:
    """Make that many faults, one after another. Every tenth is one of the web server or of the disk."""
    call_command("migrate", verbosity=0)
    made = world(home, seed)
    measured(made)
    with whole_at_the_end(made):
        for number in range(rounds):
            act = OTHERS[number // 10 % len(OTHERS)] if number % 10 == 4 else made.random.choice(ACTS)
            one_round(made, act, made.random.choice(FAULTS))
    return made
