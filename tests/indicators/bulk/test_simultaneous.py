"""Bulk changes beside other people's edits and imports: nothing is lost, nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from indicators.bulk import execution
from indicators.bulk.changes import SetAttribute
from indicators.bulk.execution import BUSY, STALE, NotDoneError, execute
from indicators.bulk.planning import Shown, plan_of
from indicators.bulk.selection import Selection
from perfgoals.bulk import store_alone
from projects.models import Project
from projects.permissions import FINANCE
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]
CHANGE = SetAttribute("一次性项目")


def beside(work: Callable[[], None]) -> threading.Thread:
    """Run work on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_an_edit_that_is_being_saved_is_waited_for_and_not_lost() -> None:
    by = factories.user(FINANCE, factories.city())
    projects = [factories.project(name) for name in ("甲", "乙")]
    selection = Selection([project.pk for project in projects], "")
    shown = Shown.of(plan_of(CHANGE, SetAttribute, selection, by), CHANGE, by)
    said: list[str] = []

    def confirm() -> None:
        try:
            execute(CHANGE, shown, selection, by=by, reason="")
        except NotDoneError as error:
            said.append(str(error))

    with transaction.atomic():
        Project.objects.select_for_update().get(pk=projects[0].pk)
        thread = beside(confirm)
        thread.join(0.5)
        assert thread.is_alive()
        Project.objects.filter(pk=projects[0].pk).update(attribute="别人刚写的")
    thread.join(10)
    assert said == [STALE]
    assert set(Project.objects.values_list("name", "attribute")) == {("甲", "别人刚写的"), ("乙", None)}


def test_an_import_that_takes_long_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "PATIENCE", "200ms")
    by = factories.user(FINANCE, factories.city())
    selection = Selection([factories.project().pk], "")
    shown = Shown.of(plan_of(CHANGE, SetAttribute, selection, by), CHANGE, by)
    said: list[str] = []

    def confirm() -> None:
        try:
            execute(CHANGE, shown, selection, by=by, reason="")
        except NotDoneError as error:
            said.append(str(error))

    with transaction.atomic():
        store_alone()
        beside(confirm).join(10)
    assert said == [BUSY]
    assert Project.objects.get().attribute is None
