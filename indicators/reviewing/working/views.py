"""The list of findings, and what people do about them there and on a project's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from indicators.models import ProjectFinding
from indicators.reviewing.access import finding_to_correct, finding_to_review, refuse_foreign, reviews
from indicators.reviewing.actions import accept_findings, apply_correction, withdraw_acceptance
from indicators.reviewing.working.exporting import TooManyError, file_of
from indicators.reviewing.working.listed import FindingList, may_accept_among
from perfgoals.requests import SiteRequest, wants_part
from projects.actions import ActionError
from projects.filters import ProjectFilter
from projects.models import Project


@require_safe
def finding_list(request: SiteRequest) -> HttpResponse:
    """The findings of the projects that a person may see, filtered by the address, the gravest first."""
    listed = _listed(request)
    page = listed.page(request.GET.get("after", ""))
    mine = may_accept_among(request.user, page.rows) if reviews(request.user) else frozenset()
    context = {
        "listed": listed, "found": listed.found, "page": page, "mine": mine, "back": request.GET.urlencode(),
    }  # fmt: skip
    part = "_finding_list.html" if wants_part(request) else "finding_list.html"
    return render(request, f"indicators/reviewing/{part}", context)


@require_safe
def finding_export(request: SiteRequest) -> HttpResponseBase:
    """What the list's filter finds, as csv or xlsx."""
    listed = _listed(request)
    try:
        return file_of(listed.findings, listed.count, request.GET.get("format"))
    except TooManyError as error:
        messages.error(request, str(error))
        return redirect(_list_address(request.GET.urlencode()))


@require_POST
def findings_accept(request: SiteRequest) -> HttpResponse:
    """Accept all that were chosen in the list, for one reason."""
    typed = request.POST.getlist("chosen")
    chosen = {int(number) for number in typed if number.isascii() and number.isdigit() and len(number) < 19}
    refuse_foreign(request.user, chosen)
    try:
        count = accept_findings(chosen=chosen, reason=request.POST.get("reason", ""), by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已认可 {count} 条审核意见，可以在“已认可”里撤回。")
    return redirect(_list_address(request.POST.get("back", "")))


@require_POST
def finding_accept(request: SiteRequest, pk: int) -> HttpResponse:
    """Let one finding stand."""
    finding = finding_to_review(request.user, pk)
    try:
        accept_findings(chosen=[pk], reason=request.POST.get("reason", ""), by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
        return _to_project(finding)
    messages.success(request, "已认可这条审核意见。")
    return _to_project(finding)


@require_POST
def finding_withdraw(request: SiteRequest, pk: int) -> HttpResponse:
    """Open an accepted finding again."""
    finding = finding_to_review(request.user, pk)
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0
    try:
        withdraw_acceptance(pk=pk, seen=number, reason=request.POST.get("reason", ""), by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
        return _to_project(finding)
    messages.success(request, "已撤回认可，认可过的记录仍然保留。")
    return _to_project(finding)


@require_POST
def finding_correct(request: SiteRequest, pk: int) -> HttpResponse:
    """Apply what a finding proposes."""
    finding = finding_to_correct(request.user, pk)
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 19 else 0
    try:
        apply_correction(pk=pk, version=number, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
        return _to_project(finding)
    messages.success(request, "已按建议修改，改动记入历史，可以恢复。")
    return _to_project(finding)


def _listed(request: SiteRequest) -> FindingList:
    return FindingList(ProjectFilter(request.GET, Project.objects.visible_to(request.user)))


def _list_address(query: str) -> str:
    kept = QueryDict(query, mutable=True)
    for name in ("after", "format"):
        kept.pop(name, None)
    return f"{reverse('finding-list')}{'?' if kept else ''}{kept.urlencode()}"


def _to_project(finding: ProjectFinding) -> HttpResponse:
    # At the finding while it is there, at all of them where it is mended.
    is_there = ProjectFinding.objects.filter(pk=finding.pk).exists()
    place = f"opinion-{finding.pk}" if is_there else "findings"
    return redirect(f"{reverse('project-detail', args=[finding.project_id])}#{place}")
