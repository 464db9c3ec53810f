"""What the filter bar asks for by itself."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from perfgoals.replicas import reads_replica
from perfgoals.requests import SiteRequest, wants_part
from projects.filters.facets import facets_of
from projects.filters.filterset import MANY, MAX_TEXT, ProjectFilter
from projects.filters.searching import ONE, Matches, matches_of
from projects.models import Project

PAGES: Final = ("project-list", "totals", "charts", "finding-list", "difference-list", "history-list")
"""Pages with a filter bar, to which the page of choices leads back."""
_OF_CHOOSING: Final = ("on", "done", "typed")


@require_safe
@reads_replica
def project_facets(request: SiteRequest) -> HttpResponse:
    """How many projects each choice would find, as JSON. With ``only=usual``, of the filters that stand open; ``all`` is
    false where too many are found to count them all."""
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    counted = facets_of(found, only_usual=request.GET.get("only") == "usual")
    return JsonResponse({"counts": counted.counts, "all": counted.are_all})


@require_safe
@reads_replica
def project_choices(request: SiteRequest, name: str) -> HttpResponse:
    """The choices of a filter that has too many to list: those that hold the words typed. A part of the picker; without
    scripts a page of its own, which keeps the other filters and leads back with what was chosen (``done``)."""
    if name not in MANY:
        raise Http404("没有这样的筛选条件。")
    if "done" in request.GET:
        return redirect(_back(request.GET))
    found = ProjectFilter(request.GET, Project.objects.visible_to(request.user))
    typed = request.GET.get("typed", "")[:MAX_TEXT]
    matches = matches_of(found, name, typed)
    context = {
        "name": name, "label": found.filters[name].label, "typed": typed, "matches": matches, "back": _back(request.GET),
        "is_one": name in ONE, "said": _in_words(matches, found.filters[name].label),
        "kept": _without(request.GET, name, "typed", "done"),
    }  # fmt: skip
    return render(request, "projects/_choices.html" if wants_part(request) else "projects/choices.html", context)


def _back(query: QueryDict) -> str:
    asked = query.get("on", "")
    page = reverse(asked if asked in PAGES else PAGES[0])
    return f"{page}?{_without(query, *_OF_CHOOSING).urlencode()}"


def _without(query: QueryDict, *names: str) -> QueryDict:
    kept = query.copy()
    for name in (*names, "page"):
        kept.pop(name, None)
    for name in list(kept):
        kept.setlist(name, [value for value in kept.getlist(name) if value])
    return kept


def _in_words(matches: Matches, label: str) -> str:
    if matches.found is None and matches.has_more and all(one.is_chosen for one in matches.choices):
        return f"{label}很多，请输入名称查找。"
    if matches.found is None:
        return f"列出项目最多的{label}，其他的请输入名称查找。" if matches.has_more else ""
    if not matches.found:
        return f"没有名称包含这些文字的{label}。"
    return f"找到 {matches.found} 个以上，请多输入几个字。" if matches.has_more else f"找到 {matches.found} 个。"
