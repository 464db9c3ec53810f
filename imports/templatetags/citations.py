"""Policy basis in templates: what a project cites, and what rests on a document."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.db.models import F

from imports.gazettes.citing.finding import citations_of, resting_on, sums_of
from imports.gazettes.models import OfficialDocument
from imports.gazettes.permissions import reads_texts
from projects.models import Project

register = template.Library()

MOST_SHOWN: Final = 5


@register.inclusion_tag("gazettes/_citation_links.html", takes_context=True)
def basis_links(context: dict[str, Any], project: Project) -> dict[str, Any]:
    """The 文号 of a project's basis, each leading to the document held, or to all that cite it where none is."""
    user = context["request"].user
    return {"citations": citations_of(project) if reads_texts(user) else []}


@register.inclusion_tag("gazettes/_resting_projects.html", takes_context=True)
def resting_projects(context: dict[str, Any], document: OfficialDocument) -> dict[str, Any]:
    """The projects that rest on a document: their number, their total, and the largest of them."""
    shown = {"document": document, "unit": context["unit"]}
    if not document.number:
        return shown
    projects = resting_on(document.number, context["request"].user)
    sums = sums_of(projects)
    largest = (
        projects.select_related("department").order_by(F("amount").desc(nulls_last=True), "pk") if sums.count else ()
    )
    return shown | {"sums": sums, "projects": list(largest[:MOST_SHOWN])}
