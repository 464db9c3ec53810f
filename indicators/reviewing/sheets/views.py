"""The pages of review sheets: of a project, to be filled in and signed; of many, to be printed and downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from indicators.reviewing.access import reviewable_by
from indicators.reviewing.sheets.actions import BETWEEN, ReviewError, Written, fill_in, sign
from indicators.reviewing.sheets.forms import SheetForm
from indicators.reviewing.sheets.grading import RULE
from indicators.reviewing.sheets.sheet import ReviewSheet, sheets_of, signatures_of
from indicators.reviewing.sheets.workbook import write_sheet_book
from perfgoals.requests import SiteRequest
from perfgoals.spreadsheets import CellTooLongError
from projects.access import ARCHIVED, project_to_see
from projects.filters import ProjectFilter
from projects.models import Project

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST: Final = 200
"""Projects of a page or workbook: a sheet each."""
NOT_REVIEWER: Final = "审核表由项目所在行政区划的财政人员填写和签字，您可以查看。"
NONE: Final = "没有可以下载的审核表，请放宽筛选条件。"
TOO_MANY: Final = f"一次最多下载 {MOST} 个项目的审核表，现有 {{count:,}} 个，请再加筛选条件。"
ORDER: Final = ("region", "-year", "department__name", "department_printed", "serial", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """The review sheet of a project; 财政 of its region fills it in and signs it."""
    project = project_to_see(request.user, pk)
    sheet = sheets_of([project])[0]
    may_fill = project.archived_at is None and reviewable_by(request.user).filter(pk=pk).exists()
    form = SheetForm(sheet, request.POST if request.method == "POST" else None)
    problem = ""
    written = None
    if request.method == "POST":
        if not may_fill:
            raise PermissionDenied(NOT_REVIEWER if project.archived_at is None else ARCHIVED)
        if form.is_valid():
            try:
                _keep(request, project, form)
            except ReviewError as error:
                problem = str(error)
                sheet = sheets_of([project])[0]
                written = sheet.review if problem == BETWEEN else None
                form = SheetForm(sheet, _with_base(request, sheet))
            else:
                return redirect("sheet-detail", pk=pk)
    context = {
        "sheet": sheet, "project": project, "form": form, "may_fill": may_fill, "rule": RULE, "problem": problem,
        "between": written, "past": signatures_of(project),
    }  # fmt: skip
    return render(request, "indicators/reviewing/sheet.html", context)


@require_safe
def sheet_print(request: SiteRequest, pk: int) -> HttpResponse:
    """The review sheet of a project on paper."""
    project = project_to_see(request.user, pk)
    context = {"sheets": sheets_of([project]), "project": project, "rule": RULE}
    return render(request, "indicators/reviewing/sheet_print.html", context)


@require_safe
def sheet_xlsx(request: SiteRequest, pk: int) -> HttpResponse:
    """The review sheet of a project as a workbook."""
    return _book(request, sheets_of([project_to_see(request.user, pk)]))


@require_safe
def sheet_list(request: SiteRequest) -> HttpResponse:
    """The review sheets of the projects found: an overview, and then each beginning a page."""
    found, projects, count = _found(request)
    context = {"found": found, "sheets": sheets_of(projects), "rule": RULE, "most": MOST, "count": count}
    return render(request, "indicators/reviewing/sheet_list.html", context)


@require_safe
def sheet_list_xlsx(request: SiteRequest) -> HttpResponse:
    """The same as one workbook."""
    found, projects, count = _found(request)
    if not projects:
        messages.error(request, TOO_MANY.format(count=count) if count else NONE)
        return redirect(f"{request.path.removesuffix('xlsx/')}?{found.query}")
    return _book(request, sheets_of(projects))


def _keep(request: SiteRequest, project: Project, form: SheetForm) -> None:
    values, by = form.cleaned_data, request.user
    written = Written(form.opinions, values["grade-all"], values["opinion-all"])
    if request.POST.get("do") == "sign":
        sign(project=project, written=written, base=values["base"], version=values["version"], by=by)
        messages.success(request, "已签字。")
    else:
        fill_in(project=project, written=written, base=values["base"], by=by)
        messages.success(request, "审核表已保存。")


def _with_base(request: SiteRequest, sheet: ReviewSheet) -> dict[str, str]:
    """What was typed, resting from now on on what stands there now."""
    return {**request.POST.dict(), "base": str(sheet.base), "version": str(sheet.version)}


def _found(request: SiteRequest) -> tuple[ProjectFilter, list[Project], int]:
    """The filters, what they find, or none where they find more than `MOST`, and how many they find."""
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    count = found.qs.count()
    projects = found.qs.select_related("region", "department").order_by(*ORDER)
    return found, list(projects) if count <= MOST else [], count


def _book(request: SiteRequest, sheets: Sequence[ReviewSheet]) -> HttpResponse:
    to = BytesIO()
    try:
        write_sheet_book(sheets, to)
    except CellTooLongError as error:
        messages.error(request, str(error))
        return redirect(f"{request.path.removesuffix('xlsx/')}?{request.GET.urlencode()}")
    disposition = content_disposition_header(as_attachment=True, filename="绩效目标审核表.xlsx") or "attachment"
    return HttpResponse(to.getvalue(), content_type=XLSX, headers={"Content-Disposition": disposition})
