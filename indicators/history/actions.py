"""Bringing an earlier state of a project back, as a new change."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from indicators.history.past import past_of
from indicators.state import version_of, write_state
from perfgoals.history import change
from perfgoals.models import User
from perfgoals.rules import broken_rule, check_deferred_rules
from projects.access import lock_editable
from projects.actions import ActionError
from projects.models import Project


class ChangedMeanwhileError(ActionError):
    """The project is not what the person saw when they asked."""


def restore(*, project: Project, version: int, seen: int, by: User, reason: str) -> bool:
    """Make the project what it was at ``version``; its region and archiving stay. Whether that changed anything.

    ``seen`` is the version that the person saw as the present one. Raises `ActionError`, and changes nothing, when
    the project changed since, when the person may not change it (any more), or when a rule of the database is broken.
    """
    try:
        with transaction.atomic(), change(by=by, action="restore", reason=reason, version=version):
            return _restore(project, version, seen, by)
    except IntegrityError as error:
        raise ActionError(f"没有恢复：{broken_rule(error)}") from error


def _restore(project: Project, version: int, seen: int, by: User) -> bool:
    pk = project.pk
    if not lock_editable(by, Project.objects.current().filter(pk=pk)):
        raise ActionError("没有恢复：这个项目已归档，或者您已不能修改它。")
    if version_of(pk) != seen:
        raise ChangedMeanwhileError("没有恢复：您打开这一页之后项目又有了改动。下面已换成最新的差异，请看过后再决定。")
    past = past_of(pk, version)
    if past is None:
        raise ActionError("没有恢复：那时还没有这个项目。")
    changed = write_state(pk, past.now, past.wanted)
    check_deferred_rules()
    if not Project.objects.editable_by(by).filter(pk=pk).exists():
        raise ActionError("没有恢复：当时的归口部门不是您的部门，恢复后您将不能再修改这个项目，请联系财政部门恢复。")
    return changed
