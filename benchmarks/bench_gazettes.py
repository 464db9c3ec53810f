"""Importing gazettes: seconds for one issue, and the memory that a collection takes beyond a tenth of it.

    ./run bench gazettes --megabytes 50

Works in a fresh embedded server of its own (or in an empty database of ``DATABASE_URL``). The same run imports one issue, a
tenth of the collection and the whole of it, each in a process of its own; memory is flat where ten times the text takes
hardly more. Exits 1 when a promise (an issue of 250 KB in 5 s; 50 MB in flat memory) is missed.
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
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.gazettes import issues

if TYPE_CHECKING:
    from imports.content import Content

SECONDS = 5.0
GROWTH = 1.2
"""The peak of the whole over that of a tenth: what is kept of each document for the report, and no text."""


def main() -> int:
    """Measure and print; the exit code says whether the promises were kept."""
    parser = argparse.ArgumentParser(description="测量公报的导入速度和内存")
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--step", choices=["schema", "read", "import"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(measure(given.step, given.file)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        step("schema", Path(folder), Path(folder))  # by itself: making it takes more memory than a small import
        sizes = {"issue": 0.0001, "tenth": given.megabytes / 10, "whole": given.megabytes}
        figures = {name: run(name, size, Path(folder)) for name, size in sizes.items()}
    issue, tenth, whole = figures["issue"], figures["tenth"], figures["whole"]
    growth = whole.stored["peak"] / tenth.stored["peak"]
    print(f"peak of the whole / peak of a tenth: {growth:.2f}")
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
        f"{name:6} {size:6.2f} MB, {stored['documents']:5.0f} documents: read {_seconds(read)}, peak {read['peak']:4.0f} MB;"
        f" import {_seconds(stored)}, peak {stored['peak']:4.0f} MB; import / read {stored['seconds'] / read['seconds']:.1f}"
    )
    return Figures(size, stored)


def _seconds(figures: dict[str, float]) -> str:
    return f"{figures['seconds']:6.1f} s ({figures['busy']:.1f} s of this process)"


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
    """Seconds of the clock and of the processor, peak memory in MB of this process, and the number of documents."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    if name == "schema":
        call_command("migrate", verbosity=0)
        return {}
    if name == "import":  # starting the server is not part of the figure
        connection.ensure_connection()
    start, busy = time.perf_counter(), time.process_time()
    documents = read(path) if name == "read" else store(path)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "busy": busy, "peak": peak, "documents": documents}


def read(path: Path) -> int:
    """Bytes to drafts."""
    from imports.layouts import gazette
    from imports.layouts.gazette.drafts import DocumentDraft
    from imports.opening import open_text
    from imports.reading import Defaults

    drafts = open_text(content(path), gazette.NAME).drafts(Defaults())
    return sum(isinstance(draft, DocumentDraft) for draft in drafts)


def store(path: Path) -> int:
    """Bytes to committed rows."""
    from imports.actions import Options, import_file

    report = import_file(content(path), name=path.name, options=Options(), by=None)
    return len(report.texts.documents)


def content(path: Path) -> Content:
    """The file as ``import_text`` takes it in."""
    from imports.content import Content

    return Content(path.open("rb"))


if __name__ == "__main__":
    sys.exit(main())
