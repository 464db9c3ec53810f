"""Importing many target forms: seconds and memory from the file's bytes to the committed database, beside a raw COPY.

    ./run bench import --forms 10000

Works in a fresh embedded server of its own, so that nothing else is touched. The same run measures what reading alone takes,
and then the floor of storing: the very rows that the import left in all tables (history, texts, totals, findings and filings
included) are taken out, the tables emptied, and put back by COPY into the same tables with their indexes, triggers off.

Exits 1 when a promise is missed: 10,000 forms in 60 s and 500 MB; reading at 5 MB/s; storing, which is importing without
reading, at no less than a quarter of the rate of that COPY. The ratio is one of processor seconds, those of the database
included, since other work on the machine falsifies a clock.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.costs import peak, processor_seconds
from benchmarks.homes import ROOT, environment
from benchmarks.raw_copy import put_back, take_out
from benchmarks.target_forms import forms

SECONDS = 60.0
MEGABYTES = 500.0
PROMISED = 10_000
READING = 5.0
"""Megabytes a second."""
OF_COPY = 0.25
STEPS = ("read", "import", "copy")


def main() -> int:
    """Measure and print; the exit code says whether the promise was kept."""
    parser = argparse.ArgumentParser(description="测量绩效目标表的导入速度和内存")
    parser.add_argument("--forms", type=int, default=PROMISED)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(measure(given.step, given.file)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.txt"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(forms(given.forms, irregular=1 / 8))
        read, stored, copied = (step(name, path, folder) for name in STEPS)
        size = path.stat().st_size / 1e6
    print(
        f"{given.forms} forms, {size:.1f} MB, {stored['indicators']} indicators, {copied['rows']:.0f} rows in all tables"
    )
    reading, storing = size / read["cpu"], copied["cpu"] / (stored["cpu"] - read["cpu"])
    print(
        f"read    {read['seconds']:6.1f} s  {read['cpu']:6.1f} cpu s  {reading:5.1f} MB/cpu s  peak {read['peak']:4.0f} MB"
    )
    print(
        f"import  {stored['seconds']:6.1f} s  {stored['cpu']:6.1f} cpu s  {given.forms / stored['seconds']:5.0f} forms/s"
        f"  peak {stored['peak']:4.0f} MB"
    )
    print(f"COPY    {copied['seconds']:6.1f} s  {copied['cpu']:6.1f} cpu s")
    print(f"stores at {storing:.2f} of the rate of COPY")
    share = given.forms / PROMISED
    kept = (
        stored["seconds"] <= SECONDS * share
        and stored["peak"] <= MEGABYTES
        and reading >= READING
        and storing >= OF_COPY
    )
    print(
        f"promise ({SECONDS * share:.0f} s, {MEGABYTES:.0f} MB, {READING:.0f} MB/s, {OF_COPY}): {'kept' if kept else 'missed'}"
    )
    return 0 if kept else 1


def step(name: str, path: Path, folder: str) -> dict[str, float]:
    """One measurement in a process of its own, so that its peak memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_import", "--step", name, "--file", str(path)],
        cwd=ROOT, env=environment(Path(folder) / "home"), check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(name: str, path: Path) -> dict[str, float]:
    """Seconds, processor seconds, peak memory in MB of this process, and what was counted."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    if name == "import":  # starting the server and making the schema are not part of the figure
        call_command("migrate", verbosity=0)
    connection.ensure_connection()
    home = Path(os.environ["PERFGOALS_HOME"])
    figures: dict[str, float] = {}
    if name == "copy":
        taken = take_out(path.parent)
    start, spent = time.perf_counter(), processor_seconds(home)
    if name == "copy":
        figures["rows"] = put_back(taken)
    else:
        figures["indicators"] = read(path) if name == "read" else store(path)
    return {
        **figures, "seconds": time.perf_counter() - start, "cpu": processor_seconds(home) - spent, "peak": peak(),
    }  # fmt: skip


def read(path: Path) -> int:
    """Bytes to drafts."""
    from imports.content import Content
    from imports.drafts import ProjectDraft
    from imports.layouts import target_form
    from imports.opening import open_text
    from imports.reading import Defaults

    drafts = open_text(Content(path.open("rb")), target_form.NAME).drafts(Defaults())
    return sum(len(draft.indicators) for draft in drafts if isinstance(draft, ProjectDraft))


def store(path: Path) -> int:
    """Bytes to committed rows."""
    from imports.actions import Options, import_file
    from imports.content import Content

    return import_file(Content(path.open("rb")), name=path.name, options=Options(), by=None).indicators


if __name__ == "__main__":
    sys.exit(main())
