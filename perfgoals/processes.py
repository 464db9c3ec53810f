"""Work shared among processes, each with a connection of its own to the database of the one that began them."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from django.db import connection


def processes(count: int) -> ProcessPoolExecutor:
    """Processes that do what they are sent: functions of modules, by their names. What is not committed they do not see."""
    # Anew and not forked: a connection, and what keeps the embedded server, belong to one process alone.
    context = multiprocessing.get_context("spawn")
    given = (str(connection.settings_dict["NAME"]),)
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=given)


def _begin(database: str) -> None:
    import django

    django.setup()
    connection.settings_dict["NAME"] = database  # a test's has another name than the settings say
