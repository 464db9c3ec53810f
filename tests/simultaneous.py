"""Several things at once, each over a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*doing: Callable[[], object]) -> list[BaseException]:
    """Do all of it, each in a thread with a connection of its own; what was raised."""
    raised: list[BaseException] = []
    met = threading.Barrier(len(doing), timeout=20)

    def run(one: Callable[[], object]) -> None:
        try:
            met.wait()
            one()
        except Exception as error:  # told by the test's own thread
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[one]) for one in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised
