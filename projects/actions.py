"""Every write to regions and departments: keyword-only, atomic, and by somebody (``None`` is the command line)."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from perfgoals.bulk import store_alone
from perfgoals.history import change
from perfgoals.models import User
from projects.department_names import full_form, split_section
from projects.models import Department, DepartmentName, Membership, Project, Region
from projects.regions import region_by_code


class ActionError(Exception):
    """The action cannot be done; the message is one Chinese sentence and nothing was changed."""


@transaction.atomic
def ensure_region(*, code: str, name: str, by: User | None) -> Region:
    """The region with this code, made with the divisions above it if need be. An existing one keeps its name."""
    if region := Region.objects.filter(code=code).first():
        return region
    known = region_by_code(code)
    parent = None
    if known and known.parent and (above := region_by_code(known.parent)):
        parent = ensure_region(code=above.code, name=above.name, by=by)
    if Region.objects.filter(name=name).exists():
        raise ActionError(f"行政区划“{name}”已用另一代码入库，不能再用 {code}。")
    return Region.objects.create(code=code, name=name, short_name=known.short_name if known else name, parent=parent)


@transaction.atomic
def ensure_department(*, region: Region, printed: str, body: str | None, by: User | None) -> Department:
    """The department that a printed name means in a region, made and registered if it is new.

    ``body`` is the joined department where the source states it. Otherwise a printed name that is known decides, else
    the name without its section (市财政局（预算科） → 市财政局).
    """
    name = split_section(printed)
    known = DepartmentName.objects.filter(region=region, printed=printed).select_related("department").first()
    body_name = _body(region, body) if body else None
    if known and body_name in (None, known.department.name):
        return known.department
    with change(by=by, action="department"):
        department, _ = Department.objects.get_or_create(region=region, name=body_name or _body(region, name.body))
    if known is None and (body is None or _looks_like(printed, department)):
        DepartmentName.objects.create(department=department, region=region, printed=printed, section=name.section)
    return department


def _looks_like(printed: str, department: Department) -> bool:
    """Whether a name stated with a body surely means it. One project that people moved to another department must
    not make all others of its printed name follow."""
    names = (department.region.name, department.region.short_name)
    return full_form(split_section(printed).body, names) == full_form(department.name, names)


@transaction.atomic
def create_department(*, region: Region, name: str, code: str, by: User) -> Department:
    """A department that no source printed yet. Raises `ActionError` when the region knows the name already."""
    _refuse_known(region, name, None)
    with change(by=by, action="department"):
        department = Department.objects.create(region=region, name=name, code=code or None)
        DepartmentName.objects.create(department=department, region=region, printed=name)
    return department


@transaction.atomic
def rename_department(*, department: Department, name: str, code: str, by: User) -> None:
    """Call a department otherwise. Sources may go on printing its former names. Raises `ActionError` for a name that
    another department of the region has, or is printed under."""
    locked = Department.objects.select_for_update().get(pk=department.pk)
    _refuse_known(locked.region, name, locked)
    with change(by=by, action="department"):
        for printed in (locked.name, name):
            DepartmentName.objects.get_or_create(region=locked.region, printed=printed, defaults={"department": locked})
        locked.name, locked.code = name, code or None
        locked.save(update_fields=["name", "code"])


def _refuse_known(region: Region, name: str, but: Department | None) -> None:
    others = Department.objects.filter(region=region)
    taken = (others.exclude(pk=but.pk) if but else others).filter(Q(name=name) | Q(printed_names__printed=name)).first()
    if taken:
        printed = "" if taken.name == name else "，来源曾这样写"
        raise ActionError(f"{region.name}已有部门“{taken.name}”{printed}，请改名，或把两个部门合并。")


@transaction.atomic
def join_departments(
    *, keep: Department, join: Department, by: User | None, reason: str = "", patience: str | None = None,
    check: Callable[[], None] | None = None,
) -> int:  # fmt: skip
    """Make ``join``'s projects and printed names those of ``keep``; ``join`` then no longer exists as a body of its own.

    Every project keeps the name that its source printed. Returns the number of projects that moved. Raises
    `ActionError` when the regions differ, when both have a project of the same year and name, or when one of the
    departments is gone; ``OperationalError`` when an import or a bulk change outlasts ``patience``. ``check`` is called
    when nobody else can change the departments or their projects any more, and may raise `ActionError` too.
    """
    if keep.pk == join.pk or keep.region_id != join.region_id:
        raise ActionError(f"“{keep.name}”与“{join.name}”不是同一行政区划的两个部门，不能合并。")
    with change(by=by, action="join_departments", reason=reason):
        store_alone(patience=patience)
        _lock(keep, join)
        if check:
            check()
        clash = _clash(keep, join)
        if clash:
            raise ActionError(f"两个部门都有 {clash.year} 年的项目“{clash.name}”，请先处理其中一个再合并。")
        moved = Project.objects.filter(department=join).update(department=keep, updated_at=timezone.now())
        DepartmentName.objects.filter(department=join).update(department=keep)
        DepartmentName.objects.get_or_create(region=keep.region, printed=join.name, defaults={"department": keep})
        if keep.code is None:
            keep.code = join.code
            keep.save(update_fields=["code"])
        Membership.objects.filter(department=join).exclude(user__memberships__department=keep).update(department=keep)
        join.delete()
    return moved


def _body(region: Region, body: str) -> str:
    """A body's name, unless that name was itself joined to another department."""
    known = DepartmentName.objects.filter(region=region, printed=body).select_related("department").first()
    return known.department.name if known else body


def _lock(keep: Department, join: Department) -> None:
    """Keep everybody else from changing the departments and their projects until the transaction ends."""
    both = (keep.pk, join.pk)
    # Projects first, as edits do: whoever holds one may still need the row of the department that it is given to.
    list(
        Project.objects.filter(department__in=both)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .only("pk")
    )
    # From here on no project can be given to the department that goes.
    if len(Department.objects.filter(pk__in=both).order_by("pk").select_for_update()) < len(both):
        raise ActionError(f"“{keep.name}”或“{join.name}”已不存在，没有合并。")
    keep.refresh_from_db()


def _clash(keep: Department, join: Department) -> Project | None:
    same = Project.objects.filter(department=join, year=OuterRef("year"), name_key=OuterRef("name_key"))
    return Project.objects.filter(Exists(same), department=keep).order_by("year", "name").first()
