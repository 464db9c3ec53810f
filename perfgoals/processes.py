"""Work shared among processes, each with a connection of its own to the database of the one that began them."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final

from django.db import connection

_OFTEN: Final = 50_000
"""New objects after which garbage is looked for. A batch makes hundreds of thousands, hardly one of them in a circle."""


def processes(count: int, *, knowing: Sequence[str] = ()) -> ProcessPoolExecutor:
    """Processes that do what they are sent: functions of modules, by their names. What is not committed they do not see.

    ``knowing`` are the modules of these functions.
    """
    # Forked from a process that was started anew, and not from this one: a connection, and what keeps the embedded
    # server, belong to one process alone. The code is loaded there, once for all of them.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["perfgoals.processes_loaded", *knowing])
    given = (str(connection.settings_dict["NAME"]),)
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=given)


def _begin(database: str) -> None:
    import django

    django.setup()
    connection.settings_dict["NAME"] = database  # a test's has another name than the settings say
    gc.freeze()  # the code stays anyway, and its memory stays shared
    gc.set_threshold(_OFTEN)
