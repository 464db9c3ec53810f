"""The pages of plan projects: list with totals, file, detail with links to budget projects."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from imports.gazettes.files import file_response
from imports.gazettes.models import LinkState, PlanLink, PlanProject
from imports.gazettes.permissions import require_texts
from imports.gazettes.plans.access import (
    link_to_decide,
    may_link,
    plan_project_to_link,
    plan_project_to_see,
    plan_projects,
)
from imports.gazettes.plans.exporting import PROJECT_HEADS, project_rows
from imports.gazettes.plans.filterset import PlanFilter
from imports.gazettes.plans.links import LONGEST, add_link, decide_link, decisions_of, found_by_hand, links_of
from imports.gazettes.plans.ordering import Sort
from imports.gazettes.plans.totals import GROUPINGS, groups_of, page_sum, totals_of
from imports.permissions import documents_visible_to
from perfgoals.pagination import SIZES, Page
from perfgoals.replicas import reads_replica
from perfgoals.requests import SiteRequest, wants_part
from perfgoals.snapshot import snapshot
from perfgoals.spreadsheets import CellTooLongError
from projects.access import project_to_see
from projects.actions import ActionError
from projects.models import Project

DONE: Final = {
    LinkState.CONFIRMED: "已确认对应：{}。", LinkState.REJECTED: "已标为不是同一项目：{}。",
    LinkState.PROPOSED: "已退回待确认：{}。",
}  # fmt: skip


@require_safe
@reads_replica
def plan_project_list(request: SiteRequest) -> HttpResponse:
    """Plan projects, filtered, sorted, paged and totalled by the address; ``group`` shows totals of groups instead."""
    require_texts(request.user)
    found = _found(request)
    group = request.GET.get("group", "")
    totals = totals_of(found.qs)
    context = {
        "found": found, "totals": totals, "damaged": found.damaged.count(), "groupings": GROUPINGS, "group": group if group in GROUPINGS else "",
        "damaged_query": found.query_with(state="damaged"), "sort": Sort.asked(request.GET.get("sort")), "export_query": found.query_with(),
    }  # fmt: skip
    if group in GROUPINGS:
        context |= {"groups": groups_of(found, group) if found.form.is_valid() else [], "grouping": GROUPINGS[group]}
    else:
        context |= _rows(request, found, totals.count)
    part = wants_part(request)
    return render(request, "gazettes/_plan_list.html" if part else "gazettes/plan_list.html", context)


@require_safe
@reads_replica
def plan_project_export(request: SiteRequest) -> HttpResponseBase:
    """A file of what the address's filters find, in its order."""
    require_texts(request.user)
    found = _found(request)
    if not found.form.is_valid():
        return redirect(_list_of(request))  # where the list says what is wrong with the filters
    rows = Sort.asked(request.GET.get("sort")).apply(found.qs)
    try:
        with snapshot():
            return file_response(
                request.GET.get("format"), "规划项目", PROJECT_HEADS, project_rows(rows, found.projects)
            )
    except CellTooLongError as error:
        messages.error(request, str(error))
        return redirect(_list_of(request))


@require_safe
def plan_project(request: SiteRequest, pk: int) -> HttpResponse:
    """One plan project: as printed and as understood, where it stands, and its links to budget projects."""
    one = plan_project_to_see(request.user, pk)
    seen = Project.objects.visible_to(request.user)
    typed = request.GET.get("find", "").replace("\0", "")[:LONGEST].strip()
    may_decide = may_link(request.user, one)
    context = {
        "plan": one, "links": links_of(one, seen), "decisions": decisions_of(one, seen), "may_link": may_decide,
        "opens_source": documents_visible_to(request.user).filter(pk=one.document.source_id).exists(),
        "typed": typed, "candidates": found_by_hand(one, seen, typed) if typed and may_decide else None,
    }  # fmt: skip
    return render(request, "gazettes/plan.html", context)


@require_POST
def plan_link_decide(request: SiteRequest, pk: int) -> HttpResponse:
    """Confirm or reject a link, or put it back among the proposals."""
    link = link_to_decide(request.user, pk)
    state = request.POST.get("state", "")
    if state in LinkState.values:
        try:
            decided = decide_link(link=link.pk, state=state, seen=request.POST.get("seen", link.state), by=request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, DONE[LinkState(decided.state)].format(link.project.name))
    return redirect(f"{reverse('plan-project', args=[link.plan_project_id])}#links")


@require_POST
def plan_link_add(request: SiteRequest, pk: int) -> HttpResponse:
    """Link a budget project by hand."""
    one = plan_project_to_link(request.user, pk)
    number = request.POST.get("project", "")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise Http404("没有说明是哪个项目。")
    project = project_to_see(request.user, int(number))
    try:
        add_link(plan_project=one, project=project, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, DONE[LinkState.CONFIRMED].format(project.name))
    return redirect(f"{reverse('plan-project', args=[pk])}#links")


def _found(request: SiteRequest) -> PlanFilter:
    return PlanFilter(request.GET, PlanProject.objects.all(), projects=Project.objects.visible_to(request.user))


def _rows(request: SiteRequest, found: PlanFilter, count: int) -> dict[str, object]:
    """A page of the list; the number of links beside each is of projects that the person may see."""
    page = Page.asked(request.GET, count)
    matching = plan_projects().filter(pk__in=found.qs.order_by().values("pk"))
    # Keys alone are put in order, since whole rows of a large collection are much to sort.
    keys = list(Sort.asked(request.GET.get("sort")).apply(matching).values_list("pk", flat=True)[page.span])
    number = PlanLink.objects.filter(plan_project=OuterRef("pk"), project__in=found.projects).order_by()
    per_plan = number.values("plan_project")
    rows = (
        plan_projects()
        .annotate(
            confirmed=_number(per_plan.annotate(n=Count("pk", filter=Q(state=LinkState.CONFIRMED)))),
            proposed=_number(per_plan.annotate(n=Count("pk", filter=Q(state=LinkState.PROPOSED)))),
        )
        .in_bulk(keys)
    )
    shown = [rows[pk] for pk in keys]
    return {"rows": shown, "page": page, "sizes": SIZES, "page_sum": page_sum(shown)}


def _number(counted: object) -> Coalesce:
    return Coalesce(Subquery(counted.values("n")), 0)  # type: ignore[attr-defined]  # a queryset of counts


def _list_of(request: SiteRequest) -> str:
    query = request.GET.copy()
    query.pop("format", None)
    return f"{reverse('plan-project-list')}?{query.urlencode()}"
