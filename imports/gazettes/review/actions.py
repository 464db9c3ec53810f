"""What people say of targets: accepted, corrected, no target, or open again.

Every decision rests on what the person saw (`seen_of`). Where somebody else decided in the meantime, or the text was
read again, nothing is done and the target is shown as it is now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from imports.gazettes.models import ProseTarget, TargetState
from perfgoals.history import change
from perfgoals.models import User
from projects.actions import ActionError

GONE: Final = "没有保存：这个目标已经不在文件里了，文件可能重新导入过。"
FIELDS: Final = ("name", "operator", "number", "unit", "year", "year_basis")


class Understood(NamedTuple):
    """The values of a target."""

    name: str
    operator: str
    number: Decimal
    unit: str
    year: int | None


class StaleError(ActionError):
    """The target is not what the person saw any more."""


def seen_of(target: ProseTarget) -> str:
    """Digest of all that a person decides on; another decision and another reading both change it."""
    facts = (
        target.text, target.name, target.operator, f"{target.number.normalize():f}", target.unit, target.year,
        str(target.state), target.reviewed_by_id, target.reviewed_at,
    )  # fmt: skip
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest()


@transaction.atomic
def accept_target(*, pk: int, seen: str, by: User) -> ProseTarget:
    """It is a target, and it was read right. Raises `ActionError`."""
    return _decide(pk, seen, TargetState.ACCEPTED, by)


@transaction.atomic
def reject_target(*, pk: int, seen: str, by: User) -> ProseTarget:
    """It is no target. Raises `ActionError`."""
    return _decide(pk, seen, TargetState.REJECTED, by)


@transaction.atomic
def correct_target(*, pk: int, seen: str, values: Understood, by: User) -> ProseTarget:
    """It is a target, and this is what it says; as the reader says it, that is accepting it. Raises `ActionError`."""
    target = _locked(pk, seen)
    read = _read_of(target)
    for name, value in values._asdict().items():
        setattr(target, name, value)
    same_year = values.year == read["year"]
    target.year_basis = str(read["year_basis"]) if same_year else ""
    is_as_read = all(getattr(target, name) == read[name] for name in FIELDS)
    _store(target, TargetState.ACCEPTED if is_as_read else TargetState.CORRECTED, by)
    return target


@transaction.atomic
def reopen_target(*, pk: int, seen: str, by: User) -> ProseTarget:
    """Take a decision back: the target is open again and says what the reader says now. Raises `ActionError`."""
    target = _locked(pk, seen)
    if target.state == TargetState.OPEN:
        raise ActionError("这个目标本来就待审，没有可以撤回的决定。")
    for name, value in _read_of(target).items():
        setattr(target, name, value)
    _store(target, TargetState.OPEN, by)
    return target


@transaction.atomic
def accept_targets(*, chosen: Mapping[int, str], by: User) -> int:
    """Accept several open targets at once: all of them, or, where one is not what was seen any more, none.

    ``chosen`` are keys and what was seen of each. Raises `ActionError`.
    """
    if not chosen:
        raise ActionError("没有选中任何目标，请先勾选要接受的目标。")
    targets = list(ProseTarget.objects.filter(pk__in=chosen).order_by("pk").select_for_update())
    stale = len(chosen) - sum(
        target.state == TargetState.OPEN and seen_of(target) == chosen[target.pk] for target in targets
    )
    if stale:
        raise StaleError(
            f"没有保存：选中的 {len(chosen)} 条里有 {stale} 条已经有人决定或重新读取过。下面是现在的内容，请重新选择。"
        )
    with change(by=by, action="target-accept"):
        ProseTarget.objects.filter(pk__in=chosen).update(
            state=TargetState.ACCEPTED, reviewed_by=by, reviewed_at=timezone.now()
        )
    return len(targets)


def _decide(pk: int, seen: str, state: TargetState, by: User) -> ProseTarget:
    target = _locked(pk, seen)
    if target.state != TargetState.OPEN:
        raise ActionError(f"这个目标{target.get_state_display()}，先撤回才能重新决定。")
    _store(target, state, by)
    return target


def _locked(pk: int, seen: str) -> ProseTarget:
    found = ProseTarget.objects.select_for_update(of=("self",)).select_related("document", "reviewed_by")
    target = found.filter(pk=pk).first()
    if target is None:
        raise ActionError(GONE)
    if seen_of(target) != seen:
        raise StaleError(f"没有保存：{_what_happened(target)}。下面是现在的内容，请看过再决定。")
    return target


def _what_happened(target: ProseTarget) -> str:
    if target.reviewed_by is None or target.reviewed_at is None:
        return "您打开页面以后，有人撤回了决定，或文件重新读取过"
    moment = timezone.localtime(target.reviewed_at)
    return f"{target.reviewed_by.display_name} 在 {moment:%m-%d %H:%M} 已把它定为“{target.get_state_display()}”"


def _store(target: ProseTarget, state: TargetState, by: User) -> None:
    is_open = state == TargetState.OPEN
    target.state = state
    target.reviewed_by, target.reviewed_at = (None, None) if is_open else (by, timezone.now())
    with change(by=by, action="target-reopen" if is_open else f"target-{ACTIONS[state]}"):
        target.save()


ACTIONS: Final = {TargetState.ACCEPTED: "accept", TargetState.CORRECTED: "correct", TargetState.REJECTED: "reject"}


def _read_of(target: ProseTarget) -> dict[str, object]:
    """The values that the reader took, as the fields hold them."""
    read = target.draft
    values: dict[str, object] = {name: read[name] or "" for name in FIELDS}
    return values | {"number": Decimal(read["number"]), "year": read["year"]}
