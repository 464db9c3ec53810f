"""Saving a form: one transaction, with the project locked, and no change of anybody lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators.editing.drafts import close_draft
from indicators.editing.merging import ORDER, Difference, Merge, Side, differences, facts_of, merge, settle, take
from indicators.editing.reading import Department, Reading, complete_table, half_width, read
from indicators.editing.sheet import Half, Sheet
from indicators.editing.showing import sheet_of
from indicators.state import FIELDS, HISTORIES, State, create_project, state_at, states_of, version_of, write_state
from perfgoals.history import change
from perfgoals.models import User
from perfgoals.rules import broken_rule, rule_of
from projects.access import ARCHIVED, departments_to_give, lock_editable, project_to_edit, regions_to_give
from projects.models import YEARS, Project

UNKNOWN_VERSION: Final = "看不出这份表格是什么时候打开的，无法核对别人有没有改过。请对照项目核对内容，再保存一次。"
DEPARTMENT_GONE: Final = "这个部门刚刚被合并或删除了，请重新选择主管部门。"


@dataclass(slots=True)
class Outcome:
    """What became of a save. It is saved when ``errors`` are empty and nothing ``came_between``."""

    project: Project | None
    version: int
    """The version that the form now rests on."""
    errors: dict[str, str] = field(default_factory=dict)
    came_between: Merge | None = None
    """What others changed while the person typed: the person decides, and saves again."""
    changes: list[Difference] = field(default_factory=list)
    """What was changed, once it is saved."""
    reading: Reading | None = None

    @property
    def is_saved(self) -> bool:
        """Whether the form is stored."""
        return not self.errors and self.came_between is None


def save_project(
    *, pk: int, sheet: Sheet, version: int, choices: Mapping[str, Side | None], token: UUID, by: User
) -> Outcome:
    """Store a form that rests on a version of the project.

    ``choices`` are the conflicts that the page showed, each with the side that the person chose. Where others changed
    anything since ``version``, nothing is stored and the outcome says what came between. Raises ``Http404`` or
    ``PermissionDenied`` for projects that the person may not change.
    """
    try:
        with change(by=by, action="edit", reason=sheet.reason), transaction.atomic():
            project = lock_editable(by, Project.objects.filter(pk=pk)).first()
            if project is None:
                project_to_edit(by, pk)
                raise PermissionDenied
            if project.archived_at is not None:
                raise PermissionDenied(ARCHIVED)
            outcome = _save(project, sheet, version, choices, by)
            if outcome.is_saved:
                close_draft(token=token, project=project, by=by)
            return outcome
    except IntegrityError as error:
        return Outcome(Project.objects.get(pk=pk), version, _broken_rule(error))


def _save(project: Project, sheet: Sheet, version: int, choices: Mapping[str, Side | None], by: User) -> Outcome:
    current, now = states_of([project])[project.pk], version_of(project.pk)
    seen = current if version == now else state_at(project.pk, version)
    if seen is None or version > now:
        return Outcome(project, now, {"": UNKNOWN_VERSION})
    _forget_removed(sheet, choices, seen)
    reading = read(sheet, sheet_of(seen), seen, lambda pk: department_found(by, project.region_id, pk))
    undecided = {f"choose.{key}": "请选择保留哪一个值。" for key, side in choices.items() if side is None}
    if reading.errors or undecided:
        return Outcome(project, version, {**reading.errors, **undecided}, reading=reading)
    _take_theirs(choices, seen, reading.state)
    if version == now:
        changes = differences(current, reading.state)
        write_state(project.pk, current, reading.state)
        return Outcome(project, version, changes=changes, reading=reading)
    merged = merge(seen, current, reading.state)
    if merged.came_between:
        return Outcome(project, now, came_between=merged, reading=reading)
    write_state(project.pk, current, merged.state)
    return Outcome(project, version, changes=differences(current, merged.state), reading=reading)


def _take_theirs(choices: Mapping[str, Side | None], seen: State, mine: State) -> None:
    facts = {*facts_of(seen), *facts_of(mine), ORDER}
    chosen = [key for key, side in choices.items() if side == "theirs" and key in facts]
    for key in chosen:
        take(key, seen, mine)
    if chosen:
        settle(mine)


def shown_again(
    project: Project, sheet: Sheet, before: int, version: int, choices: Mapping[str, Side | None], by: User
) -> Merge | None:
    """The conflicts that a page had shown, for a form that goes on without being saved."""
    seen = state_at(project.pk, version)
    if seen is None:
        return None
    mine = read(sheet, sheet_of(seen), seen, lambda pk: department_found(by, project.region_id, pk)).state
    return shown_before(project.pk, before, version, mine, choices)


def shown_before(pk: int, before: int, version: int, mine: State, choices: Mapping[str, Side | None]) -> Merge | None:
    """The conflicts that a page had shown, once more, since something else was wrong with the form."""
    base, theirs = state_at(pk, before), state_at(pk, version)
    if base is None or theirs is None:
        return None
    merged = merge(base, theirs, mine)
    merged.conflicts = [conflict for conflict in merged.conflicts if conflict.key in choices]
    return merged if merged.conflicts else None


def who_changed(pk: int, after: int, until: int) -> list[str]:
    """Who changed a project between two versions, and when, in words."""
    found: dict[tuple[int | None, str], datetime] = {}
    for events, owner in HISTORIES:
        rows = events.objects.filter(**{owner: pk}, pgh_id__gt=after, pgh_id__lte=until)
        for created_at, metadata in rows.values_list("pgh_created_at", "pgh_context__metadata").distinct():
            known = metadata or {}
            found[known.get("user"), "导入" if "run" in known else "修改"] = created_at
    people = User.objects.in_bulk([user for user, _ in found if user is not None])
    return [
        f"{people[user].display_name if user in people else '系统'} {timezone.localtime(moment):%m-%d %H:%M} {verb}"
        for (user, verb), moment in sorted(found.items(), key=lambda entry: entry[1])
    ]


def _forget_removed(sheet: Sheet, choices: Mapping[str, Side | None], seen: State) -> None:
    """Rows that others removed and that the person now gives up as well: the form still shows them."""
    gone = {key.removeprefix("indicator.") for key, side in choices.items() if side == "theirs"}
    for row in sheet.rows:
        for scope in ("period", "annual"):
            number = row.half(scope).id
            if number is not None and str(number) in gone and number not in seen.indicators:
                setattr(row, scope, Half())


def create(*, sheet: Sheet, token: UUID, by: User) -> Outcome:
    """Store a form as a new project."""
    region, year = sheet.head.get("region", ""), half_width(sheet.head.get("year", ""))
    errors = {}
    if not regions_to_give(by).filter(code=region).exists():
        errors["region"] = "请选择行政区划。"
    if not (year.isascii() and year.isdigit() and len(year) == 4 and YEARS[0] <= int(year) <= YEARS[1]):
        errors["year"] = f"年度请填 {YEARS[0]} 至 {YEARS[1]} 之间的四位数字。"
    blank = blank_state(region, int(year) if "year" not in errors else 0)
    blank.fields["has_funding_table"] = True
    reading = read(sheet, sheet_of(blank), blank, lambda pk: department_found(by, region, pk))
    complete_table(reading.state)
    errors.update(reading.errors)
    if not sheet.head.get("department", "").strip():
        errors["department"] = "请选择主管部门。"
    if not errors and (twin := same_project(region, int(year), sheet.head["department"], sheet.head["name"], None)):
        errors["name"] = taken(twin)
    if errors:
        return Outcome(None, 0, errors, reading=reading)
    try:
        with change(by=by, action="create", reason=sheet.reason), transaction.atomic():
            project = create_project(reading.state)
            close_draft(token=token, project=None, by=by)
    except IntegrityError as error:
        return Outcome(None, 0, _broken_rule(error), reading=reading)
    return Outcome(project, version_of(project.pk), reading=reading)


def blank_state(region: str, year: int) -> State:
    """A project that nothing is known of yet."""
    project = Project(region_id=region, year=year, name="")
    return State({name: getattr(project, name) for name in FIELDS})


def same_project(region: str, year: int, department: str, name: str, but: int | None) -> Project | None:
    """Another project of the same region, year, department and name, white space aside."""
    key = "".join(name.split())
    if not key or not (department.isascii() and department.isdigit() and len(department) < 19):
        return None
    found = Project.objects.filter(region=region, year=year, department=int(department), name_key=key)
    return found.exclude(pk=but).first() if but else found.first()


def taken(twin: Project) -> str:
    """That a name is taken, in one sentence."""
    state = "，已归档" if twin.archived_at else ""
    return f"{twin.year} 年该部门已有同名项目“{twin.name}”{state}。请改名，或去修改那个项目。"


def department_found(by: User, region: str, pk: int) -> Department | None:
    found = departments_to_give(by, [region]).filter(pk=pk).values_list("pk", "name", "code").first()
    return Department(*found) if found else None


def _broken_rule(error: IntegrityError) -> dict[str, str]:
    """The broken rule at the field that it is about."""
    if (rule_of(error) or "").startswith("projects_project_department_id"):
        return {"department": DEPARTMENT_GONE}
    return {"name" if rule_of(error) in {"project_once", "project_has_name"} else "": broken_rule(error)}
