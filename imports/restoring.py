"""Restoring what the source prints: chosen facts of one project go back to the values of its current record."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from imports.comparison import Comparison, Difference, comparison_of
from imports.facts import Body
from imports.planning import Place, Places
from imports.restating import restated
from imports.stored import with_parts
from indicators.state import load_state, write_state
from perfgoals.history import change
from perfgoals.models import User
from perfgoals.rules import broken_rule, check_deferred_rules
from projects.access import ARCHIVED, NOT_YOURS, lock_editable
from projects.actions import ActionError
from projects.models import Project
from projects.permissions import FINANCE, places_of, roles_of

REASON: Final = "恢复为来源印刷值"
DEPARTMENT: Final = frozenset({"department", "department_name", "department_code"})
"""The department with what is printed of it: a form must not name another body than the project belongs to."""
NOT_AS_SHOWN: Final = "所选内容在您打开页面后又有变化，没有恢复。请核对现在的值后再选。"


def restore_printed(*, pk: int, tokens: Collection[str], by: User) -> list[Difference]:
    """Make facts of a project what its source prints, and give those that changed.

    Each token (`Difference.token`) is a fact with both values as the page showed them; a department comes back together
    with its printed name and code. A version of the project would
    say that something changed, a token says whether *this* did; and it notices a source that was read anew, which
    leaves the project's version alone.

    Raises `ActionError` when a fact is no longer what was shown, or when a rule would be broken; `PermissionDenied`
    when the person may not change the project, or could not any more afterwards. Nothing is changed then.
    """
    if not tokens:
        raise ActionError("没有选择要恢复的内容。")
    try:
        with change(by=by, action="restore_printed", reason=REASON), transaction.atomic():
            project = with_parts(lock_editable(by, Project.objects.filter(pk=pk))).first()
            if project is None:
                raise PermissionDenied(NOT_YOURS)
            if project.archived_at is not None:
                raise PermissionDenied(ARCHIVED)
            comparison = comparison_of(project)
            chosen = _chosen(comparison, set(tokens))
            _restore(project, comparison, chosen, by)
            check_deferred_rules()
            return chosen
    except IntegrityError as error:
        raise ActionError(f"恢复后会违反数据规则，没有恢复：{broken_rule(error)}") from error


def may_take(user: User, one: Difference, body: Body | None) -> bool:
    """Whether to offer a difference to somebody who may change the project: 部门 keep it in their departments."""
    if one.key not in DEPARTMENT or user.is_superuser or FINANCE in roles_of(user):
        return True
    return body is not None and body.pk in places_of(user).departments


def _chosen(comparison: Comparison | None, tokens: set[str]) -> list[Difference]:
    chosen = [one for one in comparison.differences if one.token in tokens] if comparison else []
    if len(chosen) != len(tokens):
        raise ActionError(NOT_AS_SHOWN)
    keys = {one.key for one in chosen}
    if comparison and keys & DEPARTMENT and comparison.of("department"):
        keys |= DEPARTMENT
        return [one for one in comparison.differences if one.key in keys]
    return chosen


def _restore(project: Project, comparison: Comparison | None, chosen: list[Difference], by: User) -> None:
    if comparison is None:  # pragma: no cover - then nothing could be chosen
        return
    current = load_state(project.pk)
    keys = {one.key for one in chosen}
    place = Place(project.region, project.department, project.section)
    if keys & {"department", "department_name"}:
        place = Places(by).of(comparison.draft)  # makes the department where there is none any more
    wanted = restated(current, comparison.draft, place, keys, in_source_order=False)
    write_state(project.pk, current, wanted)
    moved = wanted.fields["department_id"] != current.fields["department_id"]
    if moved and not Project.objects.editable_by(by).filter(pk=project.pk).exists():
        raise PermissionDenied("恢复“归口部门”后项目将不再属于您的部门，没有恢复。请由财政人员恢复这一项。")
