"""The official tables of projects: as pages to print, and as workbooks where they are few."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from imports.exporting import in_export_order
from imports.official.forms import sheet_name, write_forms
from imports.official.listing import ProjectList, list_rows, lists_of, write_list
from imports.official.printing import MOST_FORMS, MOST_ROWS, amount_text, printed_forms, refuse_unprintable
from perfgoals.jobs.running import RefusedError
from perfgoals.money import in_unit
from perfgoals.requests import SiteRequest
from projects.access import project_to_see
from projects.filters import ProjectFilter
from projects.models import Project

PUBLIC: Final = "（公开版）"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def project_form(request: SiteRequest, pk: int) -> HttpResponse:
    """The official form of one project, to be printed."""
    project = project_to_see(request.user, pk)
    context = {"forms": printed_forms([pk]), "project": project, "subject": "项目支出绩效目标表"}
    return render(request, "official/forms.html", context)


@require_safe
def project_form_xlsx(request: SiteRequest, pk: int) -> HttpResponse:
    """The official form of one project as a workbook; with ``public=1`` one to be published."""
    project = project_to_see(request.user, pk)
    projects = Project.objects.filter(pk=pk)
    public = _is_public(request)
    name = f"{sheet_name(project.name, set())}-目标表{PUBLIC if public else ''}"
    return _download(request, name, lambda to: write_forms(projects, to, public=public))


@require_safe
def print_forms(request: SiteRequest) -> HttpResponse:
    """The forms of the projects found, each beginning a page."""
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    try:
        refuse_unprintable(count := found.qs.count(), most=MOST_FORMS, what="项目")
    except RefusedError as error:
        return _refused(request, error)
    ids = list(in_export_order(found.qs).values_list("pk", flat=True))
    context = {"forms": printed_forms(ids), "found": found, "subject": f"{count} 份目标表"}
    return render(request, "official/forms.html", context)


@require_safe
def forms_xlsx(request: SiteRequest) -> HttpResponse:
    """The forms of the projects found as one workbook, where they are few enough not to be waited for."""
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    public = _is_public(request)

    def write(to: BinaryIO) -> None:
        refuse_unprintable(found.qs.count(), most=MOST_FORMS, what="项目")
        write_forms(found.qs, to, public=public)

    return _download(request, f"项目支出绩效目标表{PUBLIC if public else ''}", write)


@require_safe
def print_list(request: SiteRequest) -> HttpResponse:
    """The list of the projects found, in the unit of the page."""
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    try:
        refuse_unprintable(count := found.qs.count(), most=MOST_ROWS, what="项目")
    except RefusedError as error:
        return _refused(request, error)
    lists = [_printed_list(one) for one in lists_of(found.qs, unit=request.unit)]
    return render(request, "official/list.html", {"lists": lists, "found": found, "count": count})


def _printed_list(one: ProjectList) -> dict[str, Any]:
    """A list with its amounts as they are printed; its rows are read while the page is written."""
    rows = (
        (row, "" if row.amount is None else amount_text(in_unit(row.amount, one.unit))) for row in list_rows(one.ids)
    )
    return {"head": one, "rows": rows, "total": amount_text(in_unit(one.total, one.unit))}


@require_safe
def list_xlsx(request: SiteRequest) -> HttpResponse:
    """The list of the projects found as a workbook, where they are few enough not to be waited for."""
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))

    def write(to: BinaryIO) -> None:
        refuse_unprintable(found.qs.count(), most=MOST_ROWS, what="项目")
        write_list(found.qs, to, unit=request.unit)

    return _download(request, "重点项目绩效目标清单", write)


def _is_public(request: SiteRequest) -> bool:
    return request.GET.get("public") == "1"


def _download(request: SiteRequest, name: str, write: Callable[[BinaryIO], None]) -> HttpResponse:
    to = BytesIO()
    try:
        write(to)
    except RefusedError as error:
        return _refused(request, error)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx") or "attachment"
    return HttpResponse(to.getvalue(), content_type=XLSX, headers={"Content-Disposition": disposition})


def _refused(request: SiteRequest, error: RefusedError) -> HttpResponse:
    return render(request, "official/refused.html", {"sentence": str(error)})
