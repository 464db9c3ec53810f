"""Whether the worker has been told to stop while it does a piece of work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from procrastinate import JobContext

_here = threading.local()


class StoppedError(Exception):
    """The worker is stopping: the work is given back, and begun again by the next one."""


def watched(work: Callable[[], Any], context: JobContext, _worker: object) -> Any:
    """Do a task so that `is_stopping` can be asked inside it (a middleware of the queue)."""
    _here.context = context
    try:
        return work()
    finally:
        _here.context = None


def is_stopping() -> bool:
    """Whether the worker of this thread waits no longer for what it has begun."""
    context: JobContext | None = getattr(_here, "context", None)
    return context is not None and context.should_abort()
