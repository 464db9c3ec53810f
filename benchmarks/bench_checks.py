"""Checking many projects, and checking again what somebody saved.

    ./run bench checks --projects 100000

Fills a fresh embedded server of its own (`benchmarks.checked_projects`), lets ``check_targets --pending`` check and store
everything with two processes, and then saves edits as people do. Exits 1 when a promise is missed: all projects in under
three minutes and under 1 GB in all processes (the database's among them), an edit's checks in under 50 ms (median).

Memory is what the processes really take (PSS), so that what they share counts once.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SECONDS = 180.0
MEGABYTES = 1024.0
MILLISECONDS = 50.0
PROJECTS = 100_000
PROCESSES = 2
EDITS = 50


def main() -> int:
    """Measure and print; the exit code says whether the promises were kept."""
    parser = argparse.ArgumentParser(description="测量审核的速度和内存")
    parser.add_argument("--projects", type=int, default=PROJECTS)
    parser.add_argument("--edits", type=int, default=EDITS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PERFGOALS_HOME"] = os.environ.get("PERFGOALS_BENCH_HOME", f"{folder}/home")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
        import django

        django.setup()
        return measure(given.projects, given.edits)


def measure(projects: int, edits: int) -> int:
    """Both promises."""
    from django.db import connection

    from benchmarks.checked_projects import fill
    from indicators.models import Indicator, ProjectFinding, ProjectKey, UncheckedProject

    started = time.perf_counter()
    fill(projects)
    print(
        f"{projects} projects, {Indicator.objects.count()} indicators stored in {time.perf_counter() - started:.0f} s"
    )
    seconds, watch = check_all(Path(tempfile.gettempdir()) / f"bench-checks-{os.getpid()}.json")
    peak = watch.peak
    left = UncheckedProject.objects.count()
    print(
        f"checked and stored with {PROCESSES} processes in {seconds:.1f} s, peak {peak:.0f} MB; {left} left unchecked"
    )
    print(
        f"seconds of a core: {watch.used(0):.0f} for the checks, {watch.used(1):.0f} for the database; "
        "a busy machine takes longer"
    )
    print(f"{ProjectFinding.objects.count()} findings, {ProjectKey.objects.count()} digests of what projects share")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    times = sorted(edit_times(edits))
    median, most = statistics.median(times), times[-1]
    print(f"{len(times)} saved edits: checks again in {median:.1f} ms (median), {most:.1f} ms at most")
    whole = projects >= PROJECTS
    kept = peak <= MEGABYTES and left == 0 and median <= MILLISECONDS and (seconds <= SECONDS * projects / PROJECTS)
    part = "" if whole else f", in proportion to {projects} projects"
    print(f"promise ({SECONDS:.0f} s{part}, {MEGABYTES:.0f} MB, {MILLISECONDS:.0f} ms): {'kept' if kept else 'missed'}")
    return 0 if kept else 1


def check_all(report: Path) -> tuple[float, Watch]:
    """What a person types, without its report of what was found: seconds, and what was seen meanwhile."""
    command = [sys.executable, "manage.py", "check_targets", "--pending", "--processes", str(PROCESSES)]
    command += ["--q", "没有这样的项目", "-o", str(report)]
    started = time.perf_counter()
    process = subprocess.Popen(command)
    watch = Watch([process.pid, _postmaster()])
    watch.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    watch.stop()
    report.unlink(missing_ok=True)
    if code:
        raise SystemExit(f"check_targets ended with {code}")
    return seconds, watch


class Watch(threading.Thread):
    """Watches how much memory processes take together with all that they began, and how much of a core."""

    def __init__(self, roots: list[int]) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        """Megabytes."""
        self._roots, self._ending = roots, threading.Event()
        self._before: dict[int, float] = {number: _seconds(number) for root in roots for number in _with_children(root)}
        self._seconds: list[dict[int, float]] = [{} for _ in roots]

    def run(self) -> None:
        while not self._ending.wait(1.0):
            families = [list(_with_children(root)) for root in self._roots]
            self.peak = max(self.peak, sum(_megabytes(number) for family in families for number in family))
            for family, seconds in zip(families, self._seconds, strict=True):
                seconds.update({number: used for number in family if (used := _seconds(number))})

    def used(self, root: int) -> float:
        """Seconds of a core that a root and its children took, up to a second before each ended."""
        return sum(seconds - self._before.get(number, 0) for number, seconds in self._seconds[root].items())

    def stop(self) -> None:
        """End watching."""
        self._ending.set()
        self.join()


def _with_children(root: int) -> Iterator[int]:
    yield root
    try:
        tasks = list(Path(f"/proc/{root}/task").iterdir())
        children = {int(one) for task in tasks for one in (task / "children").read_text().split()}
    except OSError:
        return
    for child in children:
        yield from _with_children(child)


def _megabytes(number: int) -> float:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0  # ended meanwhile
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _seconds(number: int) -> float:
    try:
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0  # ended meanwhile
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _postmaster() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def edit_times(count: int) -> Iterator[float]:
    """Milliseconds of the checks within a saved edit, in projects from all over."""
    from perfgoals import history
    from projects.models import Project

    by, times = _person(), []
    place = next(place for place, one in enumerate(history._before_end) if one.__name__ == "refresh")
    refresh = history._before_end[place]

    def timed() -> Any:
        started = time.perf_counter()
        done = refresh()
        times.append(1000 * (time.perf_counter() - started))
        return done

    history._before_end[place] = timed
    numbers = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    for pk in numbers[:: max(1, len(numbers) // (count + 5))][: count + 5]:
        _edit(pk, by)
    history._before_end[place] = refresh
    return iter(times[5:])  # the first ones find nothing in the database's memory, nor any code loaded


def _person() -> Any:
    from perfgoals.models import User

    return User.objects.create_superuser("bench", password=None)


def _edit(pk: int, by: Any) -> None:
    """A text, an amount and a target value change."""
    import uuid

    from indicators.editing.actions import save_project
    from indicators.editing.showing import sheet_of
    from indicators.state import load_state, version_of

    sheet = sheet_of(load_state(pk))
    sheet.head["overview"] += f"另修缮配套设施 {pk % 7 + 1} 处。"
    sheet.goals["annual"] += "年底前完成。"
    sheet.rows[0].annual.value, sheet.reason = str(pk % 90 + 3), "核对后更正"
    outcome = save_project(pk=pk, sheet=sheet, version=version_of(pk), choices={}, token=uuid.uuid4(), by=by)
    if not outcome.is_saved or not outcome.changes:
        raise SystemExit(f"project {pk} was not saved: {outcome.errors}")


if __name__ == "__main__":
    sys.exit(main())
