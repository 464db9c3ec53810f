"""One piece of work: begun once, told how far it is, ended cleanly."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from imports.models import Export
from perfgoals.jobs.holding import Hold
from perfgoals.jobs.model import JobState
from perfgoals.jobs.running import BROKEN, DIED, MOST_ATTEMPTS, Progress, RefusedError, run_job
from tests.perfgoals.jobs.conftest import export

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]


def nothing(_job: Export, _progress: Progress) -> None:
    """Work that is done at once."""


def run(job: Export, work: Any = nothing) -> Export:
    run_job(Export, job.pk, work)
    job.refresh_from_db()
    return job


def test_work_ends_as_done() -> None:
    job = run(export())
    assert (job.state, job.problem, job.attempts) == (JobState.DONE, "", 1)
    assert job.started_at <= job.finished_at


def test_a_refusal_is_said_in_its_own_words() -> None:
    def refuse(_job: Export, _progress: Progress) -> None:
        raise RefusedError("没有项目。")

    job = run(export(), refuse)
    assert (job.state, job.problem) == (JobState.FAILED, "没有项目。")


def test_a_fault_is_logged_and_said_in_general_words(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_job: Export, _progress: Progress) -> None:
        raise KeyError("secret")

    assert run(export(), fail).problem == BROKEN
    assert "secret" in caplog.text


def test_how_far_it_is_can_be_seen_from_outside_a_transaction_that_is_rolled_back() -> None:
    job, seen = export(), []

    def work(_job: Export, progress: Progress) -> None:
        with transaction.atomic():
            progress("写出", 3, 7)
            transaction.set_rollback(True)
        seen.append(Export.objects.values_list("stage", "done", "total").get())

    run(job, work)
    assert seen == [("写出", 3, 7)]


def test_more_than_there_is_and_unknown_totals_break_no_rule() -> None:
    def work(_job: Export, progress: Progress) -> None:
        progress("写出", 9, 7)
        progress("整理", 5, 0)

    assert run(export(), work).state == JobState.DONE


def test_what_was_just_said_is_not_said_again_but_the_end_is() -> None:
    def work(_job: Export, progress: Progress) -> None:
        for done in range(1, 8):
            progress("写出", done, 7)
            told.append(Export.objects.values_list("done", flat=True).get())

    told: list[int] = []
    run(export(), work)
    assert (told[0], told[-1]) == (1, 7)
    assert len(set(told)) < 7


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED])
def test_work_that_is_over_is_left_alone(state: JobState) -> None:
    job = export()
    Export.objects.update(state=state, problem="旧原因")
    assert (run(job).attempts, job.problem) == (0, "旧原因")


def test_work_that_is_gone_is_left_alone() -> None:
    job = export()
    Export.objects.all().delete()
    run_job(Export, job.pk, nothing)
    run_job(Export, job.pk, nothing)


def test_a_row_that_vanishes_meanwhile_does_no_harm() -> None:
    def work(_job: Export, progress: Progress) -> None:
        Export.objects.all().delete()
        progress("写出", 1, 2)

    run_job(Export, export().pk, work)
    assert not Export.objects.exists()


def test_work_that_somebody_is_at_is_left_to_them() -> None:
    job = export()
    with Hold(Export, job.pk) as other:
        assert other.take()
        assert run(job).state == JobState.WAITING
    assert run(job).state == JobState.DONE


def test_after_three_deaths_it_is_given_up() -> None:
    job = export()
    Export.objects.update(state=JobState.RUNNING, attempts=MOST_ATTEMPTS)
    assert (run(job).state, job.problem) == (JobState.FAILED, DIED)


def test_a_connection_that_the_server_dropped_is_replaced() -> None:
    job = export()
    connection.errors_occurred = True
    connection.connection.close()
    assert run(job).state == JobState.DONE
