"""Importing a folder of very many forms: memory that does not grow with them, and what being killed costs.

    ./run bench resume --forms 100000 --files 100

One home takes a tenth of the forms, one takes all of them in one go, and of one the importing process is killed (SIGKILL) again
and again, at moments drawn by a seed, and the command given again with ``--resume``. What both homes hold in the end is
compared: every project with its money, its numbers of cells, goals and indicators, and how often each file was imported. Memory is
the most that one importing process ever had.

Exits 1 when a promise is missed: all forms in at most 1.2 times the memory of a tenth of them; what was interrupted ends with the
same projects, every file imported once, and in at most the time of going through at once, twice the time of the files
that were interrupted and ten seconds for each start besides.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from benchmarks.homes import ROOT, environment, run
from benchmarks.target_forms import forms

FLAT: Final = 1.2
START: Final = 10.0
"""Seconds: Python, Django and the embedded server's recovery."""
TENTH: Final = 10
_HELD: Final = """
    SELECT (SELECT count(*) FROM imports_importrun), (SELECT count(DISTINCT document_id) FROM imports_importrun),
        count(*), sum(amount), sum(cells), sum(goals), sum(indicators),
        md5(string_agg(concat_ws('|', region_id, year, name, amount, cells, goals, indicators), E'\\n'
            ORDER BY region_id, year, name, project.id))
    FROM projects_project project,
        LATERAL (SELECT count(*) AS cells FROM projects_funding WHERE project_id = project.id) money,
        LATERAL (SELECT count(*) AS goals FROM indicators_goal WHERE project_id = project.id) goal,
        LATERAL (SELECT count(*) AS indicators FROM indicators_indicator WHERE project_id = project.id) indicator
"""
HELD: Final = ("runs", "files", "projects", "amount", "cells", "goals", "indicators", "digest")


class Done(NamedTuple):
    """One process that imported: how it ended, its seconds and the most memory it had, in MB."""

    code: int
    seconds: float
    peak: float


def main() -> int:
    """Measure and print; the exit code says whether the promise was kept."""
    parser = argparse.ArgumentParser(description="测量成批目标表的导入：内存，以及中断后继续")
    parser.add_argument("--forms", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step", choices=["held"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(held()))
        return 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder / "forms", given.forms, given.files)
        few = sorted((folder / "forms").iterdir())[: max(1, given.files // TENTH)]
        small = imported(folder / "few", *few)
        whole = imported(folder / "whole", folder / "forms")
        random = Random(given.seed)
        # Between two kills there is time to get somewhere, and all of them fall before the end.
        moments = [random.uniform(0.5, 1.2) * whole.seconds / (given.kills + 1) for _ in range(given.kills)]
        again = [imported(folder / "again", folder / "forms", until=moment) for moment in [*moments, None]]
        found, wanted = (
            json.loads(run(folder / name, "-m", __spec__.name, "--step", "held")) for name in ("again", "whole")
        )
    return told(given.forms, given.files, small, whole, again, found, wanted)


def told(
    number: int, files: int, small: Done, whole: Done, again: list[Done], found: dict[str, Any], wanted: dict[str, Any]
) -> int:
    """Print what was measured; 0 where all promises were kept."""
    print(f"{number} forms in {files} files, {wanted['indicators']} indicators; {os.cpu_count()} cores")
    print(f"a tenth     {small.seconds:7.1f} s  peak {small.peak:4.0f} MB")
    print(f"all at once {whole.seconds:7.1f} s  peak {whole.peak:4.0f} MB")
    killed = sum(one.code < 0 for one in again)
    seconds = sum(one.seconds for one in again)
    print(f"interrupted {seconds:7.1f} s  peak {max(one.peak for one in again):4.0f} MB  killed {killed} times")
    most = whole.seconds + killed * (2 * whole.seconds / files + START)
    is_same = found == wanted and wanted["runs"] == wanted["files"] == files and wanted["projects"] == number
    print(f"the same projects, every file once: {'yes' if is_same else f'no: {found} instead of {wanted}'}")
    print(f"memory {whole.peak / small.peak:.2f} times (promised {FLAT}); interrupted within {most:.0f} s")
    kept = is_same and whole.peak <= FLAT * small.peak and seconds <= most and again[-1].code == whole.code == 0
    print(f"promise: {'kept' if kept else 'missed'}")
    return 0 if kept else 1


def write(folder: Path, number: int, files: int) -> None:
    """The forms in files, as even as they can be."""
    folder.mkdir()
    made = forms(number, irregular=1 / 8)
    for at in range(files):
        with (folder / f"{at:05}.txt").open("w", encoding="utf-8") as file:
            file.writelines(islice(made, number * (at + 1) // files - number * at // files))


def imported(home: Path, *paths: Path, until: float | None = None) -> Done:
    """Import into a home, by a process of its own that is killed after ``until`` seconds unless it ended before."""
    command = [sys.executable, "manage.py", "import_text", "--resume", *map(str, paths)]
    if not home.exists():  # the tables' making is not part of the figure
        run(home, "manage.py", "migrate", "--verbosity", "0")
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=subprocess.DEVNULL)
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        seconds = time.perf_counter() - started
        if pid:
            return Done(os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss / 1024)
        if until is not None and seconds > until:
            process.kill()
            until = None
        time.sleep(0.05)


def held() -> dict[str, Any]:
    """What the home of the environment holds."""
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_HELD)
        values = cursor.fetchone()
    return {name: value if isinstance(value, int) else str(value) for name, value in zip(HELD, values, strict=True)}


if __name__ == "__main__":
    sys.exit(main())
