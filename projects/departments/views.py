"""The pages of departments."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.core import signing
from django.db import OperationalError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from psycopg.errors import LockNotAvailable

from perfgoals.observing.refusals import FORGED, note
from perfgoals.pagination import SIZES, Page
from perfgoals.replicas import reads_replica
from perfgoals.requests import SiteRequest
from projects.actions import ActionError, create_department, ensure_region, join_departments, rename_department
from projects.departments.forms import DepartmentFilterForm, DepartmentForm, JoinForm
from projects.departments.listing import BodiesByRegion, Joining, find_departments, joining, likely_same, others_of
from projects.models import Department, Region
from projects.permissions import manages_people, require

CLOSED: Final = "部门由管理员管理。"
PATIENCE: Final = "5s"
MOST_COMPARED: Final = 10_000
"""Of more departments, those of the regions on the page are looked at for pairs that are likely one."""
BUSY: Final = "正在导入文件或进行批量修改，部门没有合并。请稍后再确认一次。"
STALE: Final = "预览之后这两个部门有变化，没有合并。请看过下面的新预览再确认。"
_SALT: Final = "join-departments"


@require_safe
@reads_replica
def department_list(request: SiteRequest) -> HttpResponse:
    """The departments of each region with their projects and printed names, and those that are very likely the same."""
    require(manages_people(request.user), CLOSED)
    form = DepartmentFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    words, region = chosen.get("q", ""), chosen.get("region")
    found = find_departments(words, region.code if region else "")
    regions = BodiesByRegion(found if form.is_valid() else found.none())
    page = Page.asked(request.GET, regions.total)
    every = find_departments()
    compares_all = every.count() <= MOST_COMPARED
    compared = every if compares_all else every.filter(region__in=regions.on(page))
    context = {
        "form": form, "bodies": regions.bodies(page), "pairs": likely_same(compared), "compares_all": compares_all,
        "page": page, "sizes": SIZES, "is_narrowed": bool(words or region or not chosen),
    }  # fmt: skip
    return render(request, "departments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def department_new(request: SiteRequest) -> HttpResponse:
    """Enter a department that no source printed yet."""
    require(manages_people(request.user), CLOSED)
    form = DepartmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        meant = form.cleaned_data["region"]
        try:
            with transaction.atomic():
                region = ensure_region(code=meant.code, name=meant.name, by=request.user)
                department = create_department(
                    region=region, name=form.cleaned_data["name"], code=form.cleaned_data["code"], by=request.user
                )
        except ActionError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"已新建部门“{department.name}”（{region.name}）。")
            return redirect("department-list")
    return render(request, "departments/form.html", {"form": form, "regions": Region.objects.all()})


@require_http_methods(["GET", "HEAD", "POST"])
def department_edit(request: SiteRequest, pk: int) -> HttpResponse:
    """Change a department's name and code."""
    if not manages_people(request.user):
        raise Http404  # a page about a department that the person may not see
    department = get_object_or_404(Department.objects.select_related("region"), pk=pk)
    form = DepartmentForm(request.POST if request.method == "POST" else None, department=department)
    if form.is_valid():
        try:
            rename_department(
                department=department, name=form.cleaned_data["name"], code=form.cleaned_data["code"], by=request.user
            )
        except ActionError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"已保存部门“{form.cleaned_data['name']}”。")
            return redirect("department-list")
    return render(request, "departments/form.html", {"form": form, "department": department})


@require_http_methods(["GET", "HEAD", "POST"])
def department_join(request: SiteRequest) -> HttpResponse:
    """Join two departments into one: choose the one that stays, look at what moves, confirm."""
    require(manages_people(request.user), CLOSED)
    if request.method == "POST":
        return _confirmed(request)
    asked = request.GET.get("join", "")
    join = get_object_or_404(Department.objects.select_related("region"), pk=int(asked) if _is_number(asked) else 0)
    form = JoinForm(request.GET)
    if not form.is_valid() or form.cleaned_data["keep"] == join:
        unknown = bool(request.GET.get("keep"))
        context = {"join": join, "others": others_of(join), "unknown": unknown}
        return render(request, "departments/choose.html", context)
    return _preview(request, joining(form.cleaned_data["keep"], form.cleaned_data["join"]))


def _confirmed(request: SiteRequest) -> HttpResponse:
    form = JoinForm(request.POST)
    if not form.is_valid():
        messages.error(request, "其中一个部门已不存在，没有合并。")
        return redirect("department-list")
    keep, join = form.cleaned_data["keep"], form.cleaned_data["join"]
    try:
        with transaction.atomic():
            moved = join_departments(
                keep=keep, join=join, by=request.user, reason=form.cleaned_data["reason"], patience=PATIENCE,
                check=lambda: _refuse_stale(request, keep, join),
            )  # fmt: skip
    except ActionError as error:
        return _preview(request, joining(keep, join), problem=str(error))
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        return _preview(request, joining(keep, join), problem=BUSY)
    messages.success(request, f"“{join.name}”已并入“{keep.name}”，{moved} 个项目改归“{keep.name}”。")
    return redirect("department-list")


def _refuse_stale(request: SiteRequest, keep: Department, join: Department) -> None:
    sent = request.POST.get("shown", "")
    try:
        shown = signing.loads(sent, salt=_SALT)
    except signing.BadSignature:
        shown = None
        if sent:
            note(FORGED)
    if shown != joining(keep, join).fingerprint:
        raise ActionError(STALE)


def _preview(request: SiteRequest, planned: Joining, problem: str = "") -> HttpResponse:
    context = {
        "planned": planned, "problem": problem, "can_join": planned.keep.pk != planned.join.pk
        and planned.keep.region_id == planned.join.region_id and not planned.clashes,
        "shown": signing.dumps(planned.fingerprint, salt=_SALT, compress=True),
    }  # fmt: skip
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return render(request, "departments/join.html", context, status=status)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
