"""What people and the program do while faults are made: imports, saves, bulk work, the worker. Each in a forked process."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from imports.actions import Options, import_file
from imports.models import Upload
from imports.tasks import do_upload
from imports.uploads.actions import confirm_upload
from imports.uploads.deciding import digest
from imports.uploads.receiving import receive
from indicators.bulk.changes import SetAttribute
from indicators.bulk.execution import execute
from indicators.bulk.planning import Shown, plan_of
from indicators.bulk.selection import Selection
from indicators.editing.actions import save_project
from indicators.editing.drafts import keep_draft
from indicators.editing.showing import sheet_of
from indicators.state import load_state, version_of
from perfgoals.models import User
from projects.models import Project
from tests.imports import texts

FORMS: Final = 6
"""Projects of one file."""
_FORK = get_context("fork")


def file_of(tag: str) -> bytes:
    """A file of forms whose names hold the tag."""
    return "".join(texts.form(f"{tag}第{number}项") for number in range(FORMS)).encode()


class Notes:
    """What a process says is done: lines that stand in a file the moment they are written, whatever becomes of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.write_text("")

    def note(self, what: str) -> None:
        """Called by the process once its work was acknowledged."""
        with self._path.open("ab", buffering=0) as file:
            file.write(f"{what}\n".encode())

    def read(self) -> list[str]:
        """Everything noted so far."""
        return self._path.read_text(encoding="utf-8").splitlines()


@contextmanager
def acting(act: Callable[..., None], *arguments: Any) -> Iterator[BaseProcess]:
    """A process that acts, ended with the block at the latest."""
    connections.close_all()
    process = _FORK.Process(target=_quietly, args=(act, arguments))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def _quietly(act: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    try:
        act(*arguments)
    except Exception:
        os._exit(1)
    os._exit(0)


def importing(notes: Notes, tag: str) -> None:
    """Import a file."""
    notes.note("begun")
    import_file(file_of(tag), name=f"{tag}.txt", options=Options(), by=None)
    notes.note("done")
    # Should the others not see it: what whoever did it sees, and where.
    connection.close()
    notes.note(f"sees {Project.objects.count()} projects in {connection.settings_dict['NAME']}")


def importing_a_folder(notes: Notes, folder: Path) -> None:
    """The command over a folder of files, as whoever was interrupted gives it again."""
    notes.note("begun")
    call_command("import_text", str(folder), "--resume", stdout=StringIO())
    notes.note("done")


def importing_on_a_full_disk(notes: Notes, tag: str, kilobytes: int) -> None:
    """Start the server and import a file while no file of this process or of its server may grow beyond a size."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, resource.RLIM_INFINITY))
    importing(notes, tag)


def importing_a_day_ago(notes: Notes, tag: str) -> None:
    """Import a file while the process's clock stands two days back."""
    set_back(2 * 24 * 3600.0)
    importing(notes, tag)


def set_back(seconds: float) -> None:
    """From now on this process's clock tells an earlier time; the database's goes on as it was."""
    now, wall = timezone.now, time.time
    timezone.now = lambda: now() - timezone.timedelta(seconds=seconds)  # type: ignore[attr-defined]
    time.time = lambda: wall() - seconds


def saving(notes: Notes, pk: int, tag: str, times: int) -> None:
    """Keep a draft and save it, again and again, as a person does who edits one field."""
    by = User.objects.get(username="faults")
    project = Project.objects.get(pk=pk)
    notes.note("begun")
    for number in range(times):
        sheet, version, token = sheet_of(load_state(pk)), version_of(pk), uuid.uuid4()
        sheet.head["basis" if "basis" in sheet.head else "attribute"] = f"{tag}-{number}"
        sheet.reason = tag
        if keep_draft(token=token, project=project, version=version, sheet=sheet, by=by) is not None:
            notes.note(f"draft {token} {number}")
        if not save_project(pk=pk, sheet=sheet, version=version, choices={}, token=token, by=by).is_saved:
            raise RuntimeError("not saved")
        notes.note(f"saved {token} {number}")


def setting_many(notes: Notes, pks: list[int], attribute: str) -> None:
    """One bulk change."""
    by = User.objects.get(username="faults")
    change, selection = SetAttribute(attribute), Selection(pks, "")
    shown = Shown.of(plan_of(change, SetAttribute, selection, by), change, by)
    notes.note("begun")
    execute(change, shown, selection, by=by, reason="故障检验")
    notes.note("done")


def send(tag: str, by: User) -> Upload:
    """Hand a file in through the site's own steps: checked, shown and confirmed, so that an import waits in the queue."""
    upload = receive([file_of(tag)], name=f"{tag}.txt", options=Options(), by=by, batch=uuid.uuid4())
    do_upload(pk=str(upload.pk))
    upload = Upload.objects.get(pk=upload.pk)
    confirm_upload(pk=upload.pk, shown=digest(upload.report), by=by)
    return upload


def working(notes: Notes) -> None:
    """The worker."""
    from perfgoals.jobs import workers

    workers.QUIET_SECONDS = 3  # type: ignore[misc]  # what is asked every minute is asked sooner here
    threading.Thread(target=_looking_for_lost_work, daemon=True).start()
    notes.note("begun")
    workers.work()


def _looking_for_lost_work() -> None:
    from procrastinate.contrib.django import app

    from perfgoals.jobs.workers import STALLED

    while True:
        with suppress(Exception):  # waiting already, or no server to ask
            app.configure_task(STALLED, queueing_lock=STALLED).defer(timestamp=0)
        connections.close_all()
        time.sleep(2)


def other_backends() -> list[int]:
    """The server's processes for the connections of others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return [row[0] for row in cursor.fetchall()]
