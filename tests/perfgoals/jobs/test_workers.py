"""Real worker processes: killed, stopped, slow, and told to end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from psycopg.errors import lookup

from imports.models import Export
from perfgoals.jobs.model import JobState
from perfgoals.jobs.reviving import find_lost
from perfgoals.jobs.running import DIED
from perfgoals.jobs.workers import _unless_ended, is_working
from tests.databases import Database, database
from tests.perfgoals.jobs.conftest import Workers, export, soon

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Export:
    """Work in the queue, waiting."""
    monkeypatch.setattr(Export, "TASK", "tests.slow")
    made = export()
    app.configure_task("tests.slow").defer(pk=str(made.pk))
    return made


def state(job: Export) -> str:
    job.refresh_from_db()
    return job.state


def entries() -> list[str]:
    return list(ProcrastinateJob.objects.filter(task_name="tests.slow").values_list("status", flat=True))


def is_all_else_done() -> bool:
    """Whether the queue's own upkeep, with which every worker begins, is at rest."""
    waiting = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), scheduled_at=None)
    return not waiting.exclude(task_name="tests.slow").exists()


def test_a_worker_does_what_waits_and_says_how_far_it_is(job: Export, workers: Workers) -> None:
    assert not is_working()
    workers.start()
    assert soon(lambda: state(job) == JobState.RUNNING and job.percent == 50)
    assert is_working()
    workers.go()
    assert soon(lambda: state(job) == JobState.DONE)
    assert soon(lambda: entries() == [])


def test_work_of_a_killed_worker_is_begun_again_by_the_next(job: Export, workers: Workers) -> None:
    workers.start()
    assert soon(lambda: len(workers.begun()) == 1)
    workers.all[0].kill()
    workers.all[0].wait()
    assert state(job) == JobState.RUNNING
    workers.go()
    workers.start()
    assert soon(lambda: state(job) == JobState.DONE)
    assert (job.attempts, len(workers.begun()), len(workers.ended())) == (2, 2, 1)


def test_work_that_kills_three_workers_fails_with_a_sentence(job: Export, workers: Workers) -> None:
    for attempt in range(1, 4):
        worker = workers.start()
        assert soon(lambda count=attempt: len(workers.begun()) == count)
        worker.kill()
        worker.wait()
    workers.start()
    assert soon(lambda: state(job) == JobState.FAILED)
    assert (job.problem, len(workers.begun())) == (DIED, 3)


def test_a_worker_that_is_only_slow_keeps_its_work(job: Export, workers: Workers) -> None:
    first = workers.start()
    assert soon(lambda: len(workers.begun()) == 1 and is_all_else_done(), within=60)
    first.send_signal(signal.SIGSTOP)
    # As if it had been silent for long: the queue takes it for dead.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    workers.start()
    assert soon(is_working, within=60)
    assert soon(lambda: entries() == [])
    assert (state(job), workers.begun()) == (JobState.RUNNING, [first.pid])
    first.send_signal(signal.SIGCONT)
    workers.go()
    assert soon(lambda: state(job) == JobState.DONE)
    assert workers.ended() == [first.pid]


@pytest.mark.parametrize(("message", "is_passed_over"), [("P0001", True), ("08006", False)])
def test_work_that_ended_while_it_was_looked_for_is_no_trouble(message: str, is_passed_over: bool) -> None:
    async def retry() -> None:
        raise ConnectorException from lookup(message)("no such job")

    # Journeys before may have left a loop in this thread.
    with ThreadPoolExecutor(1) as thread, nullcontext() if is_passed_over else pytest.raises(ConnectorException):
        thread.submit(asyncio.run, _unless_ended(retry())).result()


def test_upkeep_of_a_dead_worker_that_waits_again_is_done_once(workers: Workers) -> None:
    for status in ("doing", "todo"):
        app.configure_task("tests.quick", queueing_lock="upkeep").defer()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE status = 'todo'", [status])
    workers.start()
    assert soon(is_working, within=60)
    assert soon(lambda: not ProcrastinateJob.objects.filter(queueing_lock="upkeep", status="doing").exists())


def test_a_worker_that_is_told_to_stop_gives_its_work_back(job: Export, workers: Workers) -> None:
    first = workers.start()
    assert soon(lambda: len(workers.begun()) == 1)
    first.terminate()
    assert first.wait(20) == 0
    assert (state(job), job.attempts) == (JobState.WAITING, 0)
    workers.go()
    workers.start()
    assert soon(lambda: state(job) == JobState.DONE)
    assert job.attempts == 1


def test_work_without_an_entry_in_the_queue_is_found(job: Export, workers: Workers) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    workers.go()
    workers.start()
    assert soon(lambda: state(job) == JobState.DONE)


def test_nothing_is_lost_where_all_is_well(job: Export) -> None:
    assert find_lost() == ([], [])
    Export.objects.update(state=JobState.DONE)
    assert find_lost() == ([], [])


def test_work_that_nobody_is_at_waits_again(job: Export) -> None:
    Export.objects.update(state=JobState.RUNNING)
    assert find_lost() == ([], [])  # its entry waits already
    assert state(job) == JobState.WAITING


def test_two_workers_share_the_work_and_do_each_piece_once(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Export, "TASK", "tests.slow")
    for _ in range(6):
        app.configure_task("tests.slow").defer(pk=str(export().pk))
    workers.start()
    workers.start()
    assert soon(lambda: len(workers.begun()) == 4)
    workers.go()
    assert soon(lambda: Export.objects.filter(state=JobState.DONE).count() == 6)
    assert len(workers.ended()) == 6


def test_a_worker_ends_with_its_parent(migrated: Database, tmp_path: Path) -> None:
    program = (
        "import subprocess, sys, os, time;"
        "print(subprocess.Popen([sys.executable, 'manage.py', 'work', '--parent', str(os.getpid())]).pid, flush=True);"
        "time.sleep(300)"
    )
    with database(migrated.name) as own:
        parent = subprocess.Popen(
            [sys.executable, "-c", program], cwd=settings.BASE_DIR, env=own.environment(tmp_path), text=True,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        # Two starts of Python and one of Django, on a machine that is busy.
        assert soon(lambda: bool(own.ask("SELECT count(*) FROM procrastinate_workers")), within=180)
        parent.kill()
        parent.wait()
        parent.stdout.close()
        assert soon(lambda: not _is_alive(worker), within=60)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
