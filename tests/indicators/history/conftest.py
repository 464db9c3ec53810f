"""A project with a history, and ways to change it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection, transaction

from indicators.state import State, load_state, version_of, write_state
from perfgoals.history import change
from perfgoals.models import User
from projects.models import Project
from projects.permissions import FINANCE
from tests import factories

Editor = Callable[..., int]


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody of the county's finance bureau."""
    made = factories.user(FINANCE, factories.county(), name="liming")
    made.last_name, made.first_name = "李", "明"
    made.save()
    return made


@pytest.fixture
def project(db: None) -> Project:
    """A project with money, a goal and two halves of an indicator, entered in one go."""
    with transaction.atomic(), change(by=None, action="create"):
        made = factories.project("教室改造", amount=Decimal("300000"), basis="会议纪要", sources={"local": "300000"})
        factories.goal(made, "建成")
        factories.indicator(made, scope="period", position=1)
        factories.indicator(made, position=1)
    return made


@pytest.fixture
def edit(clerk: User) -> Editor:
    """Makes an edit of a project as the editing page would, and returns the version that it made."""

    def editing(project: Project, *, by: User = clerk, reason: str = "", action: str = "edit", **fields: object) -> int:
        def wanted(state: State) -> None:
            state.fields |= fields

        return edit_state(project, wanted, by=by, reason=reason, action=action)

    return editing


def forget_context() -> None:
    """What follows is written as by another program. (A context lasts as long as the transaction, here the test.)"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


def edit_state(
    project: Project, make: Callable[[State], None], *, by: User | None, reason: str = "", action: str = "edit"
) -> int:
    """Change a project's state in one transaction; the version that this made."""
    with transaction.atomic(), change(by=by, action=action, reason=reason):
        current = load_state(project.pk)
        wanted = current.copy()
        make(wanted)
        write_state(project.pk, current, wanted)
    return version_of(project.pk)
