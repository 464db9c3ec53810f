"""Doing one piece of long work: begun once, told how far it is, ended cleanly whatever happens to it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db import close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone

from perfgoals.jobs.holding import Hold
from perfgoals.jobs.model import Job, JobState
from perfgoals.jobs.stopping import StoppedError, is_stopping

MOST_ATTEMPTS: Final = 3
SECONDS_BETWEEN: Final = 0.3
"""How often a person is told: more would only be work for the database."""
BROKEN: Final = "处理时出现了没有料到的错误，什么也没有改变。请稍后再试；仍然不行时，请把时间告诉系统维护人员。"
DIED: Final = "处理它的后台程序几次中途停止，所以不再尝试，什么也没有改变。请把内容分成几份再试，或联系系统维护人员。"

logger = logging.getLogger(__name__)
_Job = TypeVar("_Job", bound=Job)
Progress = Callable[[str, int, int], None]
"""Called with the stage, how much is done and how much there is."""


class RefusedError(Exception):
    """The work cannot be done; the message is one Chinese sentence for the person who asked for it."""


def run_job(model: type[_Job], pk: Any, work: Callable[[_Job, Progress], None]) -> None:
    """Do ``work`` for the row, which says from then on how far it is, and at last that it is done or why not.

    ``work`` writes in transactions of its own, and must bear being begun again after its process died. Raising
    `RefusedError` is a proper end. A row that is gone or over, or that another process is at, is left alone: the queue
    may hand work out twice.
    """
    _drop_dead_connections()
    with Hold(model, pk) as hold:
        job = _begun(model, pk) if hold.take() else None
        if job is not None:
            _do(job, work, Reporter(job, hold))
    _drop_dead_connections()


def _drop_dead_connections() -> None:
    """The database may have been started anew since this thread last asked it."""
    if not connection.in_atomic_block:  # a test's: it would be closed as one that somebody forgot
        close_old_connections()


def _do(job: _Job, work: Callable[[_Job, Progress], None], reporter: Reporter) -> None:
    try:
        work(job, reporter)
    except RefusedError as error:
        _end(job, JobState.FAILED, str(error))
    except StoppedError:
        _give_back(job)
    except Exception:
        logger.exception("%s %s failed", type(job).__name__, job.pk)
        _end(job, JobState.FAILED, BROKEN)
    else:
        _end(job, JobState.DONE)


class Reporter:
    """Writes how far a job is, over a connection of its own: what happens in a transaction would not be seen.

    ``work`` must not have locked the row itself when it says how far it is.
    """

    def __init__(self, job: Job, hold: Hold) -> None:
        self._job, self._hold = job, hold
        self._stage, self._at = "", 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say it, unless it was just said; a new stage and the end of one are always said.

        Raises `StoppedError` when the worker has been told to stop.
        """
        now = time.monotonic()
        if stage == self._stage and done < total and now - self._at < SECONDS_BETWEEN:
            return
        if is_stopping():
            raise StoppedError
        self._stage, self._at = stage, now
        meta = self._job._meta
        # By hand, since the ORM would choose the connection that the work is done over.
        statement = f'UPDATE "{meta.db_table}" SET stage = %s, done = %s, total = %s WHERE "{meta.pk.column}" = %s'  # noqa: S608
        self._hold.execute(statement, [stage, min(done, total) if total else done, total, self._job.pk])


@transaction.atomic
def _begun(model: type[_Job], pk: Any) -> _Job | None:
    job: _Job | None = model._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if job is None or job.is_over:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        _end(job, JobState.FAILED, DIED)
        return None
    job.state, job.attempts, job.started_at = JobState.RUNNING, job.attempts + 1, timezone.now()
    job.stage, job.done, job.total = "", 0, 0
    job.save(update_fields=["state", "attempts", "started_at", "stage", "done", "total"])
    return job


def _end(job: Job, state: JobState, problem: str = "") -> None:
    # Its own facts are left alone: whoever did the work has stored them.
    type(job)._default_manager.filter(pk=job.pk).update(state=state, problem=problem, finished_at=timezone.now())
    job.state, job.problem = state, problem


def _give_back(job: Job) -> None:
    """Let it wait again; `perfgoals.jobs.reviving` puts it back into the queue. Being stopped counts as no attempt."""
    waiting = {"state": JobState.WAITING, "stage": "", "done": 0, "total": 0, "attempts": F("attempts") - 1}
    type(job)._default_manager.filter(pk=job.pk).update(**waiting)
