"""The pages of bulk changes: what was chosen in the list, what would become of it, and doing it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators.bulk.changes import Archive, BulkChange, Copy
from indicators.bulk.execution import NotDoneError, execute
from indicators.bulk.forms import ArchiveForm, AttributeForm, BulkForm, CopyForm, DepartmentForm, UnarchiveForm
from indicators.bulk.planning import Plan, Shown, plan_of
from indicators.bulk.selection import NONE_THERE, Selection, SelectionError, list_address, selected
from perfgoals.money import format_amount
from perfgoals.requests import SiteRequest
from projects.permissions import edits_projects, require

READ_ONLY: Final = "您可以查看项目，但不能批量修改。"
OTHERWISE: Final = "要做的修改与预览的不同，没有改动任何项目。请看过下面的新预览再确认。"


def department(request: SiteRequest) -> HttpResponse:
    """Give the chosen projects to another department."""
    return _bulk(request, DepartmentForm)


def attribute(request: SiteRequest) -> HttpResponse:
    """Set the chosen projects' attribute."""
    return _bulk(request, AttributeForm)


def copy(request: SiteRequest) -> HttpResponse:
    """Copy the chosen projects to another year."""
    return _bulk(request, CopyForm)


def archive(request: SiteRequest) -> HttpResponse:
    """Archive the chosen projects."""
    return _bulk(request, ArchiveForm)


def unarchive(request: SiteRequest) -> HttpResponse:
    """Take the chosen projects out of the archive."""
    return _bulk(request, UnarchiveForm)


def _bulk(request: SiteRequest, form_class: type[BulkForm]) -> HttpResponse:
    require(edits_projects(request.user), READ_ONLY)
    if request.method != "POST":
        # A selection has no address: whoever comes by one (a bookmark, a new login) begins in the list.
        return HttpResponseNotAllowed(["POST"], render_to_string("indicators/bulk/no_selection.html", {}, request))
    try:
        selection = selected(request.POST, request.user)
    except SelectionError as error:
        messages.error(request, str(error))
        return redirect(list_address(request.POST.get("query", ""), request.user))
    return _page(request, form_class, selection)


def _page(request: SiteRequest, form_class: type[BulkForm], selection: Selection) -> HttpResponse:
    before = plan_of(None, form_class.kind, selection, request.user)
    if not before.lines:
        messages.error(request, NONE_THERE)
        return redirect(list_address(selection.query, request.user))
    step = request.POST.get("step")
    projects = [line.project for line in before.lines]
    form = form_class(request.POST if step else None, user=request.user, projects=projects)
    change, problem = form.change(), ""
    shown = Shown.read(request.POST.get("shown", ""))
    if step == "confirm" and change and form.is_valid():
        if shown is None or not shown.is_of(change, request.user):
            problem = OTHERWISE
        else:
            try:
                done = execute(change, shown, selection, by=request.user, reason=form.cleaned_data["reason"])
            except NotDoneError as error:
                problem = str(error)
            else:
                messages.success(request, _acknowledgement(change, done, request.unit))
                return redirect(list_address(selection.query, request.user))
    plan = plan_of(change, form_class.kind, selection, request.user) if change else before
    if shown and change and shown.is_of(change, request.user):
        shown.mark_differences(plan)
    if change is None or step == "preview":
        # What was not confirmed yet need not be complete.
        form.errors.pop("reason", None)
    return render(
        request, "indicators/bulk/page.html",
        {**_context(form, change, plan, selection), "problem": problem, "back": list_address(selection.query, request.user),
         "shown": Shown.of(plan, change, request.user).signed() if change and plan.count else ""},
        status=HTTPStatus.CONFLICT if problem else HTTPStatus.OK,
    )  # fmt: skip


def _context(form: BulkForm, change: BulkChange | None, plan: Plan, selection: Selection) -> dict[str, Any]:
    before, after = change.sentence if change else ("", "")
    return {
        "form": form, "change": change, "plan": plan, "selection": selection,
        # A template would call the class itself.
        "title": form.kind.title, "old_label": form.kind.old_label, "new_label": form.kind.new_label,
        "before": f"将{before.removeprefix('将')}", "after": after,
    }  # fmt: skip


def _acknowledgement(change: BulkChange, done: Plan, unit: str) -> SafeString | str:
    before, after = change.sentence
    amount = format_amount(done.amount, unit)
    text = f"已{before} {done.count} 个项目{after}，合计 {amount} {unit}"
    if done.kept:
        text += f"；另有 {len(done.kept)} 个未处理"
    if isinstance(change, Copy):
        where = (f"year={change.year}", f"查看 {change.year} 年的项目")
    elif isinstance(change, Archive):
        where = ("archived=only", "查看已归档的项目")
    else:
        return f"{text}。"
    return format_html('{}。<a href="{}?{}">{}</a>', text, reverse("project-list"), *where)
