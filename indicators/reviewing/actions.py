"""What people do about findings: let them stand with a reason, take that back, and apply what a finding proposes.

Everything that follows rests on what the person saw: findings that are gone or decided by now, and projects that
changed, are refused in one sentence.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from indicators.models import FindingAcceptance, ProjectFinding
from indicators.reviewing.correcting import CorrectionError, corrected
from indicators.state import states_of, version_of, write_state
from perfgoals.history import change
from perfgoals.models import User
from perfgoals.rules import broken_rule
from projects.access import ARCHIVED, NOT_YOURS, lock_editable
from projects.actions import ActionError
from projects.models import Project

CHANGED: Final = "没有修改：您打开页面以后，这个项目有人改过。下面是现在的内容，请看过再决定。"
NO_REASON: Final = "没有保存：认可审核意见必须写明理由。"
NONE_CHOSEN: Final = "没有选中任何审核意见，请先勾选。"
GONE: Final = "没有保存：这条意见的认可已经撤回，或意见已经不在。"


@transaction.atomic
def accept_findings(*, chosen: Collection[int], reason: str, by: User) -> int:
    """Let findings stand for one reason: all of them, or, where one is gone or accepted by now, none.

    Raises `ActionError`.
    """
    if not chosen:
        raise ActionError(NONE_CHOSEN)
    if not reason.strip():
        raise ActionError(NO_REASON)
    _lock_projects(ProjectFinding.objects.filter(pk__in=chosen).values_list("project_id", flat=True))
    findings = list(ProjectFinding.objects.filter(pk__in=chosen, acceptance=None).order_by("pk").select_for_update())
    if gone := len(set(chosen)) - len(findings):
        raise ActionError(_told(gone, len(set(chosen))))
    with change(by=by, action="finding_accept", reason=reason):
        FindingAcceptance.objects.bulk_create(
            FindingAcceptance(
                project_id=one.project_id, digest=one.digest, rule=one.rule, message=one.message,
                reason=reason.strip(), by=by,
            )
            for one in findings
        )  # fmt: skip
        # One statement, however many: all that were locked have the acceptance of their digest by now.
        own = FindingAcceptance.objects.filter(project=OuterRef("project"), digest=OuterRef("digest"))
        ProjectFinding.objects.filter(pk__in=chosen).update(acceptance=Subquery(own.values("pk")))
    return len(findings)


@transaction.atomic
def withdraw_acceptance(*, pk: int, seen: int, reason: str, by: User) -> ProjectFinding:
    """Open an accepted finding again; that it was accepted stays in its history. Raises `ActionError`.

    ``seen`` is the acceptance that the person saw.
    """
    _lock_projects(ProjectFinding.objects.filter(pk=pk).values_list("project_id", flat=True))
    finding = ProjectFinding.objects.select_for_update(of=("self",)).filter(pk=pk, acceptance=seen).first()
    if finding is None:
        raise ActionError(GONE)
    with change(by=by, action="finding_withdraw", reason=reason):
        FindingAcceptance.objects.filter(pk=seen).delete()
    return finding


def apply_correction(*, pk: int, version: int, by: User) -> ProjectFinding:
    """Make the project say what a finding proposes, as an edit of the version that the person saw.

    Raises `ActionError`, or ``PermissionDenied`` for projects that the person may not change.
    """
    finding = ProjectFinding.objects.filter(pk=pk).first()
    if finding is None:
        raise ActionError(CHANGED)
    try:
        with change(by=by, action="correction", reason=finding.message):
            _correct(finding, version, by)
    except IntegrityError as error:
        raise ActionError(f"没有修改：{broken_rule(error)}") from error
    return finding


def _correct(finding: ProjectFinding, version: int, by: User) -> None:
    project = lock_editable(by, Project.objects.filter(pk=finding.project_id)).first()
    if project is None or project.archived_at is not None:
        raise PermissionDenied(ARCHIVED if project else NOT_YOURS)
    if version_of(project.pk) != version or not ProjectFinding.objects.filter(pk=finding.pk).exists():
        raise ActionError(CHANGED)
    _write(project, finding)


def _write(project: Project, finding: ProjectFinding) -> None:
    current = states_of([project])[project.pk]
    try:
        wanted = corrected(current, finding.corrections)
    except CorrectionError as error:
        raise ActionError(CHANGED) from error
    if not write_state(project.pk, current, wanted):
        raise ActionError("没有修改：这条意见没有可以直接采用的改法。")


def _lock_projects(numbers: Collection[int]) -> None:
    # Projects before their findings: an edit holds its project while it renews the findings.
    list(
        Project.objects.filter(pk__in=set(numbers))
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .values("pk")
    )


def _told(gone: int, chosen: int) -> str:
    if chosen == 1:
        return "没有保存：这条意见已经有人认可，或者项目、规则变动后已经不在。"
    return f"没有保存：选中的 {chosen} 条里有 {gone} 条已经有人认可，或者项目、规则变动后已经不在。下面是现在的内容，请重新选择。"
