"""The list of findings, and what people do about them there and on a project's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from indicators.models import ProjectFinding
from indicators.reviewing.access import finding_to_correct, finding_to_review, refuse_foreign, reviews
from indicators.reviewing.actions import accept_findings, apply_correction, withdraw_acceptance
from indicators.reviewing.working.exporting import TooManyError, file_of
from indicators.reviewing.working.forms import reason_of
from indicators.reviewing.working.listed import FindingList, may_accept_among
from perfgoals.models import User
from perfgoals.replicas import reads_replica
from perfgoals.requests import SiteRequest, wants_part
from projects.access import project_to_see
from projects.actions import ActionError
from projects.filters import ProjectFilter
from projects.models import Project

GONE: Final = "没有保存：这条意见已经不在了，可能有人已经改好，或者审核规则有变动。下面是现在的内容。"


@require_safe
@reads_replica
def finding_list(request: SiteRequest) -> HttpResponse:
    """The findings of the projects that a person may see, filtered by the address, the gravest first."""
    listed = _listed(request)
    page = listed.page(request.GET.get("after", ""))
    mine = may_accept_among(request.user, page.rows) if reviews(request.user) else frozenset()
    choosable = any(one.finding.project_id in mine and not one.is_accepted for one in page.rows)
    context = {
        "listed": listed, "found": listed.found, "page": page, "mine": mine if choosable else frozenset(),
        "back": request.GET.urlencode(),
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
        count = accept_findings(chosen=chosen, reason=reason_of(request.POST), by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已认可 {count} 条审核意见，可以在“已认可”里撤回。")
    return redirect(_list_address(request.POST.get("back", "")))


@require_POST
def finding_accept(request: SiteRequest, pk: int) -> HttpResponse:
    """Let one finding stand."""

    def accept(finding: ProjectFinding) -> object:
        return accept_findings(chosen=[finding.pk], reason=reason_of(request.POST), by=request.user)

    return _done(request, pk, finding_to_review, accept, "已认可这条审核意见。")


@require_POST
def finding_withdraw(request: SiteRequest, pk: int) -> HttpResponse:
    """Open an accepted finding again."""

    def withdraw(finding: ProjectFinding) -> object:
        seen, reason = _number(request, "seen"), reason_of(request.POST)
        return withdraw_acceptance(pk=finding.pk, seen=seen, reason=reason, by=request.user)

    return _done(request, pk, finding_to_review, withdraw, "已撤回认可，认可过的记录仍然保留。")


@require_POST
def finding_correct(request: SiteRequest, pk: int) -> HttpResponse:
    """Apply what a finding proposes."""

    def correct(finding: ProjectFinding) -> object:
        return apply_correction(pk=finding.pk, version=_number(request, "version"), by=request.user)

    return _done(request, pk, finding_to_correct, correct, "已按建议修改，改动记入历史，可以恢复。")


def _done(
    request: SiteRequest, pk: int, fetch: Callable[[User, int], ProjectFinding],
    do: Callable[[ProjectFinding], object], said: str,
) -> HttpResponse:  # fmt: skip
    try:
        finding = fetch(request.user, pk)
    except Http404:
        return _gone(request)
    try:
        do(finding)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return _to_project(finding)


def _gone(request: SiteRequest) -> HttpResponse:
    """The finding went while the page was open: to its project, as far as the person sees that. Raises ``Http404``."""
    project = project_to_see(request.user, _number(request, "project"))
    messages.error(request, GONE)
    return redirect(f"{project.get_absolute_url()}#findings")


def _number(request: SiteRequest, name: str) -> int:
    """A number that the page sent along; 0, which nothing has, where it is none."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


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
