"""What a bulk change would do: every chosen project with its old and new state, or why it is left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core import signing

from indicators.bulk.changes import BulkChange, Key
from indicators.bulk.selection import Selection
from indicators.state import newest_event
from perfgoals.models import User
from perfgoals.observing.refusals import FORGED, note
from projects.access import NOT_YOURS
from projects.models import Project
from projects.totals import plus

SHOWN: Final = (
    "name", "name_key", "year", "serial", "section", "attribute", "amount", "period_amount", "department_printed",
    "archived_at", "archive_reason", "region__name", "region__short_name", "department__name",
)  # fmt: skip
_SALT: Final = "bulk-preview"


@dataclass(slots=True)
class Line:
    """One chosen project."""

    project: Project
    version: int
    old: str
    new: str = ""
    against: str = ""
    """Why it is left alone; empty when it changes."""
    differs: bool = False
    """It is no longer what the person saw in the preview before."""


@dataclass(slots=True)
class Plan:
    """All chosen projects, in the list's order."""

    lines: list[Line]
    missing: int = 0
    """How many of those asked for the person may not see, or are not there."""
    kept: list[Line] = field(init=False)
    changing: list[Line] = field(init=False)

    def __post_init__(self) -> None:
        self.changing = [line for line in self.lines if not line.against]
        self.kept = [line for line in self.lines if line.against]

    @property
    def count(self) -> int:
        """How many projects change."""
        return len(self.changing)

    @property
    def amount(self) -> Decimal | None:
        """What those that change cost in their year."""
        return plus(line.project.amount for line in self.changing)

    @property
    def differing(self) -> int:
        """How many projects are no longer what the person saw."""
        return sum(line.differs for line in self.lines)


def plan_of(change: BulkChange | None, kind: type[BulkChange], selection: Selection, user: User) -> Plan:
    """The plan of a change; without one (nothing was asked for yet), the chosen projects as they are.

    The number of statements does not grow with the projects.
    """
    seen = Project.objects.visible_to(user).filter(pk__in=selection.pks)
    projects = list(selection.sort.apply(seen.select_related("region", "department").only(*SHOWN)))
    versions = dict(Project.objects.filter(pk__in=selection.pks).values_list("pk", newest_event()))
    editable = set(Project.objects.editable_by(user).filter(pk__in=selection.pks).values_list("pk", flat=True))
    lines = [Line(project, versions[project.pk], kind.old(project)) for project in projects]
    for line in lines:
        line.against = _against(line.project, change, editable)
    if change is not None:
        _find_clashes(lines, change)
        for line in lines:
            line.new = "" if line.against else change.new(line.project)
    return Plan(lines, missing=len(selection.pks) - len(lines))


def _against(project: Project, change: BulkChange | None, editable: Iterable[int]) -> str:
    if project.pk not in editable:
        return NOT_YOURS.rstrip("。")
    return (change.archive_reason_against(project) or change.reason_against(project)) if change else ""


def _find_clashes(lines: Iterable[Line], change: BulkChange) -> None:
    """Leave out what would be a second project of its name: beside a stored one, or beside another chosen one."""
    keys = {line.project.pk: change.key_after(line.project) for line in lines if not line.against}
    wanted = Counter(key for key in keys.values() if key)
    stored = _stored(wanted) if wanted else {}
    for line in lines:
        key = keys.get(line.project.pk)
        if key is None:
            continue
        if key in stored:
            line.against = f"{key.year} 年同一部门已有同名项目" + ("（已归档）" if stored[key] else "")
        elif wanted[key] > 1:
            line.against = f"所选的 {wanted[key]} 个项目同名，请只选其中一个"


def _stored(keys: Iterable[Key]) -> dict[Key, bool]:
    """Which identities stored projects have, and whether those are archived."""
    parts = [set(part) for part in zip(*keys, strict=True)]
    regions, years, departments, names = parts
    found = Project.objects.filter(region__in=regions, year__in=years, name_key__in=names).order_by()
    rows = found.values_list("region_id", "year", "department_id", "name_key", "archived_at")
    return {
        Key(region, year, department, name): archived is not None
        for region, year, department, name, archived in rows
        if department in departments
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """What a preview showed: the change, and each project's version and fate. It travels signed with the form."""

    user: int
    action: str
    values: Mapping[str, Any]
    fates: Mapping[int, tuple[int, str]]

    @classmethod
    def of(cls, plan: Plan, change: BulkChange, user: User) -> Shown:
        """What the preview of a plan shows."""
        return cls(user.pk, change.action, change.values, _fates(plan))

    def signed(self) -> str:
        """As text for a hidden field."""
        fates = [[pk, version, against] for pk, (version, against) in self.fates.items()]
        return signing.dumps([self.user, self.action, self.values, fates], salt=_SALT, compress=True)

    @classmethod
    def read(cls, text: str) -> Shown | None:
        """What a hidden field says; ``None`` for what this site did not sign."""
        try:
            user, action, values, fates = signing.loads(text, salt=_SALT)
        except signing.BadSignature:
            if text:
                note(FORGED)
            return None
        return cls(user, action, values, {pk: (version, against) for pk, version, against in fates})

    def is_of(self, change: BulkChange, user: User) -> bool:
        """Whether this was a preview of the same change for the same person."""
        return (self.user, self.action, self.values) == (user.pk, change.action, change.values)

    def agrees(self, plan: Plan) -> bool:
        """Whether every project still is what was shown and would become what was shown."""
        return _fates(plan) == self.fates

    def mark_differences(self, plan: Plan) -> None:
        """Mark the projects of a plan that are no longer what was shown."""
        for line in plan.lines:
            line.differs = self.fates.get(line.project.pk) != (line.version, line.against)


def _fates(plan: Plan) -> dict[int, tuple[int, str]]:
    return {line.project.pk: (line.version, line.against) for line in plan.lines}
