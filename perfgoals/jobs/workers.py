"""The process that takes work from the queue, and what becomes of work whose process died."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Awaitable
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from psycopg.errors import RaiseException

from perfgoals.jobs.reviving import Lost, find_lost
from perfgoals.jobs.stopping import watched

QUIET_SECONDS: Final = 30
"""A process that said nothing for so long is dead, and what it had begun is begun again."""
STALLED: Final = "perfgoals.jobs.workers.begin_again"
REMAINS: Final = "perfgoals.jobs.workers.clear_remains"
HOURS_KEPT: Final = 7 * 24


@app.periodic(cron="* * * * *")
@app.task(name=STALLED, queueing_lock=STALLED, pass_context=False)
async def begin_again(timestamp: int = 0) -> None:
    """Put work back into the queue whose process died, or whose entry is gone."""
    del timestamp
    lost = await sync_to_async(_find_lost, thread_sensitive=False)()
    for entry in lost.entries:
        await _unless_ended(app.job_manager.retry_job_by_id_async(entry, retry_at=timezone.now()))
    for task, pk in lost.rows:
        await app.tasks[task].defer_async(pk=pk)
    # What was taken from the queue and not begun: nothing but the silence of its worker tells it.
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=QUIET_SECONDS):
        try:
            await _unless_ended(app.job_manager.retry_job(job))
        except UniqueViolation:
            # Upkeep that waits in the queue again already: once is enough.
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)


async def _unless_ended(retried: Awaitable[Any]) -> None:
    """Put an entry back, unless it was ended between looking and now by a worker that was only slow.

    The queue then says that there is nothing to put back, which is what is wanted.
    """
    try:
        await retried
    except ConnectorException as error:
        if not isinstance(error.__cause__, RaiseException):
            raise


@app.periodic(cron="17 3 * * *")
@app.task(name=REMAINS, queueing_lock=REMAINS, pass_context=False)
async def clear_remains(timestamp: int = 0) -> None:
    """Forget what failed in the queue long ago: the rows say it, and nobody reads it here."""
    del timestamp
    await app.job_manager.delete_old_jobs(
        nb_hours=HOURS_KEPT, include_failed=True, include_cancelled=True, include_aborted=True
    )


def _find_lost() -> Lost:
    close_old_connections()
    try:
        return find_lost()
    finally:
        close_old_connections()


def work(*, until_idle: bool = False, parent: int | None = None) -> None:
    """Do work from the queue, until told to stop (or until there is none); with ``parent``, no longer than it lives."""
    connection.ensure_connection()  # starts the embedded server, and keeps it while this process lives
    if parent is not None:
        threading.Thread(target=_stop_with, args=(parent,), daemon=True).start()
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        asyncio.run(_work(working, until_idle=until_idle))


async def _work(working: object, *, until_idle: bool) -> None:
    async with working.open_async():  # type: ignore[attr-defined]
        await begin_again()
        await working.run_worker_async(  # type: ignore[attr-defined]
            wait=not until_idle, concurrency=2, delete_jobs="successful", install_signal_handlers=not until_idle,
            fetch_job_polling_interval=2.0, shutdown_graceful_timeout=5.0,
            task_middleware=[watched],
        )  # fmt: skip


def is_working(over: BaseDatabaseWrapper | None = None) -> bool:
    """Whether a worker gave a sign of life lately: without one, what is asked for only waits."""
    with (over or connection).cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [QUIET_SECONDS],
        )
        return bool(cursor.fetchone()[0])


def _stop_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
