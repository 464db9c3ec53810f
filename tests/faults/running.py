"""Some rounds of faults in an empty home."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command

from tests.faults.rounds import ACTS, FAULTS, OTHERS, Act, World, measured, one_round, whole_at_the_end, world


def run(home: Path, rounds: int, seed: int = 1, only: str | None = None) -> World:
    """Make that many faults, one after another. Every tenth is one of the web server or of the disk.

    ``only`` names one act (``web``, ``import``): then all faults are made in it.
    """
    call_command("migrate", verbosity=0)
    made = world(home, seed)
    measured(made)
    with whole_at_the_end(made):
        for number in range(rounds):
            one_round(made, _act(made, number, only), made.random.choice(FAULTS))
    return made


def _act(made: World, number: int, only: str | None) -> Act:
    if only:
        return next(act for act in (*ACTS, *OTHERS) if act.__name__ == f"{only}_round")
    return OTHERS[number // 10 % len(OTHERS)] if number % 10 == 4 else made.random.choice(ACTS)
