"""The pages of cited 文号: which are cited how often, and by which projects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imports.document_numbers import numbers_in, whole_number
from imports.gazettes.citing.asking import HELD, SORTS, Asked
from imports.gazettes.citing.finding import cited_numbers, documents_held, resting_on, sums_of
from imports.gazettes.permissions import require_texts
from perfgoals.pagination import SIZES, Page
from perfgoals.requests import SiteRequest, wants_part
from projects.filters.hits import AFTER, BEFORE
from projects.models import Project

LARGEST_FIRST: Final = F("amount").desc(nulls_last=True)


class Row(NamedTuple):
    """A project with the part of its basis that cites the document."""

    project: Project
    before: str
    cited: str
    after: str


@require_safe
def citation_list(request: SiteRequest) -> HttpResponse:
    """The 文号 that projects cite, held or not, by how often."""
    require_texts(request.user)
    asked = Asked.of(request.GET)
    every = cited_numbers(request.user)
    searched = asked.searched(every)
    chosen = asked.chosen(searched)
    page = Page.asked(request.GET, len(chosen))
    held = sum(one.document_id is not None for one in searched)
    context = {
        "asked": asked, "page": page, "sizes": SIZES, "rows": chosen[page.span], "sorts": SORTS,
        "tabs": [(key, name, {"": len(searched), "yes": held, "no": len(searched) - held}[key]) for key, name in HELD.items()],
        "any": bool(every),
    }  # fmt: skip
    part = "gazettes/_citation_list.html" if wants_part(request) else "gazettes/citation_list.html"
    return render(request, part, context)


@require_safe
def citation_detail(request: SiteRequest, number: str) -> HttpResponse:
    """The projects that cite one 文号, and the document if it is held."""
    require_texts(request.user)
    found = whole_number(number)
    if found is None:
        raise Http404
    document = documents_held([found.standard]).get(found.standard)
    projects = resting_on(found.standard, request.user)
    sums = sums_of(projects)
    if document is None and not sums.count:
        raise Http404
    page = Page.asked(request.GET, sums.count)
    shown = projects.select_related("department", "region").order_by("-year", LARGEST_FIRST, "pk")[page.span]
    context = {
        "number": found.standard, "document": document, "sums": sums, "page": page, "sizes": SIZES,
        "rows": _rows(shown, found.standard),
    }  # fmt: skip
    return render(request, "gazettes/citation_detail.html", context)


def _rows(projects: Iterable[Project], number: str) -> list[Row]:
    """The projects, each with the 文号 as its own basis prints it and the words around it."""
    return [_row(project, number) for project in projects]


def _row(project: Project, number: str) -> Row:
    basis = project.basis or ""
    cited = next((one for one in numbers_in(basis) if one.standard == number), None)
    if cited is None:  # the rules by which 文号 are found are others than when the text was remembered
        return Row(project, _in_line(basis)[:AFTER], "", "")
    before, after = _in_line(basis[: cited.start]), _in_line(basis[cited.end :])
    return Row(
        project,
        f"…{before[-BEFORE:]}" if len(before) > BEFORE else before,
        _in_line(basis[cited.start : cited.end]),
        f"{after[:AFTER]}…" if len(after) > AFTER else after,
    )


def _in_line(text: str) -> str:
    return " ".join(text.split())
