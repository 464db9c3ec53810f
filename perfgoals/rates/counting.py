"""Counts of requests within a window of time.

What is rare and costs much (a file, an upload) is counted in the database, for all processes of the site together, by
one statement that raises and reads the count. Pages are many and cheap: a statement for each would cost more than it
saves, so that every process counts those that it answers itself, in memory. Who is answered by several processes may so
have several times as many; that is still a limit, and no page waits for it.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock
from typing import Final

from django.db import connection

from perfgoals.api.models import ApiUse

_COUNT: Final = """
INSERT INTO api_apiuse AS use (asker, minute, count) VALUES (%s, %s, 1)
ON CONFLICT (asker) DO UPDATE SET
  count = CASE WHEN use.minute < EXCLUDED.minute THEN 1 ELSE use.count + 1 END,
  minute = GREATEST(use.minute, EXCLUDED.minute)
RETURNING count
"""


def count(asker: str, window: datetime) -> int:
    """Count a request of the window that begins at ``window``, and say which one of the window it is.

    A clock that lags behind counts in the later window.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [asker, window])
        (number,) = cursor.fetchone()
    return int(number)


def sweep(before: datetime) -> None:
    """Forget the counts of windows that began earlier."""
    ApiUse.objects.filter(minute__lt=before).delete()


class MinuteCounts:
    """Requests of each person in the present minute, as far as this process answered them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._counts: dict[int, int] = {}

    def count(self, person: int, now: float) -> int:
        """Count a request of a person (their key) at ``now``, seconds since 1970. Which one of its minute it is."""
        minute = int(now // 60)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, {}
            number = self._counts.get(person, 0) + 1
            self._counts[person] = number
        return number

    def clear(self) -> None:
        """Begin anew."""
        with self._lock:
            self._counts = {}


PAGES: Final = MinuteCounts()
"""Those of this process."""
