"""Measures pages within one process, on the home of the environment, and prints milliseconds as JSON.

    python -m benchmarks.inside --rounds 7

For every page: the whole request through all middleware; its statements alone, run again as they were sent; and its
template alone, drawn again from what is in memory by then. The last two are the floor: what no program can do without.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.timing import seconds_of

NO_WORK = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET ", "UPDATE ")
"""Statements that are not asked again; an update is the session's, which notes once a minute that it was used."""


def main() -> None:
    """Measure every page as often as asked, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument(
        "--most", type=float, default=20.0, help="seconds: a page that takes longer is measured twice only"
    )
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    from django.test import Client

    from benchmarks.generating.store import PERSON
    from benchmarks.pages import addresses, usual_place
    from perfgoals.models import User

    client = Client()
    client.force_login(User.objects.get(username=PERSON))
    pages = {name: Measured(client, address) for name, address in addresses(usual_place()).items()}
    for nth in range(given.rounds):
        for page in pages.values():
            if nth < 2 or page.pages[-1] < given.most:
                page.measure()
    print(json.dumps({name: page.figures() for name, page in pages.items()}))


class Measured:
    """One page and what was measured of it."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self.queries = self.bytes = 0
        self.pages: list[float] = []
        self._statements: list[float] = []
        self._drawing: list[float] = []
        self._get()

    def measure(self) -> None:
        """One round."""
        from django.db import connection
        from django.template import loader
        from django.test.utils import CaptureQueriesContext

        self.pages.append(seconds_of(self._get))
        drawn: list[Callable[[], str]] = []
        usual = loader.render_to_string

        def noting(*given: Any, **named: Any) -> str:
            drawn.append(partial(usual, *given, **named))
            return usual(*given, **named)

        loader.render_to_string = noting  # type: ignore[assignment]  # a plain text of the same letters
        try:
            with CaptureQueriesContext(connection) as captured:
                self._get()
        finally:
            loader.render_to_string = usual
        statements = [query["sql"] for query in captured if not query["sql"].startswith(NO_WORK)]
        self.queries = len(statements)
        self._statements.append(sum(seconds_of(_running(statement)) for statement in statements))
        self._drawing.append(sum(map(seconds_of, drawn)))

    def figures(self) -> dict[str, float]:
        """Milliseconds, statements and bytes of the page."""
        page = statistics.median(self.pages)
        return {
            "page": page * 1000, "statements": statistics.median(self._statements) * 1000,
            "drawing": statistics.median(self._drawing) * 1000, "queries": self.queries, "bytes": self.bytes,
        }  # fmt: skip

    def _get(self) -> None:
        answer = self._client.get(self._address)
        if answer.status_code != 200:
            raise RuntimeError(f"{self._address}: {answer.status_code}")
        if b'class="empty"' in answer.content:
            raise RuntimeError(f"{self._address}: nothing was found, which costs less than what is measured")
        self.bytes = len(answer.content)


def _running(statement: str) -> Callable[[], object]:
    from django.db import connection

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.cursor.execute(statement.encode(), None)
            cursor.cursor.fetchall()

    return run


if __name__ == "__main__":
    main()
