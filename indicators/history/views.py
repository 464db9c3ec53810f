"""The pages of the history, and of a project's earlier states."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from indicators.history.actions import restore
from indicators.history.exports import history_table
from indicators.history.filters import HistoryFilter
from indicators.history.forms import RestoreForm
from indicators.history.groups import grouped, read_entries
from indicators.history.past import Past, Version, indicator_tree, past_of, project_of, version_at
from indicators.history.walk import find
from indicators.reviewing.access import reads_rules
from perfgoals.requests import SiteRequest
from perfgoals.spreadsheets import CellTooLongError, write_csv, write_xlsx
from projects.access import project_to_edit, project_to_see
from projects.actions import ActionError
from projects.models import Project
from projects.official_forms import form_of

LAST_NUMBER: Final = 2**63 - 1
SIZE: Final = 50
"""Entries of a page."""
CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def history_list(request: SiteRequest) -> HttpResponse:
    """What changed in all projects that a person may see, the newest first."""
    return _page(request, _of_all(request), "indicators/history/list.html", {})


@require_safe
def project_history(request: SiteRequest, pk: int) -> HttpResponse:
    """What changed in one project, the newest first."""
    project = project_to_see(request.user, pk)
    asked = HistoryFilter(request.GET, Project.objects.filter(pk=pk), has_places=False)
    return _page(request, asked, "indicators/history/project.html", {"project": project})


@require_safe
def history_export(request: SiteRequest) -> HttpResponse:
    """The filtered history of all visible projects as a file."""
    return _file(request, _of_all(request), "history-list")


@require_safe
def project_history_export(request: SiteRequest, pk: int) -> HttpResponse:
    """The filtered history of one project as a file."""
    project_to_see(request.user, pk)
    asked = HistoryFilter(request.GET, Project.objects.filter(pk=pk), has_places=False)
    return _file(request, asked, "project-history", pk=pk)


@require_safe
def project_version(request: SiteRequest, pk: int, version: int) -> HttpResponse:
    """A project's form as it stood at a version, and what differs from now."""
    return _version_page(request, project_to_see(request.user, pk), version, RestoreForm())


@require_POST
def project_restore(request: SiteRequest, pk: int, version: int) -> HttpResponse:
    """Bring the state of a version back."""
    project = project_to_edit(request.user, pk)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        return _version_page(request, project, version, form)
    _version(pk, version)
    seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
    try:
        restore(project=project, version=version, seen=seen, by=request.user, reason=reason)
    except ActionError as error:
        form.add_error(None, str(error))
        return _version_page(request, project, version, form)
    messages.success(request, f"已恢复，{timezone.localtime():%H:%M:%S} 保存。恢复本身也记入历史，可以再恢复回来。")
    return redirect("project-history", pk=pk)


def _of_all(request: SiteRequest) -> HistoryFilter:
    visible = Project.objects.visible_to(request.user)
    return HistoryFilter(request.GET, visible, has_places=True, has_rules=reads_rules(request.user))


def _version_page(request: SiteRequest, project: Project, number: int, form: RestoreForm) -> HttpResponse:
    version, past = _version(project.pk, number)
    shown = project_of(project.pk, past)
    editable = Project.objects.editable_by(request.user).filter(pk=project.pk).exists()
    archived = project.archived_at is not None
    context = {
        "project": project, "shown": shown, "form": form_of(shown), "tree": indicator_tree(past.then),
        "version": version, "past": past, "restore_form": form, "may_restore": editable and not archived,
        "may_unarchive": editable and archived,
    }  # fmt: skip
    # What was sent and refused is shown again, with the differences as they are by now.
    return render(request, "indicators/history/version.html", context, status=409 if form.errors else 200)


def _version(pk: int, number: int) -> tuple[Version, Past]:
    version = version_at(pk, number) if number <= LAST_NUMBER else None
    past = past_of(pk, number) if version else None
    if version is None or past is None:
        raise Http404("这个项目没有这个历史版本。")
    return version, past


def _page(request: SiteRequest, asked: HistoryFilter, template: str, context: dict[str, Any]) -> HttpResponse:
    found = find(asked.wanted, before=asked.before, size=SIZE)
    entries = read_entries(found.places, asked.topic)
    context |= {"asked": asked, "found": found, "entries": entries, "groups": grouped(entries)}
    return render(request, template, context)


def _file(request: SiteRequest, asked: HistoryFilter, page: str, **arguments: int) -> HttpResponse:
    kind = request.GET.get("format", "csv")
    if kind not in CONTENT_TYPES:
        raise Http404("没有这种文件格式。")
    table, buffer = history_table(asked.wanted), BytesIO()
    try:
        if kind == "csv":
            write_csv(table, buffer)
        else:
            write_xlsx(table, buffer, sheet="历史")
    except CellTooLongError as error:
        messages.error(request, str(error))
        return redirect(reverse(page, kwargs=arguments))
    name = f"历史-{timezone.localtime():%Y%m%d-%H%M}.{kind}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(buffer.getvalue(), content_type=CONTENT_TYPES[kind], headers=headers)
