"""The process that takes work from the queue, and what becomes of work whose process died."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Final

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

QUIET_SECONDS: Final = 30
"""A process that said nothing for so long is dead, and what it had begun is begun again."""
STALLED: Final = "perfgoals.jobs.workers.begin_again"


@app.periodic(cron="* * * * *")
@app.task(name=STALLED, queueing_lock=STALLED, pass_context=False)
async def begin_again(timestamp: int = 0) -> None:
    """Put work back into the queue whose process died."""
    del timestamp
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=QUIET_SECONDS):
        await app.job_manager.retry_job(job)


def work(*, until_idle: bool = False, parent: int | None = None) -> None:
    """Do work from the queue, until told to stop (or until there is none); with ``parent``, no longer than it lives."""
    connection.ensure_connection()  # starts the embedded server, and keeps it while this process lives
    if parent is not None:
        threading.Thread(target=_stop_with, args=(parent,), daemon=True).start()
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        asyncio.run(_work(working, until_idle=until_idle))


async def _work(working: object, *, until_idle: bool) -> None:
    async with working.open_async():  # type: ignore[attr-defined]
        if not until_idle:
            await begin_again()
        await working.run_worker_async(  # type: ignore[attr-defined]
            wait=not until_idle, concurrency=2, delete_jobs="successful", install_signal_handlers=not until_idle,
            fetch_job_polling_interval=2.0, shutdown_graceful_timeout=5.0,
        )  # fmt: skip


def start_worker() -> subprocess.Popen[bytes]:
    """A worker in a process of its own, which ends with this one."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--parent", str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603  # our own program, with nothing from outside


def is_working() -> bool:
    """Whether a worker gave a sign of life lately: without one, what is asked for only waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [QUIET_SECONDS],
        )
        return bool(cursor.fetchone()[0])


def _stop_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
