"""A list of projects as a workbook, uploaded, previewed and confirmed: beside django-import-export on the same rows.

    ./run bench upload --rows 100000 --peer-rows 500 1000

A former list is stored already, with nine rows in ten of the later one; of the later list's rows one in ten is new, one in ten
says something else. PerfGoals takes it in as the site does: the upload is kept, the worker's dry run makes the preview,
the confirmation imports what was shown. Its worker is a process of its own, whose peak memory is told.

django-import-export (dependency group ``peers``) does the same with a resource of its own: a dry run with the differences of
every row, then the import, each from the workbook's bytes, as its admin pages do. It leaves unchanged rows alone and finds
stored rows through its cached loader by their numbers, which its file carries. It has it easier: triggers are off in its
database, so that it stores neither history nor texts nor totals, goals are a column of the project, and no rule is checked.
At 100,000 rows it would take a quarter of an hour and more; its rate hardly depends on the number, which two numbers show.

Rates are rows by processor seconds, those of the database included, since other work on the machine falsifies a clock. Exits
1 when the promise (20 times its rate, 400 MB) is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks.costs import peak, processor_seconds
from benchmarks.homes import ROOT, environment
from benchmarks.project_lists import rows, write

TIMES: Final = 20.0
MEGABYTES: Final = 400.0
PERSON: Final = "loader"


def main() -> int:
    """Measure and print; the exit code says whether the promise was kept."""
    parser = argparse.ArgumentParser(description="测量上传、预览和确认一份项目清单的速度和内存")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--peer-rows", type=int, nargs="+", default=[500, 1000])
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given.folder, given.rows)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        peers = [step("peer", Path(folder), count) for count in given.peer_rows]
        write(Path(folder) / "former.xlsx", given.rows, later=False)
        write(Path(folder) / "later.xlsx", given.rows, later=True)
        step("former", Path(folder), given.rows)
        own = step("upload", Path(folder), given.rows)
    print(f"{'':<22}{'rows':>8}{'preview s':>11}{'confirm s':>11}{'cpu s':>9}{'rows/cpu s':>12}{'peak MB':>9}")
    for name, one in (*(("django-import-export", peer) for peer in peers), ("PerfGoals", own)):
        print(
            f"{name:<22}{one['rows']:8.0f}{one['preview']:11.1f}{one['confirm']:11.1f}{one['cpu']:9.1f}"
            f"{rate(one):12.0f}{one['peak']:9.0f}"
        )
    times = rate(own) / max(map(rate, peers))
    kept = times >= TIMES and own["peak"] < MEGABYTES
    print(f"{times:.1f} times its rate; promise ({TIMES:.0f}, {MEGABYTES:.0f} MB): {'kept' if kept else 'missed'}")
    return 0 if kept else 1


def rate(one: dict[str, float]) -> float:
    """Rows by processor seconds."""
    return one["rows"] / one["cpu"]


def step(name: str, folder: Path, count: int) -> dict[str, float]:
    """One part in a process and, for the peer, a database of its own."""
    home = folder / (f"peer-{count}" if name == "peer" else "own")
    command = [sys.executable, "-m", "benchmarks.bench_upload", "--step", name, "--folder", str(folder)]
    done = subprocess.run(
        [*command, "--rows", str(count)], cwd=ROOT, env=environment(home), check=True, stdout=subprocess.PIPE
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def former(folder: Path, count: int) -> dict[str, float]:
    """The former list, stored."""
    _begin()
    from imports.actions import Options, import_file
    from imports.content import Content
    from perfgoals.models import User

    User.objects.create_superuser(PERSON, password=None)
    with measured(count) as figures, (folder / "former.xlsx").open("rb") as file:
        import_file(Content(file), name="former.xlsx", options=Options(), by=None)
    return figures


def upload(folder: Path, count: int) -> dict[str, float]:
    """The later list through the site's upload: received and checked, then confirmed and imported."""
    _begin(migrated=False)
    import uuid

    from imports.actions import Options
    from imports.models import Upload
    from imports.uploads.actions import Confirmed, confirm_upload
    from imports.uploads.deciding import digest, shown_report
    from imports.uploads.receiving import receive
    from imports.uploads.working import work_on
    from perfgoals.jobs.running import run_job
    from perfgoals.models import User

    by = User.objects.get(username=PERSON)
    with measured(count) as figures:
        started = time.perf_counter()
        with (folder / "later.xlsx").open("rb") as file:
            chunks = iter(lambda: file.read(1 << 16), b"")
            pk = receive(chunks, name="later.xlsx", options=Options(), by=by, batch=uuid.uuid4()).pk
        run_job(Upload, pk, work_on)
        seen = shown_report(Upload.objects.get(pk=pk))
        counts, shown = seen["counts"], digest(seen)
        del seen
        figures["preview"] = time.perf_counter() - started
        if confirm_upload(pk=pk, shown=shown, by=by) is not Confirmed.YES:
            raise RuntimeError("the preview was not taken")
        run_job(Upload, pk, work_on)
    done = Upload.objects.select_related("run").get(pk=pk)
    if done.run is None or done.run.created != counts["created"] or not counts["changed"]:
        raise RuntimeError(f"not imported as it was shown: {done.problem} {counts}")
    return figures


def peer(folder: Path, count: int) -> dict[str, float]:
    """django-import-export: the dry run with its differences, then the import."""
    _begin()
    from django.db import connection

    from benchmarks.peers.importing import dataset_of, make_table, resource

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE projects_project DISABLE TRIGGER USER")
    path = folder / f"peer-{count}.xlsx"
    make_table(path, rows(count, later=False), rows(count, later=True))
    with measured(count) as figures:
        started = time.perf_counter()
        shown = resource().import_data(dataset_of(path), dry_run=True, raise_errors=False)
        figures["preview"] = time.perf_counter() - started
        done = resource().import_data(dataset_of(path), dry_run=False, raise_errors=False)
    if shown.has_errors() or done.totals != shown.totals or not (done.totals["new"] and done.totals["update"]):
        raise RuntimeError(f"not imported: {shown.totals} {done.totals} {shown.row_errors()[:1]}")
    return figures


@contextmanager
def measured(count: int) -> Iterator[dict[str, float]]:
    """Seconds, processor seconds and peak memory (MB) of the block; what is left of its seconds is the confirmation's."""
    home = Path(os.environ["PERFGOALS_HOME"])
    figures: dict[str, float] = {"rows": count, "preview": 0.0}
    started, spent = time.perf_counter(), processor_seconds(home)
    yield figures
    figures["confirm"] = time.perf_counter() - started - figures["preview"]
    figures["cpu"], figures["peak"] = processor_seconds(home) - spent, peak()


def _begin(*, migrated: bool = True) -> None:
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    if migrated:
        call_command("migrate", verbosity=0)
    connection.ensure_connection()


STEPS: Final[dict[str, Any]] = {"former": former, "upload": upload, "peer": peer}

if __name__ == "__main__":
    sys.exit(main())
