"""What several processes of the generator do. A process begins with nothing, so that nothing of Django is imported here."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from benchmarks.generating.plan import Plan


class Share(NamedTuple):
    """What one process stores: every ``of``-th block, from number ``nth`` on, into the database of that name."""

    database: str
    plan: Plan
    indicators: int
    documents: float
    block: int
    nth: int = 0
    of: int = 1


def load_all(share: Share, jobs: int) -> None:
    """Let several processes store everything. Raises what the first of them raised."""
    shares = [share._replace(nth=nth, of=jobs) for nth in range(jobs)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(_load, one) for one in shares]:
            done.result()


def _load(share: Share) -> int:
    import django

    django.setup()
    from django.db import connection

    from benchmarks.generating.loading import load

    connection.settings_dict["NAME"] = share.database
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        return load(share)
    finally:
        connection.close()
