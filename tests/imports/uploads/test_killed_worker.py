"""Uploads and real worker processes: killed in the middle of an import, it is imported exactly once."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from imports.actions import Options
from imports.models import ImportRun, Upload
from imports.tasks import do_upload
from imports.uploads.actions import Confirmed, confirm_upload
from imports.uploads.deciding import digest
from imports.uploads.receiving import receive
from imports.uploads.working import work_on
from perfgoals.jobs.model import JobState
from projects.models import Project
from projects.permissions import ADMIN
from tests import factories
from tests.imports.texts import form
from tests.workers import until, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]

TEXT = form() + form(name="食堂")
STUCK = """
import time
from imports import actions
finish = actions._finish
def stuck(run, report):
    finish(run, report)
    while not report.dry_run:
        time.sleep(1)
actions._finish = stuck
"""
"""Everything is stored, and the transaction does not end."""


@pytest.fixture
def upload() -> Upload:
    """A file that was checked."""
    chunks = [TEXT.encode()[:500], TEXT.encode()[500:]]
    sent = receive(chunks, name="a.txt", options=Options(), by=factories.user(ADMIN), batch=uuid.uuid4())
    do_upload(pk=str(sent.pk))
    return Upload.objects.get()


def confirm(upload: Upload) -> Confirmed:
    return confirm_upload(pk=upload.pk, shown=digest(upload.report), by=upload.by)


def now(upload: Upload) -> Upload:
    return Upload.objects.get(pk=upload.pk)


def is_checked_and_not_ended(upload: Upload) -> bool:
    """Whether the import has come to its last stage, which `STUCK` lets it not leave."""
    at = now(upload)
    return (at.stage, at.done) == ("审核", 2)


def test_an_import_whose_worker_was_killed_is_done_once_by_the_next(upload: Upload) -> None:
    confirm(upload)
    with worker(before=STUCK) as stuck:
        assert until(lambda: is_checked_and_not_ended(upload))
        stuck.kill()
    assert (Project.objects.count(), ImportRun.objects.count()) == (0, 0)
    assert now(upload).state == JobState.RUNNING
    with worker():
        assert until(lambda: now(upload).state == JobState.DONE)
    assert (Project.objects.count(), ImportRun.objects.count()) == (2, 1)
    assert (now(upload).attempts, now(upload).run) == (2, ImportRun.objects.get())


def test_an_import_that_ended_just_before_its_worker_died_is_not_done_again(upload: Upload) -> None:
    confirm(upload)
    do_upload(pk=str(upload.pk))
    Upload.objects.update(state=JobState.RUNNING)
    with worker():
        assert until(lambda: now(upload).state == JobState.DONE)
    assert ImportRun.objects.count() == 1


def test_a_worker_that_was_taken_for_dead_changes_nothing_any_more(upload: Upload) -> None:
    confirm(upload)
    begun = now(upload)

    def other() -> None:
        try:
            do_upload(pk=str(upload.pk))
        finally:
            connections.close_all()

    def progress(stage: str, *_: int) -> None:
        if stage == "读取" and not ImportRun.objects.exists():
            thread = threading.Thread(target=other)
            thread.start()
            thread.join(60)

    work_on(begun, progress)
    run = ImportRun.objects.get()
    assert (now(upload).state, now(upload).run, now(upload).report) == (JobState.DONE, run, {})


def test_three_who_confirm_at_once_import_once(upload: Upload) -> None:
    answers: list[Confirmed] = []

    def press() -> None:
        try:
            answers.append(confirm(upload))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [Confirmed.YES] * 3
    assert ProcrastinateJob.objects.filter(task_name="imports.upload").count() == 2  # the check, and one import
    with worker():
        assert until(lambda: now(upload).state == JobState.DONE)
    assert ImportRun.objects.count() == 1


def test_a_file_that_is_given_up_while_the_worker_reads_it_leaves_nothing(upload: Upload) -> None:
    confirm(upload)
    with worker(before=STUCK):
        assert until(lambda: is_checked_and_not_ended(upload))
        Upload.objects.all().delete()
    assert not Project.objects.exists()
