"""The pages on which people review the targets that were found in prose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imports.gazettes.models import ProseTarget
from imports.gazettes.permissions import mends_texts
from imports.gazettes.review import actions
from imports.gazettes.review.access import require_review_of, target_to_review, target_to_see, targets_to_see
from imports.gazettes.review.exporting import file_of
from imports.gazettes.review.filterset import TargetFilter
from imports.gazettes.review.forms import TargetForm
from imports.gazettes.review.past import past_of
from imports.gazettes.review.showing import ShownTarget, shown
from perfgoals.pagination import SIZES, Page
from perfgoals.requests import SiteRequest, wants_part
from projects.actions import ActionError

DECISIONS: Final[Mapping[str, Callable[..., ProseTarget]]] = {
    "accept": actions.accept_target, "reject": actions.reject_target, "reopen": actions.reopen_target,
}  # fmt: skip
NO_DECISION: Final = "没有保存：请选择接受、更正或不是目标。"


@require_safe
def target_list(request: SiteRequest) -> HttpResponse:
    """The targets found in prose, filtered by the address; those that wait for somebody first of all."""
    found = TargetFilter(request.GET, targets_to_see(request.user))
    page = Page.asked(request.GET, found.qs.count())
    targets = found.qs.select_related("document__region", "reviewed_by")[page.span]
    context = {
        "found": found, "page": page, "sizes": SIZES, "rows": shown(list(targets), request.user),
        "reviews": mends_texts(request.user), "back": request.GET.urlencode(),
        "any": found.is_on or any(tab.count for tab in found.tabs),
    }  # fmt: skip
    part = "gazettes/_target_list.html" if wants_part(request) else "gazettes/target_list.html"
    return render(request, part, context)


@require_safe
def target_export(request: SiteRequest) -> HttpResponseBase:
    """What the list's filter finds, as csv or xlsx."""
    found = TargetFilter(request.GET, targets_to_see(request.user))
    return file_of(found.qs, request.GET.get("format", "csv"))


@require_http_methods(["GET", "HEAD", "POST"])
def target_review(request: SiteRequest, pk: int) -> HttpResponse:
    """One target with its history and the form that corrects it; posted to, a decision on it."""
    if request.method != "POST":
        target = target_to_see(request.user, pk)
        return _answer(request, target, TargetForm.of(target) if "correct" in request.GET else None)
    target = target_to_review(request.user, pk)
    decision, seen = request.POST.get("decision", ""), request.POST.get("seen", "")
    if decision == "correct":
        return _correct(request, target, seen)
    try:
        if decision not in DECISIONS:
            raise ActionError(NO_DECISION)
        target = DECISIONS[decision](pk=pk, seen=seen, by=request.user)
    except ActionError as error:
        return _refused(request, pk, str(error))
    return _done(request, target)


@require_POST
def target_accept(request: SiteRequest) -> HttpResponse:
    """Accept all that were chosen in the list."""
    chosen = {}
    for value in request.POST.getlist("chosen"):
        number, _, seen = value.partition(":")
        if number.isascii() and number.isdigit() and len(number) < 19:
            chosen[int(number)] = seen
    require_review_of(request.user, chosen)
    try:
        count = actions.accept_targets(chosen=chosen, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已接受 {count} 条目标，可以在“已接受”里逐条撤回。")
    return redirect(_list_address(request))


def _correct(request: SiteRequest, target: ProseTarget, seen: str) -> HttpResponse:
    form = TargetForm.posted(request.POST, target)
    if not form.is_valid():
        return _answer(request, target, form)
    try:
        corrected = actions.correct_target(pk=target.pk, seen=seen, values=form.understood, by=request.user)
    except ActionError as error:
        # What was typed stays; saving once more means it, now that the other's decision was shown.
        return _answer(request, target_to_see(request.user, target.pk), form, str(error))
    return _done(request, corrected)


def _done(request: SiteRequest, target: ProseTarget) -> HttpResponse:
    if request.htmx:
        return _answer(request, target)
    return redirect(_address_after(request, target.pk))


def _refused(request: SiteRequest, pk: int, problem: str) -> HttpResponse:
    if request.htmx:
        return _answer(request, target_to_see(request.user, pk), None, problem)
    messages.error(request, problem)
    return redirect(_address_after(request, pk, stay=True))


def _answer(
    request: SiteRequest, target: ProseTarget, form: TargetForm | None = None, problem: str = ""
) -> HttpResponse:
    """The target for its place in the list, or its whole page; with a form, as one corrects it."""
    [row] = shown([target], request.user)
    sent = request.POST if request.method == "POST" else request.GET
    context: dict[str, Any] = {"row": row, "form": form, "problem": problem, "back": sent.get("back", "")}
    if request.htmx:
        row.following = _number(sent.get("next", ""))
        if request.method == "POST":
            context["found"] = TargetFilter(QueryDict(context["back"]), targets_to_see(request.user))
        return render(request, "gazettes/_target_answer.html", context)
    return _page(request, row, context)


def _page(request: SiteRequest, row: ShownTarget, context: dict[str, Any]) -> HttpResponse:
    if row.may_review and context["form"] is None and not row.is_rejected:
        context["form"] = TargetForm.of(row.target)
    status = 409 if context["problem"] else 200
    return render(request, "gazettes/target.html", context | {"past": past_of(row.target)}, status=status)


def _address_after(request: SiteRequest, pk: int, *, stay: bool = False) -> str:
    """Where somebody without scripts goes on: at the next target of the list, or on the target's own page."""
    if "back" not in request.POST:
        return reverse("target-review", args=[pk])
    following = None if stay else _number(request.POST.get("next", ""))
    return f"{_list_address(request)}#target-{following or pk}"


def _list_address(request: SiteRequest) -> str:
    query = QueryDict(request.POST.get("back", "")).urlencode()
    return f"{reverse('target-list')}{'?' if query else ''}{query}"


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
