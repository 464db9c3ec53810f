"""What work costs a machine that others use as well: seconds of its processors, the embedded database's included."""

from __future__ import annotations

import os
import resource
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(home: Path) -> float:
    """Seconds that this process, those it ended and the database of a home have used so far (Linux)."""
    return sum(
        sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ) + _database(home)


def peak() -> float:
    """Most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _database(home: Path) -> float:
    keeper = int((home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # After the name, which may hold anything: state, parent, …, own and ended children's times.
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(process.name) == keeper:
            ticks += sum(map(int, fields[11:15]))
        elif int(fields[1]) == keeper:
            ticks += sum(map(int, fields[11:13]))
    return ticks / TICKS
