"""Checking many projects outside of the request: in steps that are stored one by one, by as many processes as are given.

First the digests of all (`neighbouring`), so that whoever is checked then sees all its neighbours; then the rules. What
is stored of a step stands, also when a later one is interrupted: the marks of what was not checked are still there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from django.db import connection, transaction

from indicators.models import UncheckedProject
from indicators.reviewing.loading import forms_of
from indicators.reviewing.neighbouring import keep_keys
from indicators.reviewing.settings_in_force import InForce
from indicators.reviewing.statements import array, rows
from indicators.reviewing.storing import Progress, batches, store_findings
from perfgoals.processes import processes

_Answer = TypeVar("_Answer")

STEP: Final = 2_000
"""Projects that a process is given at a time: a range of numbers."""
_LOCK: Final = "SELECT id FROM projects_project WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE"
_MARKS: Final = """
    SELECT project_id, (extract(epoch FROM since) * 1000000)::bigint FROM indicators_uncheckedproject
    WHERE project_id = ANY(%s::bigint[])
"""
"""In microseconds, to which PostgreSQL keeps time."""
_UNMARK: Final = """
    DELETE FROM indicators_uncheckedproject u USING unnest(%s::bigint[], %s::bigint[]) AS seen(project_id, since)
    WHERE u.project_id = seen.project_id AND (extract(epoch FROM u.since) * 1000000)::bigint = seen.since
"""

_MARK: Final = """
    INSERT INTO indicators_uncheckedproject (project_id, since)
    SELECT number, now() - interval '1 microsecond' FROM unnest(%s::bigint[]) AS number ORDER BY number
    ON CONFLICT (project_id) DO NOTHING
"""
"""As of before this transaction, which else would check them all itself when it ends."""


class Work(NamedTuple):
    """What became of it."""

    asked: int
    """Projects that were to be checked."""
    others: int
    """Projects checked besides, since they see other neighbours now."""


def pending() -> list[int]:
    """The numbers of projects that changed since they were checked."""
    return list(UncheckedProject.objects.order_by("pk").values_list("pk", flat=True))


def leave_to_the_queue(numbers: Collection[int]) -> None:
    """Mark projects, so that they are checked outside of the request and of this transaction."""
    from indicators.tasks import do_check_pending  # which needs this module to do the work

    with connection.cursor() as cursor:
        cursor.execute(_MARK, [sorted(numbers)])
    do_check_pending.defer()


def work_off(numbers: Collection[int], *, count: int = 1, progress: Progress | None = None) -> Work:
    """Check projects, changed or not, and store what the rules say of them; their marks go.

    ``count`` is how many processes do it: one does it within the caller's transaction, if there is one; several do not
    see what is not committed yet.
    """
    asked = sorted(numbers)
    with _doing(count, len(asked)) as each:
        seeing: set[int] = set().union(*each(keep_range, asked)) - set(asked)
        everything, done = sorted(seeing.union(asked)), 0
        for checked in each(check_range, everything):
            done += checked
            if progress:
                progress(done, len(everything))
    return Work(len(asked), len(seeing))


def keep_range(numbers: Sequence[int]) -> set[int]:
    """Keep what some projects have in common with others; the numbers of the projects that see it."""
    seeing: set[int] = set()
    for _, batch in batches(numbers):
        with _locked(batch):
            seeing |= keep_keys(batch, forms_of(batch, whole=False))
    return seeing


def check_range(numbers: Sequence[int]) -> int:
    """Check some projects. How many there were."""
    in_force = InForce()
    for _, batch in batches(numbers):
        with _locked(batch):
            marks = _marks(batch)
            store_findings(batch, forms_of(batch), in_force)
            _unmark(marks)
    return len(numbers)


@contextmanager
def _locked(batch: list[int]) -> Iterator[None]:
    """A transaction with projects locked as whoever edits does, and in the same order: else each could wait for what
    the other has written."""
    its_own = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            # While tables fill up, the planner's statistics still call them empty, and it would read them whole every time.
            cursor.execute("SET LOCAL enable_seqscan = off")
            if its_own:
                # Nobody waits for the disk: whatever a broken machine loses of it, it loses together with what it unmarked.
                cursor.execute("SET LOCAL synchronous_commit = off")
        rows(_LOCK, [array(batch)])
        yield


def _marks(batch: list[int]) -> list[tuple[Any, ...]]:
    return rows(_MARKS, [array(batch)])


def _unmark(marks: list[tuple[Any, ...]]) -> None:
    """Unless it was marked anew meanwhile, by who wrote to a part of a project past its lock."""
    if marks:
        with connection.cursor() as cursor:
            cursor.execute(_UNMARK, [array(column) for column in zip(*marks, strict=True)])


class _Each(Protocol):
    def __call__(self, work: Callable[[Sequence[int]], _Answer], numbers: Sequence[int], /) -> Iterable[_Answer]: ...


@contextmanager
def _doing(count: int, size: int) -> Iterator[_Each]:
    """What does a step of the work for range after range of numbers: here, or in processes of their own."""
    if count == 1 or size <= STEP:
        yield lambda work, numbers: map(work, _ranges(numbers))
        return
    with processes(count, knowing=(__name__,)) as pool:
        yield lambda work, numbers: pool.map(work, _ranges(numbers))


def _ranges(numbers: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), STEP):
        yield list(numbers[start : start + STEP])
