"""The pages of saved filters."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perfgoals.requests import SiteRequest
from projects.actions import ActionError
from projects.filters import ProjectFilter
from projects.models import Project, SavedFilter
from projects.permissions import require
from projects.saved_filters.actions import (
    NOT_YOURS,
    change_filter,
    delete_filter,
    overwrite_filter,
    save_filter,
)  # fmt: skip
from projects.saved_filters.forms import SavedFilterForm
from projects.saved_filters.listing import entries_for, gone_from
from projects.saved_filters.places import filters_for

PAGES: Final = ("project-list", "totals", "charts", "difference-list")
"""Pages with the filter bar: a filter opens on the one that it was chosen on."""


@require_safe
def filter_list(request: SiteRequest) -> HttpResponse:
    """The saved filters that reach the person; with a query in the address, the form that saves it."""
    return _list(request, SavedFilterForm(None, user=request.user), request.GET.get("query", ""))


@require_safe
def filter_menu(request: SiteRequest) -> HttpResponse:
    """What the filter bar's menu holds: the filters to open, and the form that saves what is on in the address."""
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    context = {
        "form": SavedFilterForm(None, user=request.user), "query": found.query, "on": _page(request.GET),
        "filters": sorted(filters_for(request.user), key=lambda saved: saved.user_id != request.user.pk),
    }  # fmt: skip
    return render(request, "saved_filters/_menu.html", context)


@require_POST
def filter_new(request: SiteRequest) -> HttpResponse:
    """Save filters under a name, and go on with them."""
    form, query = SavedFilterForm(request.POST, user=request.user), request.POST.get("query", "")
    if form.is_valid():
        given = form.cleaned_data
        try:
            saved = save_filter(name=given["name"], query=query, place=given["place"], by=request.user)
        except ActionError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"已保存筛选“{saved.name}”{_shared_with(saved)}。")
            return redirect(f"{reverse(_page(request.POST))}?{saved.query}")
    return _list(request, form, query)


@require_safe
def filter_open(request: SiteRequest, pk: int) -> HttpResponse:
    """The list (or the page that asked) with the filter on; says which of its conditions are gone."""
    saved = get_object_or_404(filters_for(request.user), pk=pk)
    gone = gone_from(ProjectFilter(QueryDict(saved.query), Project.objects.visible_to(request.user)))
    if gone:
        messages.warning(
            request, f"筛选“{saved.name}”里的{'、'.join(gone)}已不存在，或者您看不到；去掉标出的条件就能看到结果。"
        )
    return redirect(f"{reverse(_page(request.GET))}?{saved.query}")


@require_http_methods(["GET", "HEAD", "POST"])
def filter_edit(request: SiteRequest, pk: int) -> HttpResponse:
    """Rename a filter, share it, stop sharing it, or delete it."""
    saved = _own_or_refused(request, pk)
    form = SavedFilterForm(request.POST if request.method == "POST" else None, user=request.user, saved=saved)
    if form.is_valid():
        given = form.cleaned_data
        try:
            change_filter(saved=saved, name=given["name"], place=given["place"], by=request.user)
        except ActionError as error:
            saved.refresh_from_db()
            form.add_error("name", str(error))
        else:
            messages.success(request, f"已保存筛选“{saved.name}”{_shared_with(saved)}。")
            return redirect("filter-list")
    found = ProjectFilter(QueryDict(saved.query), Project.objects.visible_to(request.user))
    return render(request, "saved_filters/edit.html", {"form": form, "saved": saved, "chips": found.chips()})


@require_POST
def filter_overwrite(request: SiteRequest, pk: int) -> HttpResponse:
    """Put the given filters under the name of a saved one."""
    saved = _own_or_refused(request, pk)
    try:
        overwrite_filter(saved=saved, query=request.POST.get("query", ""), by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
        return redirect("filter-list")
    messages.success(request, f"筛选“{saved.name}”已改为当前条件。")
    return redirect(f"{reverse(_page(request.POST))}?{saved.query}")


@require_POST
def filter_delete(request: SiteRequest, pk: int) -> HttpResponse:
    """Forget a filter."""
    saved = _own_or_refused(request, pk)
    delete_filter(saved=saved, by=request.user)
    messages.success(request, f"已删除筛选“{saved.name}”。")
    return redirect("filter-list")


def _own_or_refused(request: SiteRequest, pk: int) -> SavedFilter:
    saved = get_object_or_404(filters_for(request.user), pk=pk)
    require(saved.user_id == request.user.pk, NOT_YOURS)
    return saved


def _list(request: SiteRequest, form: SavedFilterForm, query: str) -> HttpResponse:
    current = ProjectFilter(QueryDict(query), Project.objects.visible_to(request.user))
    context = {
        "form": form, "query": current.query, "chips": current.chips(), "entries": entries_for(request.user),
        "on": _page(request.POST or request.GET),
    }  # fmt: skip
    return render(request, "saved_filters/list.html", context)


def _page(given: QueryDict) -> str:
    asked = given.get("on", "")
    return asked if asked in PAGES else PAGES[0]


def _shared_with(saved: SavedFilter) -> str:
    place = saved.department or saved.region
    return f"，并共享给{place.name}的同事" if place else ""
