"""History: who changed what, when, why, and in which request or import run, recorded by database triggers (ADR 9).

Every tracked table has an event table that triggers fill, so that no way of writing goes round it. Here is what all of
them share: the event's number, and the context that the triggers attach (`change`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

import pghistory
import pghistory.middleware
import pghistory.models
import pghistory.runtime
import psycopg
from django.db import connection, models, transaction
from django.db.models import Func, Value
from django.http import HttpRequest

if TYPE_CHECKING:
    from perfgoals.models import User

SEQUENCE: Final = "history_event"
_FAILED: Final = psycopg.pq.TransactionStatus.INERROR


class Event(pghistory.models.Event):
    """One recorded row. All event tables number their rows from one sequence.

    So the numbers of all events of a project stand in the order in which they happened, whatever the clock did, and
    the largest is the project's version.
    """

    pgh_id = models.BigIntegerField(
        "事件号",
        primary_key=True,
        db_default=Func(Value(SEQUENCE), function="nextval", output_field=models.BigIntegerField()),
        editable=False,
    )

    class Meta:
        abstract = True


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Everything that one request writes is one group of events, with its person and address."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """What the group is known by. The method is always POST (``PGHISTORY_MIDDLEWARE_METHODS``)."""
        user = request.user
        return {"user": user.pk if user.is_authenticated else None, "url": request.path}


def event_model(
    tracked: type[models.Model], *, index: tuple[str, str], exclude: Sequence[str] = (), **options: Any
) -> Any:
    """Base class of a model's event table: every insert, update and delete, readable by ``index``, never changed.

    An event names the row by its key, unless ``options`` say ``obj_field=None``: for a key that is not to be kept.
    """
    trackers = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    by_project = models.Index(fields=index, name=f"{tracked._meta.model_name}_history")
    meta = {"indexes": [by_project]}
    return pghistory.create_event_model(tracked, *trackers, exclude=list(exclude), meta=meta, **options)


BeforeEnd = Callable[[], object]
_before_end: list[BeforeEnd] = []
_open: ContextVar[int] = ContextVar("open changes", default=0)


def before_end(action: BeforeEnd) -> None:
    """Let ``action`` run at the end of every `change`, in its transaction: what follows from what was written."""
    _before_end.append(action)


@contextmanager
def change(*, by: User | None, action: str, reason: str = "", **facts: Any) -> Iterator[Any]:
    """A transaction that is one group of changes: ``with change(by=user, action="edit", reason="…"):``.

    ``by=None`` is the command line. ``facts`` are further keys (``run``: an import run's number). Inside a request or
    another change the group stays one: what it is known by already stands, and only further keys are added. What
    follows from the changes (`before_end`) is done before the outermost one ends, and with it or not at all.

    Raises Django's ``TransactionManagementError`` where an error of the database was passed over inside: Django and
    PostgreSQL would both undo everything then and say nothing, and the person would read that it is done.
    """
    stated = {"user": by.pk if by else None, "action": action, "reason": reason.strip(), **facts}
    # The package has no public way to ask for the context in force, and would let an inner one replace its keys.
    outer = getattr(pghistory.runtime._tracker, "value", None)
    known = outer.metadata if outer else {}
    new = {key: value for key, value in stated.items() if value not in (None, "") and known.get(key) is None}
    with transaction.atomic(), pghistory.context(**new) as group:
        token = _open.set(_open.get() + 1)
        try:
            yield group
            if _open.get() == 1:
                for follow in _before_end:
                    follow()
            _refuse_to_be_undone()
        finally:
            _open.reset(token)


def _refuse_to_be_undone() -> None:
    failed = connection.connection is not None and connection.connection.info.transaction_status == _FAILED
    if failed or connection.needs_rollback:
        raise transaction.TransactionManagementError("an error of the database was passed over: nothing would be kept")


def attach_context() -> None:
    """Hand the context to the database before a statement that goes round Django's cursor (COPY)."""
    with connection.cursor() as cursor:
        # Any statement through Django's cursor carries it, but those that begin with SELECT.
        cursor.execute("VALUES (1)")
