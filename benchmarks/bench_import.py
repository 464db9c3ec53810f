"""Importing many target forms: seconds and memory from the file's bytes to the committed database.

    ./run bench import --forms 10000

Works in a fresh embedded server of its own (or in a new schema-complete database of ``DATABASE_URL`` that must be
empty), so that nothing else is touched. The same run measures what reading alone takes and prints the ratio. Exits 1
when the promise (10,000 forms in 60 s and 500 MB) is missed.
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

from benchmarks.target_forms import forms

SECONDS = 60.0
MEGABYTES = 500.0
PROMISED = 10_000


def main() -> int:
    """Measure and print; the exit code says whether the promise was kept."""
    parser = argparse.ArgumentParser(description="测量绩效目标表的导入速度和内存")
    parser.add_argument("--forms", type=int, default=PROMISED)
    parser.add_argument("--step", choices=["read", "import"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(measure(given.step, given.file)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.txt"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(forms(given.forms, irregular=1 / 8))
        read = step("read", path, folder)
        stored = step("import", path, folder)
        size = path.stat().st_size / 1e6
    print(f"{given.forms} forms, {size:.1f} MB, {stored['indicators']} indicators")
    print(f"read    {read['seconds']:6.1f} s  {size / read['seconds']:5.1f} MB/s  peak {read['peak']:4.0f} MB")
    print(
        f"import  {stored['seconds']:6.1f} s  {given.forms / stored['seconds']:5.0f} forms/s  peak {stored['peak']:4.0f} MB"
    )
    print(f"import / read  {stored['seconds'] / read['seconds']:.2f}")
    share = given.forms / PROMISED
    kept = stored["seconds"] <= SECONDS * share and stored["peak"] <= MEGABYTES
    print(f"promise ({SECONDS * share:.0f} s, {MEGABYTES:.0f} MB): {'kept' if kept else 'missed'}")
    return 0 if kept else 1


def step(name: str, path: Path, folder: str) -> dict[str, float]:
    """One measurement in a process of its own, so that its peak memory is its own."""
    environment = {**os.environ, "PERFGOALS_HOME": os.environ.get("PERFGOALS_BENCH_HOME", f"{folder}/home")}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_import", "--step", name, "--file", str(path)],
        env=environment, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(name: str, path: Path) -> dict[str, float]:
    """Seconds, peak memory in MB of this process, and the number of indicators."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    import django
    from django.core.management import call_command

    django.setup()
    if name == "import":  # starting the server and making the schema are not part of the figure
        call_command("migrate", verbosity=0)
    start = time.perf_counter()
    indicators = read(path) if name == "read" else store(path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak": peak, "indicators": indicators}


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
