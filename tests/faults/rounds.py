"""One fault after another: who acts, what is done to it at a random moment, and what must be true afterwards."""

from __future__ import annotations

import os
import signal
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Final

from django.contrib.auth.models import Group
from django.db import Error, connection

from imports.models import Upload
from perfgoals.jobs.model import JobState
from perfgoals.models import User
from perfgoals.postgres import cluster as clusters
from perfgoals.postgres.places import Cluster
from projects.models import Project
from projects.permissions import FINANCE
from tests.faults import acting, checking
from tests.faults.acting import Notes
from tests.faults.web import saving_in_the_browser

DISK: Final = (64, 1024, 6 * 1024, 12 * 1024)
"""Kilobytes."""
FILES: Final = 5
"""Of one folder."""
PATIENCE: Final = 120.0
"""Seconds until whoever met a fault must have ended, and until work that was begun again must be done."""


@dataclass(slots=True)
class World:
    """A server of our own, what is in it, and how long each act takes where nothing happens."""

    home: Path
    random: Random
    by: User
    pks: list[int]
    durations: dict[str, float] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    number: int = 0

    def tag(self) -> str:
        """A name that nothing else has."""
        self.number += 1
        return f"故障{self.number}号"

    def notes(self) -> Notes:
        """An empty file for what a process says is done."""
        return Notes(self.home / "notes")

    def postmaster(self) -> int:
        """The number of the server's first process."""
        note = clusters.postmaster(Cluster(self.home))
        if note is None:
            raise checking.WrongError("the server does not run")
        return note.pid


def world(home: Path, seed: int) -> World:
    """A person who may change everything, and some projects."""
    by = User.objects.create_superuser(username="faults", password=None)
    by.groups.add(*Group.objects.filter(name=FINANCE))
    from imports.actions import Options, import_file

    for tag in ("甲", "乙"):
        import_file(acting.file_of(tag), name=f"{tag}.txt", options=Options(), by=None)
    return World(home, Random(seed), by, list(Project.objects.order_by("pk").values_list("pk", flat=True)))


# --- What is done to them ------------------------------------------------------------------------------------------


def kill(world: World, process: BaseProcess) -> None:
    """``kill -9`` of whoever acts."""
    process.kill()


def kill_server(world: World, process: BaseProcess) -> None:
    """``kill -9`` of PostgreSQL's first process; the others end when they notice."""
    os.kill(world.postmaster(), signal.SIGKILL)


def kill_whole_server(world: World, process: BaseProcess) -> None:
    """``kill -9`` of all of PostgreSQL's processes at once, as when the power goes."""
    first = world.postmaster()
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    for pid in (first, *map(int, children)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def kill_backend(world: World, process: BaseProcess) -> None:
    """``kill -9`` of the server's process for one connection: the server ends all others and recovers."""
    _reconnected()
    for pid in acting.other_backends()[:1]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def cut(world: World, process: BaseProcess) -> None:
    """The connections are cut, in the middle of a statement perhaps."""
    _reconnected()
    with connection.cursor() as cursor:
        for pid in acting.other_backends():
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])


Fault = Callable[[World, BaseProcess], None]
FAULTS: Final[tuple[Fault, ...]] = (kill, kill, kill, kill, kill_server, kill_whole_server, kill_backend, cut)


# --- Who acts, and what must be true afterwards ---------------------------------------------------------------------


def import_round(world: World, fault: Fault | None) -> None:
    """An import from the command line's process, its clock as it is or set back."""
    tag, notes = world.tag(), world.notes()
    act = acting.importing_a_day_ago if world.random.random() < 0.2 else acting.importing
    world.counts["clock set back"] += act is acting.importing_a_day_ago
    with acting.acting(act, notes, tag) as process:
        _meet(world, "import", fault, process, notes)
    _reconnected()
    try:
        checking.check_file(tag, done="done" in notes.read())
    except checking.WrongError as error:
        raise checking.WrongError(f"{error}; who imported says {notes.read()}") from error


def two_imports_round(world: World, fault: Fault | None) -> None:
    """Two imports of the same file at once."""
    tag, notes = world.tag(), world.notes()
    with acting.acting(acting.importing, notes, tag) as one, acting.acting(acting.importing, notes, tag) as other:
        _meet(world, "two imports", fault, one, notes, also=other)
    _reconnected()
    checking.check_file(tag, done="done" in notes.read(), runs=2)


def folder_round(world: World, fault: Fault | None) -> None:
    """The command over a folder, given again after the fault: every file is imported, and imported once."""
    tags, notes = [world.tag() for _ in range(FILES)], world.notes()
    with tempfile.TemporaryDirectory() as folder:
        for tag in tags:
            (Path(folder) / f"{tag}.txt").write_bytes(acting.file_of(tag))
        with acting.acting(acting.importing_a_folder, notes, Path(folder)) as process:
            _meet(world, "folder", fault, process, notes)
        _reconnected()
        world.counts["folder: files imported before the fault"] += sum(
            checking.check_file(tag, done=False) for tag in tags
        )
        again = world.notes()
        with acting.acting(acting.importing_a_folder, again, Path(folder)) as process:
            process.join(PATIENCE)
    _reconnected()
    if "done" not in again.read():
        raise checking.WrongError("a folder is not imported after a fault")
    for tag in tags:
        checking.check_file(tag, done=True)


def save_round(world: World, fault: Fault | None) -> None:
    """Drafts and saves of one project."""
    pk, tag, notes = world.random.choice(world.pks), world.tag(), world.notes()
    with acting.acting(acting.saving, notes, pk, tag, 8) as process:
        _meet(world, "save", fault, process, notes)
    _reconnected()
    checking.check_saves(pk, tag, notes.read())


def bulk_round(world: World, fault: Fault | None) -> None:
    """A bulk change."""
    tag, notes = world.tag(), world.notes()
    with acting.acting(acting.setting_many, notes, world.pks, tag) as process:
        _meet(world, "bulk", fault, process, notes)
    _reconnected()
    checking.check_bulk(world.pks, tag, done="done" in notes.read())


def worker_round(world: World, fault: Fault | None) -> None:
    """An import in the queue: whatever becomes of its worker, the next one does it, and it is done once."""
    tag, notes = world.tag(), world.notes()
    upload = acting.send(tag, world.by)
    with acting.acting(acting.working, notes) as process:
        _meet(world, "worker", fault, process, notes, until=lambda: _is_done(upload))
    _reconnected()
    with acting.acting(acting.working, world.notes()):
        _wait(lambda: _is_done(upload))
    _reconnected()
    checking.check_upload(upload, tag)


def web_round(world: World, fault: Fault | None) -> None:
    """Saves over HTTP, while gunicorn is killed with all of its processes."""
    pk, tag, notes = world.random.choice(world.pks), world.tag(), world.notes()
    saving_in_the_browser(world.home, pk, tag, notes, world.by, is_killed=fault is not None, random=world.random)
    _reconnected()
    world.counts["saves over HTTP that were acknowledged"] += sum(line.startswith("saved") for line in notes.read())
    checking.check_saves(pk, tag, notes.read())


def disk_round(world: World, fault: Fault | None) -> None:
    """An import while no file of the server can grow; it is refused or done, and goes well once there is room again.

    The limit on file sizes stands for a full disk: the server meets a log that cannot be written and tables that cannot be
    extended. A small file system would need rights that not everybody has.
    """
    tag, notes = world.tag(), world.notes()
    connection.close()
    clusters.stop(Cluster(world.home))
    with acting.acting(acting.importing_on_a_full_disk, notes, tag, world.random.choice(DISK)) as process:
        process.join(PATIENCE)
        _must_have_ended(process)
    clusters.stop(Cluster(world.home))
    _reconnected()
    done = checking.check_file(tag, done="done" in notes.read())
    world.counts["full disk: import refused"] += not done
    again = world.notes()
    with acting.acting(acting.importing, again, tag) as process:
        process.join(PATIENCE)
    _reconnected()
    checking.check_file(tag, done=True, runs=3)


Act = Callable[[World, Fault | None], None]
ACTS: Final[tuple[Act, ...]] = (
    import_round,
    import_round,
    worker_round,
    save_round,
    save_round,
    bulk_round,
    two_imports_round,
    folder_round,
)
OTHERS: Final[tuple[Act, ...]] = (web_round, disk_round)


def _meet(
    world: World, name: str, fault: Fault | None, process: BaseProcess, notes: Notes, *, also: BaseProcess | None = None,
    until: Callable[[], bool] | None = None,
) -> None:  # fmt: skip
    """Let the fault happen at a random moment of the act, then wait until whoever acts has ended."""
    _wait(lambda: bool(notes.read()) or not process.is_alive())
    begun = time.monotonic()
    if fault is None:
        _wait(until) if until else process.join(PATIENCE)
        world.durations[name] = time.monotonic() - begun
        if not until and process.exitcode:
            raise checking.WrongError(f"{name} does not even work without a fault")
        return
    time.sleep(world.random.random() * world.durations.get(name, 1.0))
    with suppress(Error):  # the server may be gone already, by the fault before
        fault(world, process)
    if until:
        process.kill()
    for one in (process, also):
        if one is not None:
            one.join(PATIENCE)
            _must_have_ended(one)


def _must_have_ended(process: BaseProcess) -> None:
    if process.is_alive():
        raise checking.WrongError("a process does not end after a fault")


def _is_done(upload: Upload) -> bool:
    try:
        return Upload.objects.values_list("state", flat=True).get(pk=upload.pk) in (JobState.DONE, JobState.FAILED)
    except Error:
        _reconnected()
        return False


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return
        time.sleep(0.01)


def _reconnected() -> None:
    """A connection of the harness's own that works: the first one starts a killed server again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        connection.close()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                return
        except Error:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def measured(world: World) -> None:
    """Every act once without a fault, which shows that it works and how long it takes; saving over HTTP as well."""
    for act in (*dict.fromkeys(ACTS), web_round):
        act(world, None)


def one_round(world: World, act: Act, fault: Fault) -> None:
    """One fault, and everything that must be true after it."""
    name = f"{act.__name__.removesuffix('_round')} × {fault.__name__ if act in ACTS else 'fault'}"
    world.counts[name] += 1
    begun = time.monotonic()
    try:
        act(world, fault)
        world.seconds[name].append(time.monotonic() - begun)
        newest = list(Project.objects.order_by("-pk").values_list("pk", flat=True)[: 2 * acting.FORMS])
        checking.check_all([*world.pks, *newest])
    except Exception as error:
        world.problems.append(f"{name}: {error}")
        traceback.print_exc()
        with suppress(Exception):
            _reconnected()


@contextmanager
def whole_at_the_end(world: World) -> Iterator[None]:
    """All of history, texts and sums once more, of every project."""
    yield
    _reconnected()
    try:
        checking.check_all()
    except checking.WrongError as error:
        world.problems.append(f"at the end: {error}")
