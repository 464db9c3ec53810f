"""Homes filled with generated projects, kept between runs: filling a million takes a quarter of an hour.

They have no source documents and nothing that waits to be checked, none of which the measured pages read; nor history,
unless it is asked for (``./run load`` edits). They lie in ``var/bench``, or in the folder that ``PERFGOALS_BENCH_FOLDER`` names. Delete them to have them made anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
MADE: Final = "made"
"""A file in a home that was filled to the end."""


PIECE: Final = 1 << 20


def folder() -> Path:
    """Where homes and what peers make of them are kept."""
    return Path(os.environ.get("PERFGOALS_BENCH_FOLDER", ROOT / "var" / "bench"))


def home(projects: int, indicators: int, *, history: bool = False) -> Path:
    """The home with so many projects, with today's tables; filled if there is none yet.

    Raises `subprocess.CalledProcessError` where that fails, and `RuntimeError` on a home that was left half filled.
    """
    place = folder() / f"home-{projects}x{indicators}{'-history' if history else ''}"
    if not (place / MADE).exists():
        if place.exists():
            raise RuntimeError(f"{place} was left half filled: delete it")
        command = ["benchmarks/generate.py", "--projects", str(projects), "--indicators", str(indicators)]
        without = () if history else ("--without-history",)
        run(place, *command, *without, "--documents", "0", "--none-pending")
        (place / MADE).touch()
    run(place, "manage.py", "migrate", "--verbosity", "0")
    return place


def read_through(place: Path) -> None:
    """Read a home's database once, so that it lies in the machine's memory as far as that has room.

    One that has been in use for a while does; one that nobody used for an hour would show how fast the disk is instead.
    """
    for path in sorted((place / "postgres" / "data" / "base").rglob("*")):
        with suppress(FileNotFoundError):  # made for a moment, by somebody who uses the home
            if path.is_file():
                with path.open("rb", buffering=0) as file:
                    while file.read(PIECE):
                        pass


def environment(place: Path) -> dict[str, str]:
    """What a program needs to work on a home."""
    return {
        **os.environ, "PERFGOALS_HOME": str(place), "PYTHONPATH": str(ROOT), "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "perfgoals.settings", "PERFGOALS_SLOW_REQUEST_SECONDS": "3600",
        "PERFGOALS_SLOW_STATEMENT_SECONDS": "3600",
        # One browser asks more often here than any person.
        "PERFGOALS_PAGE_RATE": "0", "PERFGOALS_EXPORT_RATE": "0", "PERFGOALS_UPLOAD_RATE": "0",
    }  # fmt: skip


def run(place: Path, *command: str) -> bytes:
    """What a Python program prints that works on a home."""
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment(place), check=True, stdout=subprocess.PIPE
    ).stdout
