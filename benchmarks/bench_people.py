"""Eight people who browse and edit at once, beside one alone, on the site as ``./run serve`` starts it.

    ./run bench people --projects 1000000

Half of them are 财政 of different counties, who also change a text of their projects and save it, half are 审计 of the whole
country. Nobody thinks between two requests. *Alone* are the same eight, one after the other, so that both ways ask for the same
kinds of pages in the same shares; both are measured by turns, since a machine may be busier at one time than at another.

Promised is "median at most 5 times that of one, 95th percentile at most twice that; no request over 1 s at 1 million projects".
That is read so: with eight, the median is at most 5 times the median of one alone, and the 95th percentile at most twice that
bound, so 10 times the same median of one alone; of all requests together and of every kind, since many quick pages would hide a
slow one. A kind with fewer than 20 requests either way is shown and not judged. Besides, no answer may be an error, and every
text that was saved must stand and be in the history.

Exits 1 when one of them is missed. The database is kept between runs (`benchmarks.homes`); the changed texts stay in it.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from benchmarks.homes import home, read_through, run
from benchmarks.people.browsing import Person
from benchmarks.people.figures import ALL, HEAD, LATE, LONGEST, MEDIAN, Answer, rows_of, slow_ones
from benchmarks.people.saves import FIELD, Saved, lost
from benchmarks.served import free_port, production

PEOPLE: Final = 8
TURNS: Final = 4
WARM: Final = 6.0
"""Seconds in which all are at work before anything is measured: processes fill, and prepare what they ask often."""
MOST_SECONDS: Final = 600
SHOWN: Final = 20
"""Slow requests and problems that are printed, each."""


def main() -> int:
    """Measure, print and check; the exit code says whether every promise was kept."""
    given = _arguments()
    if given.step:
        print(json.dumps(check(Path(given.saves)) if given.step == "check" else prepare(given.seed)))
        return 0
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))  # so that the site is ended on the way out
    place = home(given.projects, given.indicators)
    prepared = json.loads(_step(place, "prepare", "--seed", str(given.seed)))
    sys.setswitchinterval(0.0005)  # who has an answer shall not wait for another who reads theirs
    port, name = free_port(), f"P{int(time.time())}"
    people = [Person(port, who, prepared["cookie"], name) for who in prepared["people"]]
    read_through(place)
    print(f"{busy():.1f} of {os.cpu_count()} processors were kept busy by others before the measurement", flush=True)
    with production(place, port):
        warm, alone, together = measure(people, given.seconds)
    print(
        f"{os.cpu_count()} cores; {given.projects} projects with {given.indicators} indicators each; {PEOPLE} people\n"
    )
    kept = tell(alone, together)
    saves = [save for person in people for save in person.saves]
    wrong = [f"{one.problem}: {one.person} {one.address}" for one in (*warm, *alone, *together) if one.problem]
    wrong += _lost(place, saves)
    print(f"texts saved {sum(save.is_acknowledged for save in saves)}; errors and lost updates {len(wrong)}")
    print(*wrong[:SHOWN], sep="\n")
    kept += [not wrong, bool(saves)]
    print(f"promises kept: {sum(kept)} of {len(kept)}")
    return 0 if all(kept) else 1


def measure(people: Sequence[Person], seconds: float) -> tuple[list[Answer], list[Answer], list[Answer]]:
    """Answers while all warm up, of one at a time, and of all at once: half of the seconds each, by turns."""
    _all_at_once(people, WARM)
    warm, alone, together = _taken(people), [], []
    for turn in range(TURNS):
        for person in people[turn::TURNS]:
            person.work(time.monotonic() + seconds / 2 / len(people))
        alone += _taken(people)
        _all_at_once(people, seconds / 2 / TURNS)
        together += _taken(people)
    return warm, alone, together


def busy(seconds: float = 3.0) -> float:
    """How many processors are at work, in the mean of so many seconds: what others take away from the people."""
    before = _processor_times()
    time.sleep(seconds)
    worked, idle = (now - then for now, then in zip(_processor_times(), before, strict=True))
    return worked / (worked + idle) * (os.cpu_count() or 1)


def tell(alone: Sequence[Answer], together: Sequence[Answer]) -> list[bool]:
    """Print the table, what was slow, and the verdicts; which promises about times were kept."""
    rows = rows_of(alone, together)
    print(HEAD, *rows, sep="\n")
    slow = slow_ones([*alone, *together])
    print(f"\nrequests over {LONGEST:.0f} s: {len(slow)}")
    for one in slow[:SHOWN]:
        print(f"{one.seconds:6.2f} s  {'alone' if one in alone else 'together':<9}{one.person}  {one.address}")
    whole = rows[-1]
    print(
        f"{whole.kind} requests: median {whole.median_ratio:.2f} times that of one alone (promised {MEDIAN:.0f}), "
        f"95th percentile {whole.late_ratio:.2f} times (promised {LATE:.0f})"
    )
    over = [row.kind for row in rows if not all(row.kept) and row.kind != ALL]
    print(f"kinds that took longer than promised: {', '.join(over) or 'none'}")
    return [*(kept for row in rows for kept in row.kept), not slow]


def prepare(seed: int) -> dict[str, Any]:
    """The people, logged in. Works on the home of the environment."""
    import django

    django.setup()
    from django.conf import settings

    from benchmarks.people.accounts import make_people

    return {"cookie": settings.SESSION_COOKIE_NAME, "people": make_people(PEOPLE, seed)}


def check(saves: Path) -> list[str]:
    """Every update that was lost, of those that a file names. Works on the home of the environment."""
    import django

    django.setup()
    from projects.models import Project, ProjectEvent

    by_project: dict[int, list[Saved]] = {}
    for given in json.loads(saves.read_text(encoding="utf-8")):
        save = Saved(*given)
        by_project.setdefault(save.project, []).append(save)
    found = []
    for pk, of_project in by_project.items():
        history = ProjectEvent.objects.filter(pgh_obj=pk).order_by("pgh_id").values_list(FIELD, flat=True)
        standing = Project.objects.values_list(FIELD, flat=True).get(pk=pk)
        found += lost(of_project, list(history), standing)
    return found


def _all_at_once(people: Sequence[Person], seconds: float) -> None:
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(people)) as pool:
        for done in [pool.submit(person.work, until) for person in people]:
            done.result()


def _processor_times() -> tuple[int, int]:
    """At work, and idle or waiting for a disk, since the machine was started (``man proc_stat``)."""
    user, nice, system, idle, waiting, *more = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9])
    return user + nice + system + sum(more), idle + waiting


def _taken(people: Sequence[Person]) -> list[Answer]:
    """What they have noted since the last time."""
    found = [answer for person in people for answer in person.answers]
    for person in people:
        person.answers.clear()
    return found


def _lost(place: Path, saves: Sequence[Saved]) -> list[str]:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".json") as file:
        json.dump(saves, file)
        file.flush()
        found: list[str] = json.loads(_step(place, "check", "--saves", file.name))
    return found


def _step(place: Path, step: str, *more: str) -> bytes:
    return run(place, "-m", "benchmarks.bench_people", "--step", step, *more)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="测量八个人同时浏览和修改时各等多久，与一个人时之比")
    parser.add_argument("--projects", type=int, default=1_000_000)
    parser.add_argument("--indicators", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60.0, help="测量的时间，一半是一个人，一半是八个人")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step", choices=["prepare", "check"], help=argparse.SUPPRESS)
    parser.add_argument("--saves", default="", help=argparse.SUPPRESS)
    given: argparse.Namespace = parser.parse_args()
    if not 0 < given.seconds <= MOST_SECONDS:
        parser.error(f"时间不超过 {MOST_SECONDS} 秒。")
    return given


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd}: {error.returncode}")
