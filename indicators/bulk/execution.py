"""Doing a bulk change: what the preview showed, in one transaction and one entry of the history, or nothing."""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, OperationalError, transaction
from psycopg.errors import LockNotAvailable

from indicators.bulk.changes import BulkChange
from indicators.bulk.planning import Plan, Shown, plan_of
from indicators.bulk.selection import Selection
from perfgoals.bulk import store_alone
from perfgoals.history import change as history_entry
from perfgoals.models import User
from projects.access import lock_editable
from projects.models import Project

PATIENCE: Final = "5s"
BUSY: Final = "正在导入文件或进行另一次批量修改，没有改动任何项目。请稍后再确认一次。"
STALE: Final = "预览之后有项目被修改，没有改动任何项目。请看过下面的新预览再确认。"
DONE: Final = "这些项目现在已经没有可以修改的了，可能刚刚已确认过一次；这一次没有改动任何项目。"
CLASH: Final = "刚有人存入了同名的项目或改动了部门，没有改动任何项目。请看过下面的新预览再确认。"


class NotDoneError(Exception):
    """Nothing was changed; the message is a Chinese sentence that says why and what to do."""


def execute(change: BulkChange, shown: Shown, selection: Selection, *, by: User, reason: str) -> Plan:
    """Do what was shown and return it. Raises `NotDoneError` when anything is otherwise by now."""
    try:
        with history_entry(by=by, action=change.action, reason=reason), transaction.atomic():
            _store_alone()
            # Locked first and read afterwards: what is read then can no longer change.
            list(lock_editable(by, Project.objects.filter(pk__in=selection.pks)).only("pk"))
            plan = plan_of(change, type(change), selection, by)
            if not shown.agrees(plan):
                # Whoever clicks twice has their first answer replaced by this one.
                raise NotDoneError(STALE if plan.count else DONE)
            change.write([line.project.pk for line in plan.changing], reason=reason)
    except IntegrityError as error:
        raise NotDoneError(CLASH) from error
    return plan


def _store_alone() -> None:
    try:
        store_alone(patience=PATIENCE)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise NotDoneError(BUSY) from error
        raise
