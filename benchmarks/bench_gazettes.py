"""Importing gazettes: seconds for one issue, and the memory that a collection takes beyond its text.

    ./run bench gazettes --megabytes 50

Works in a fresh embedded server of its own (or in an empty database of ``DATABASE_URL``). The same run imports one issue, a
tenth of the collection and the whole of it; memory is flat where ten times the text takes hardly more than its own
lines more. Exits 1 when a promise (an issue of 250 KB in 5 s; 50 MB in flat memory) is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.gazettes import issues

SECONDS = 5.0
GROWTH = 8.0
"""Megabytes of memory for a megabyte of text: its bytes, its characters and its lines are all there at once."""


def main() -> int:
    """Measure and print; the exit code says whether the promises were kept."""
    parser = argparse.ArgumentParser(description="测量公报的导入速度和内存")
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--step", choices=["read", "import"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(measure(given.step, given.file)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        sizes = {"issue": 0.0001, "tenth": given.megabytes / 10, "whole": given.megabytes}
        figures = {name: run(name, size, Path(folder)) for name, size in sizes.items()}
    issue, tenth, whole = figures["issue"], figures["tenth"], figures["whole"]
    growth = (whole.stored["peak"] - tenth.stored["peak"]) / (whole.size - tenth.size)
    print(f"memory beyond a tenth: {growth:.1f} MB for each MB of text")
    kept = issue.stored["seconds"] <= SECONDS and growth <= GROWTH
    print(f"promise ({SECONDS:.0f} s an issue, flat memory): {'kept' if kept else 'missed'}")
    return 0 if kept else 1


class Figures(NamedTuple):
    """What was measured of one collection."""

    size: float
    stored: dict[str, float]


def run(name: str, megabytes: float, folder: Path) -> Figures:
    """Read and import a collection of a size, and print both."""
    path = folder / f"{name}.txt"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(issues(megabytes))
    size = path.stat().st_size / 1e6
    read, stored = step("read", path, folder), step("import", path, folder)
    print(
        f"{name:6} {size:6.2f} MB, {stored['documents']:5.0f} documents: read {read['seconds']:6.1f} s, peak {read['peak']:4.0f} MB;"
        f" import {stored['seconds']:6.1f} s, peak {stored['peak']:4.0f} MB; import / read {stored['seconds'] / read['seconds']:.1f}"
    )
    return Figures(size, stored)


def step(name: str, path: Path, folder: Path) -> dict[str, float]:
    """One measurement in a process of its own, so that its peak memory is its own."""
    home = os.environ.get("PERFGOALS_BENCH_HOME", f"{folder}/home")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_gazettes", "--step", name, "--file", str(path)],
        env={**os.environ, "PERFGOALS_HOME": home}, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(name: str, path: Path) -> dict[str, float]:
    """Seconds, peak memory in MB of this process, and the number of documents."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    import django
    from django.core.management import call_command

    django.setup()
    if name == "import":  # starting the server and making the schema are not part of the figure
        call_command("migrate", verbosity=0)
    start = time.perf_counter()
    documents = read(path) if name == "read" else store(path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak": peak, "documents": documents}


def read(path: Path) -> int:
    """Bytes to drafts."""
    from imports.decoding import decode, split_lines
    from imports.layouts.gazette import read_gazette
    from imports.layouts.gazette.drafts import DocumentDraft

    lines = split_lines(decode(path.read_bytes()).text)
    return sum(isinstance(draft, DocumentDraft) for draft in read_gazette(lines))


def store(path: Path) -> int:
    """Bytes to committed rows."""
    from imports.actions import Options, import_file

    report = import_file(path.read_bytes(), name=path.name, options=Options(), by=None)
    return len(report.texts.documents)


if __name__ == "__main__":
    sys.exit(main())
